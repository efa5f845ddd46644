"""A ship unloads at two ports: it is shown at the first where goods work is done, and its goods where they leave it."""

from client.scenarios import documents
from client.scenarios.documents import Command, carnet
from client.scenarios.road import CROSSING
from tests.lifecycle.border import Border
from tests.lifecycle.test_aircraft_in_two_parts import checkpoint

VEHICLE = {"kind": "ship_name", "identity": "Bagtyýar"}

MOVEMENT, FIRST, SECOND = carnet("L-ship"), "L-ship-1", "L-ship-2"
TURKMENBASHI, OTHER = "TKB-SEA", "TST-SEA"
"""The second is a port of this test's own: `tests/reference/checkpoints.csv`."""


async def test_a_ship_has_one_checkpoint_and_each_of_its_goods_its_own(border: Border) -> None:
    journey = [
        {"place": OTHER, "work": ["unload"], "unloads": [SECOND]},
        {"place": TURKMENBASHI, "work": ["unload", "load"], "unloads": [FIRST]},
    ]
    await border.act(
        "administration", "/arrival-notices", movement=MOVEMENT, checkpoint=OTHER, mode="sea",
        expected="2026-03-02T08:00:00Z", vehicle=VEHICLE, carrier="Deňiz Ýollary AK", journey=journey,
        consignments=[FIRST, SECOND],
    )  # fmt: skip
    papers = documents.papers((FIRST, SECOND), ())
    await border.say(CROSSING, documents.crossing(MOVEMENT, papers, mode="sea", place=OTHER))
    called: Command = {"movement": MOVEMENT, "mode": "sea"}
    await border.act("officer", "/arrivals", **called, checkpoint=OTHER, work=["unload"], unloads=[SECOND])
    await border.act("officer", "/arrivals", **called, checkpoint=TURKMENBASHI, work=["unload"], unloads=[FIRST])

    vehicle = await checkpoint(border, f"movement/{MOVEMENT}", OTHER)
    first = await checkpoint(border, f"consignment/{FIRST}", TURKMENBASHI)
    second = await checkpoint(border, f"consignment/{SECOND}", OTHER)
    assert (vehicle["rule"], vehicle["article"]) == ("P5", "38(1)(3)")
    assert {(each["rule"], each["article"]) for each in (first, second)} == {("P6", "38(1)(4)")}
