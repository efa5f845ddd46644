"""Goods by pipeline are cleared without arrival and without presentation."""

from client.scenarios.documents import Command, carnet
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-pipe"), "L-pipe-1"
STREAM = f"consignment/{CONSIGNMENT}"
OIL = {"code": "270900900", "origin": "KZ"}
REGIME = "release for domestic use"


async def test_goods_by_pipeline_are_released_and_cleared_without_being_shown(border: Border) -> None:
    crossed: Command = {"movement": MOVEMENT, "direction": "in", "mode": "pipeline"}
    await border.act("officer", "/border-crossings", **crossed, papers=[{"consignment": CONSIGNMENT, "goods": [OIL]}])
    exempt = await border.until_recorded("arrival", STREAM, "Chapter8NotApplicable")
    assert (exempt["data"]["article"], exempt["data"]["exemption"]) == ("37(3)", "pipeline")
    await border.until_open("clearance", STREAM, "LodgeDeclaration")
    await border.act(
        "declarant", "/declarations", consignment=CONSIGNMENT, declarant="Nebit Geçirijiler AK", form="declaration",
        regime=REGIME, items=[{**OIL, "origin_proof": "certificate"}], payments=[{"kind": "duty", "amount": "10.00"}],
    )  # fmt: skip
    await border.until_open("release", STREAM, "ReleaseGoods")
    await border.act("officer", "/declaration-acceptances", consignment=CONSIGNMENT)
    await border.act("officer", "/releases", consignment=CONSIGNMENT, regime=REGIME)
    await border.act("treasury", "/payments", consignment=CONSIGNMENT, amount="10.00", reference="P-pipe")
    await border.until_recorded("release", STREAM, "ClearanceCompleted")
    for service, stream in (("presentation", STREAM), ("presentation", f"movement/{MOVEMENT}")):
        shown = await border.read(service, stream)
        assert shown is None or shown.open_points == ()
    assert "VehicleArrived" not in dict(await border.cited("arrival", f"movement/{MOVEMENT}"))
