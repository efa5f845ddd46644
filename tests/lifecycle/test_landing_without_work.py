"""A landing at which nothing is done with goods is nobody's checkpoint, whatever the notice said."""

from client.scenarios import documents
from client.scenarios.documents import Command, carnet
from client.scenarios.road import CROSSING
from tests.lifecycle.border import Border
from tests.lifecycle.test_aircraft_in_two_parts import ASHGABAT, MARY, checkpoint

VEHICLE = {"kind": "aircraft_registration", "identity": "EZ-A022"}

MOVEMENT, CONSIGNMENT = carnet("L-landing"), "L-landing-1"


async def test_the_checkpoint_is_the_first_airport_with_goods_work_as_it_happened(border: Border) -> None:
    unloading: Command = {"work": ["unload"], "unloads": [CONSIGNMENT]}
    await border.act(
        "administration", "/arrival-notices", movement=MOVEMENT, checkpoint=ASHGABAT, mode="air",
        expected="2026-03-02T08:00:00Z", vehicle=VEHICLE, carrier="Türkmen Howa Ýollary AK",
        journey=[{"place": ASHGABAT, **unloading}], consignments=[CONSIGNMENT],
    )  # fmt: skip
    planned = await checkpoint(border, f"consignment/{CONSIGNMENT}", ASHGABAT)
    assert planned["basis"] == "journey"
    papers = documents.papers([CONSIGNMENT], ())
    await border.say(CROSSING, documents.crossing(MOVEMENT, papers, mode="air", place=ASHGABAT))
    await border.act("officer", "/arrivals", movement=MOVEMENT, mode="air", checkpoint=ASHGABAT, work=[], unloads=[])
    await border.act("officer", "/arrivals", movement=MOVEMENT, mode="air", checkpoint=MARY, **unloading)

    goods = await checkpoint(border, f"consignment/{CONSIGNMENT}", MARY)
    vehicle = await checkpoint(border, f"movement/{MOVEMENT}", MARY)
    assert (goods["basis"], vehicle["basis"]) == ("facts", "facts")
    point = await border.until_open("presentation", f"movement/{MOVEMENT}", "PresentVehicle")
    assert point.place == MARY


async def test_where_nothing_is_done_anywhere_an_officer_says_which_checkpoint_it_is(border: Border) -> None:
    movement, aboard = carnet("L-no-work"), "L-no-work-1"
    papers = documents.papers([aboard], ())
    await border.say(CROSSING, documents.crossing(movement, papers, mode="air", place=ASHGABAT))
    await border.act("officer", "/arrivals", movement=movement, mode="air", checkpoint=ASHGABAT, work=[], unloads=[])
    point = await border.until_open("presentation", f"movement/{movement}", "DetermineCheckpoint")
    assert (point.who, point.article, point.place) == ("officer", "38(1)", ASHGABAT)

    await border.act(
        "officer", "/checkpoint-decisions", movement=movement, checkpoint=ASHGABAT, reason="baggage alone left it"
    )
    determined = await checkpoint(border, f"movement/{movement}", ASHGABAT)
    assert (determined["basis"], determined["rule"]) == ("officer", "P8")
    point = await border.until_open("presentation", f"movement/{movement}", "PresentVehicle")
    assert point.place == ASHGABAT
