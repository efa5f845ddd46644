"""A timeline of more than one page is followed to its end."""

import psycopg

from deploy.follow.reading import read
from deploy.local.issuer import make_token
from deploy.local.stack import Stack
from tests.lifecycle import road
from tests.lifecycle.border import Border, Shown

MOVEMENT = "L-long-timeline"
ENTRIES = "SELECT position FROM journal WHERE stream = %s ORDER BY position"


async def test_whoever_follows_a_movement_sees_all_of_its_entries(border: Border, stack: Stack) -> None:
    papers = [{"consignment": f"{MOVEMENT}-{number}", "packages": 12, "goods": [road.CAR] * 900} for number in range(5)]
    crossing: Shown = {"movement": MOVEMENT, "direction": "in", "mode": "road", "place": road.FARAP, "papers": papers}
    for _ in range(4):
        await border.act("officer", "/border-crossings", **crossing)
    page = await border.read("arrival", f"movement/{MOVEMENT}")
    assert page is not None
    with psycopg.connect(stack.postgres("arrival")) as connection:
        stands = [position for (position,) in connection.execute(ENTRIES, [f"movement/{MOVEMENT}"])]
    assert page["next"] == int(page["timeline"][-1]["id"].split("/")[2]) < stands[-1]
    doors = {name: stack.door(name) for name in ("arrival", "presentation")}
    life = read(doors, make_token(stack.path, subject="auditor", roles=["auditor"]), MOVEMENT)
    assert [int(entry["id"].split("/")[2]) for entry in life.entries if entry["id"].startswith("arrival/")] == stands
