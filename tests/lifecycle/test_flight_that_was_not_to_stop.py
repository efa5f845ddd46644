"""A flight that was to cross without a stop does stop: what that means is the officer's decision, and nothing else."""

from client.scenarios.documents import Command, carnet
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-over"), "L-over-1"
STREAM, GOODS = f"movement/{MOVEMENT}", f"consignment/{CONSIGNMENT}"
MARY = "MRY-AIR"


async def test_only_by_the_officers_decision_the_chapter_on_arrival_applies_again(border: Border) -> None:
    crossed: Command = {"movement": MOVEMENT, "direction": "in", "mode": "air", "non_stop": True}
    answer = await border.act(
        "officer", "/border-crossings", **crossed, papers=[{"consignment": CONSIGNMENT, "packages": 5}]
    )
    exempt = next(event.data for event in answer.events if event.type == "Chapter8NotApplicable")
    assert (exempt["article"], exempt["rule"], exempt["exemption"]) == ("37(3)", "A7", "non_stop")
    await border.until_recorded("arrival", GOODS, "Chapter8NotApplicable")

    stopped: Command = {"movement": MOVEMENT, "place": MARY}
    seen = await border.act("officer", "/stops", **stopped, exemption_lost=False)
    assert "ExemptionLost" not in [event.type for event in seen.events]
    await border.until_recorded("arrival", GOODS, "StopRecorded")
    for service, stream in (("presentation", STREAM), ("presentation", GOODS), ("clearance", GOODS)):
        shown = await border.read(service, stream)  # What flies over is shown, and declared, nowhere.
        assert shown is None or shown.open_points == ()

    decided = await border.act("officer", "/stops", **stopped, exemption_lost=True, present_at=MARY)
    assert "ExemptionLost" in [event.type for event in decided.events]
    for stream, act in ((STREAM, "PresentVehicle"), (GOODS, "PresentGoods")):
        point = await border.until_open("presentation", stream, act)
        assert point.place == MARY
    assert (await border.until_open("clearance", GOODS, "LodgeDeclaration")).who == "declarant"
    arrived = await border.read("arrival", STREAM)
    assert arrived is not None
    assert "NoticeFindingsRecorded" not in [entry["type"] for entry in arrived.timeline]
