"""The demo's lives of a kind that comes seldom, played without servers: each comes to what it says."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from deploy.demo.day import Day
from deploy.demo.lives import POST, Life
from deploy.demo.living import lives
from entries.actor import Actor
from tests.orders.post import Act, World
from tests.promises.lives import COMMANDS

DAY = Day(datetime(2026, 3, 2, 18, 0, tzinfo=UTC))
LIVES = lives(DAY)
WHERE = {"consignment": 0, "movement": 1}


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_a_life_comes_to_what_it_says(life: Life) -> None:
    events = played(life)
    types = {each.type for each in events}
    assert life.comes <= types
    assert not life.never & types
    cited = {each.article for each in events if each.type in life.cites}
    assert {*life.cites} <= types
    assert all(cited)


def test_no_two_lives_share_a_name_a_shipment_or_a_key() -> None:
    keys = [act.says["idempotency_key"] for life in LIVES for act in life.acts]
    for all_of in (keys, [life.name for life in LIVES], [life.key for life in LIVES]):
        assert len({*all_of}) == len(all_of)
    assert {DAY.key(DAY.id(life.key)) for life in LIVES} == {life.key for life in LIVES}


def played(life: Life) -> list[Any]:
    """All that the services record of it; each act when what it waits for has been heard."""
    acts = [of(life, number) for number in range(len(life.acts))]
    goods = f"{'consignment' if life.key.endswith('-1') else 'movement'}/{DAY.id(life.key)}"
    of_goods = "consignment/" + DAY.id(life.key.removesuffix("-1") + "-1")
    partitions = {each: WHERE[each.partition("/")[0]] for each in (of_goods, *(act.stream for act in acts))}
    world = World(tuple(acts), partitions, now=min(act.occurred for act in acts), late=DAY.ends)
    for act, said in zip(acts, life.acts, strict=True):
        world.now = max(world.now, act.occurred)
        settle(world)
        heard = Counter(each.type for each in recorded(world, goods))
        assert Counter(said.after) <= heard, (said.command, heard)
        world._act(act, Actor("who", "user", said.role, None, None, POST if said.role == "officer" else None))
        settle(world)
    world.now = DAY.ends
    settle(world)
    return recorded(world, goods)


def of(life: Life, number: int) -> Act:
    said = life.acts[number]
    document = {name: each for name, each in said.says.items() if name not in ("occurred", "idempotency_key")}
    service, route = COMMANDS[said.command]
    context = {"document": document, "sender": "party-1"}
    command = service.commands[said.command].validate_python(document, context=context)
    occurred = datetime.fromisoformat(said.says["occurred"])
    return Act(f"{number} {said.command}", service.name, route.stream(command), command, occurred)


def settle(world: World) -> None:
    while steps := [step for name, step in world.steps().items() if not name.startswith(("act", "the days"))]:
        steps[0]()


def recorded(world: World, goods: str) -> list[Any]:
    streams = (service for service in world.services if world.services[service].kind_of(goods))
    return [event for service in streams for event in world.recorded(service, goods)]
