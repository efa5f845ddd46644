"""A timeline of more than one page is followed to its end."""

import psycopg

from client.scenarios import documents
from client.scenarios.documents import carnet
from client.scenarios.road import numbered
from deploy.follow.reading import read
from deploy.local.issuer import make_token
from deploy.local.stack import Stack
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT = carnet("L-long-timeline")
ENTRIES = "SELECT position FROM journal WHERE stream = %s ORDER BY position"


async def test_whoever_follows_a_movement_sees_all_of_its_entries(border: Border, stack: Stack) -> None:
    papers = documents.papers(numbered(MOVEMENT, 5), [road.CAR] * 900)
    crossing = documents.crossing(MOVEMENT, papers)
    for _ in range(4):
        await border.act("officer", "/border-crossings", **crossing)
    page = await border.read_page("arrival", f"/movements/{MOVEMENT}")
    with psycopg.connect(stack.postgres("arrival")) as connection:
        stands = [position for (position,) in connection.execute(ENTRIES, [f"movement/{MOVEMENT}"])]
    assert page["next"] == int(page["timeline"][-1]["id"].split("/")[2]) < stands[-1]
    doors = {name: stack.door(name) for name in ("arrival", "presentation")}
    life = await read(doors, make_token(stack.path, subject="auditor", roles=["auditor"]), MOVEMENT)
    assert [int(entry["id"].split("/")[2]) for entry in life.entries if entry["id"].startswith("arrival/")] == stands
