"""A shipment that is named in up to four ways, its names linked at every point of its life, in any order that is legal.

Whoever acts names it as he knows it, and once he is told that this name is one with another, by that one. It comes to
the same as if it had been named once: released once, and completed once.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrival.app import SERVICE as ARRIVAL
from arrival.consignment.announcement import AnnounceConsignment
from arrival.consignment.linking import JoinConsignment, LinkConsignment
from arrival.movement.crossing import CorrectCrossing
from arrival.movement.linking import LinkMovement
from arrival.movement.notice import CorrectNotice
from chassis.write.batch import Batch
from chassis.write.inputs import CommandEnvelope, InternalCommand, PartitionHead
from clearance.acceptance import RegisterDeclaration
from clearance.approvals import RecordApproval
from clearance.permit_decisions import DecideOnPermit
from clearance.permits import PresentPermit
from contracts import streams
from decider.tests.kit import facts
from entries.actor import Actor
from entries.entry import START as START_OF_CHAIN
from entries.entry import partition_of
from tests.orders.post import Act, World
from tests.orders.putting_right import without_struck
from tests.orders.test_interleavings import (
    ACTS,
    CROSSING,
    LAWFUL,
    LAWFUL_ACTS,
    NOTICE,
    START,
    TERM_ENDS,
    TRUCK,
    Chooser,
    after,
    at,
)

OFFICER = Actor("officer-1", "user", "officer")
MOVEMENTS, CONSIGNMENTS = ("M1", "M2", "M3", "M4"), ("C1", "C2", "C3", "C4")
PARTITIONS = {streams.movement(each): number for number, each in enumerate(MOVEMENTS)} | {
    streams.consignment(each): number for number, each in enumerate(CONSIGNMENTS, start=2)
}
LINKS: dict[str, Any] = {"movement": LinkMovement, "consignment": LinkConsignment}
STEPS_MAX = 2_000
BY_NAME = ("joined", "sha256", "told_as", "ways")
"""Where a state keeps by which name something was told or stands, or a digest of papers in which names stand."""


OFFICES = (
    Act("registration", "clearance", LAWFUL, RegisterDeclaration(consignment="C1", number="N-1"), at(2.6)),
    Act(
        "permit", "clearance", LAWFUL,
        PresentPermit(consignment="C1", permit="water permit", number="P-1", issued_by="Authority"), at(2),
    ),
    Act(
        "decision on it", "clearance", LAWFUL,
        DecideOnPermit(consignment="C1", permit="water permit", number="P-1", accepted=True), at(2.2),
    ),
    Act(
        "approval", "clearance", LAWFUL,
        RecordApproval(consignment="C1", agency="veterinary", granted=True, reference="V-1"), at(3),
    ),
)  # fmt: skip
STORIES = {
    "released": (*LAWFUL_ACTS, *OFFICES),
    "stored": tuple(act for act in ACTS if act.stream != LAWFUL and act.name != "release of prohibited goods"),
}
"""Goods that are released, and goods that may not come in, are stored and leave."""
IN_TURN = ("end of regime", "export")


class Pair(NamedTuple):
    """Two names of one kind that somebody finds to be one."""

    kind: str
    one: str
    other: str


@dataclass
class Named(World):
    """The post, where each act has a name of its own for what it is of, and pairs of names are linked, one by one."""

    pairs: Sequence[Pair] = ()
    linked: list[Pair] = field(default_factory=list)

    def steps(self) -> dict[str, Any]:
        found = super().steps()
        waiting = [pair for pair in self.pairs if pair not in self.linked]
        return found | {f"link {pair}": lambda pair=pair: self._link(pair) for pair in waiting if self._may_link(pair)}

    def first(self, service: str, stream: str) -> str:
        """By which name this one is known now, there."""
        while (into := self.state(service, stream).links.joined_into) is not None:
            stream = f"{stream.partition('/')[0]}/{into}"
        return stream

    def _may_link(self, pair: Pair) -> bool:
        """Who waits for an answer is not asked; he would come again."""
        asking = [self.first("arrival", f"{pair.kind}/{each}") for each in (pair.one, pair.other)]
        return not any(self.state("arrival", stream).links.asked for stream in (*asking, *PARTITIONS))

    def _link(self, pair: Pair) -> None:
        self.linked.append(pair)
        one, other = (self.first("arrival", f"{pair.kind}/{each}") for each in (pair.one, pair.other))
        command = LINKS[pair.kind](**{pair.kind: one.partition("/")[2]}, second=other.partition("/")[2])
        self._act(Act(f"link {pair}", "arrival", one, command, START), OFFICER)

    def _may_be_decided(self, act: Act) -> bool:
        return super()._may_be_decided(self._as_known(act))

    def _act(self, act: Act, actor: Actor = OFFICER) -> None:
        super()._act(self._as_known(act), actor)

    def _as_known(self, act: Act) -> Act:
        kind, _, id_ = self.first(act.service, act.stream).partition("/")
        return replace(act, stream=f"{kind}/{id_}", command=replace(act.command, **{kind: id_}))


def named(story: str, number: int, act: Act, movements: Sequence[str], consignments: Sequence[str]) -> Act:
    """The same, of names by its place in the list; it is done as soon as somebody wants to."""
    movement, consignment = movements[number % len(movements)], consignments[number % len(consignments)]
    kind, _, _ = act.stream.partition("/")
    id_ = movement if kind == "movement" else consignment
    command = replace(act.command, **{kind: id_})
    if isinstance(command, type(NOTICE)):
        command = replace(command, consignments=(consignment,))
    if isinstance(command, type(CROSSING)):
        command = replace(command, papers=(replace(command.papers[story == "stored"], consignment=consignment),))
    waits = act.may if act.name in IN_TURN else Act("", "", "", None, START).may
    return replace(act, stream=f"{kind}/{id_}", command=command, may=waits)


def played(choose: Chooser, acts: Sequence[Act], pairs: Sequence[Pair] = ()) -> Named:
    late = TERM_ENDS + timedelta(days=1)
    world = Named(tuple(acts), PARTITIONS, now=START, late=late, pairs=pairs)
    for _ in range(STEPS_MAX):
        steps = world.steps()
        if not steps:
            assert len(world.done) == len(acts) + len(pairs)
            return world
        steps[choose(list(steps))]()
    raise AssertionError(f"not at its end after {STEPS_MAX} steps")


@st.composite
def histories(draw: st.DrawFn, story: str) -> tuple[Random, list[Act], list[Pair]]:
    """Names for each act, and as many pairs as it takes to make one of all names, in any order and direction."""
    movements, consignments = (
        draw(st.lists(st.sampled_from(all_), min_size=1, unique=True)) for all_ in (MOVEMENTS, CONSIGNMENTS)
    )
    acts = [named(story, draw(st.integers(0, 3)), act, movements, consignments) for act in STORIES[story]]
    pairs = [*paired(draw, "movement", movements), *paired(draw, "consignment", consignments)]
    return draw(st.randoms(use_true_random=False)), acts, draw(st.permutations(pairs))


def paired(draw: st.DrawFn, kind: str, names: Sequence[str]) -> list[Pair]:
    """Each but the first with any that stands before it."""
    found = [(names[draw(st.integers(0, number - 1))], name) for number, name in enumerate(names) if number]
    return [Pair(kind, *(each if draw(st.booleans()) else each[::-1])) for each in found]


def outcome(world: Named) -> dict[tuple[str, str], Any]:
    """What stands of the vehicle and of the goods in each service, whatever they were called, and on what papers."""
    found = {}
    for service in world.services:
        for stream in (vehicle(world), goods(world)):
            if world.services[service].kind_of(stream):
                state = facts(world.state(service, world.first(service, stream)))
                found[service, stream.partition("/")[0]] = without_names(without_struck(state | {"links": None}))
    return found


def vehicle(world: Named) -> str:
    """Under one of its names."""
    return next(act.stream for act in world.acts if act.stream in map(streams.movement, MOVEMENTS))


def goods(world: Named) -> str:
    return next(act.stream for act in world.acts if act.stream in map(streams.consignment, CONSIGNMENTS))


def without_names(of: Any) -> Any:
    match of:
        case dict():
            return {name: without_names(each) for name, each in of.items() if name not in BY_NAME}
        case list():
            return [without_names(each) for each in of]
        case str():
            return "M1" if of in MOVEMENTS else "C1" if of in CONSIGNMENTS else of
        case _:
            return of


@cache
def named_once(story: str) -> dict[tuple[str, str], Any]:
    return outcome(played(min, [named(story, 0, act, ("M1",), ("C1",)) for act in STORIES[story]]))


def counted(world: Named, type_: str, stream: str) -> int:
    return [event.type for event in world.recorded("release", stream)].count(type_)


def check(story: str, random: Random, acts: Sequence[Act], pairs: Sequence[Pair]) -> None:
    world = played(random.choice, acts, pairs)
    assert outcome(world) == named_once(story)
    first, once = world.first("release", goods(world)), int(story == "released")
    completed, again = (counted(world, f"ClearanceCompl{how}", first) for how in ("eted", "etionWithdrawn"))
    assert (counted(world, "GoodsReleased", first), completed - again) == (once, once)
    for service in world.services:
        for stream in PARTITIONS:
            kind = world.services[service].kind_of(stream)
            if kind and world.first(service, stream) != stream:
                assert not kind.open_points(world.state(service, stream))
                assert not kind.due(world.state(service, stream))


@pytest.mark.parametrize("story", STORIES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_shipment_named_in_four_ways_comes_to_the_same_as_one_named_once(story: str, data: st.DataObject) -> None:
    check(story, *data.draw(histories(story)))


@pytest.mark.long
@pytest.mark.parametrize("story", STORIES)
@settings(max_examples=500, deadline=None)
@given(data=st.data())
def test_a_shipment_named_in_four_ways_in_many_more_cases(story: str, data: st.DataObject) -> None:
    check(story, *data.draw(histories(story)))


def renaming(random: Random, *names: str) -> dict[tuple[str, str], Any]:
    """What stands of goods that a vehicle named in one way, and names in another by what puts that right."""
    first, then = ((each, replace(CROSSING.papers[0], consignment=each)) for each in names)
    acts = (
        Act("notice", "arrival", TRUCK, replace(NOTICE, consignments=first[:1]), at(0)),
        Act("crossing", "arrival", TRUCK, replace(CROSSING, papers=first[1:]), at(1)),
        Act("arrival", "arrival", TRUCK, LAWFUL_ACTS[2].command, at(1.5)),
        Act("other notice", "arrival", TRUCK, put_right(CorrectNotice, NOTICE, 0, consignments=then[:1]), at(3),
            after("notice")),
        Act("other crossing", "arrival", TRUCK, put_right(CorrectCrossing, CROSSING, 1, papers=then[1:]), at(3),
            after("crossing")),
        *(act for act in LAWFUL_ACTS if act.name == "declaration"),
    )  # fmt: skip
    pairs = [Pair("consignment", *random.sample(names, 2))] if names[0] != names[1] else []
    found = outcome(played(random.choice, acts, pairs))
    return {name: state for name, state in found.items() if name[1] == "consignment"}


def put_right(type_: Any, stated: Any, hour: float, **otherwise: Any) -> Any:
    return type_(**vars(stated) | otherwise, corrects=at(hour))


@settings(max_examples=40, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_a_vehicle_may_name_goods_by_another_of_their_names_at_any_time(random: Random) -> None:
    assert renaming(random, "C2", "C1") == renaming(random, "C1", "C1")


def command(content: Any, by: Actor, client: str = "agenda") -> CommandEnvelope:
    name, (kind, id_) = type(content).__name__, next((k, v) for k, v in vars(content).items() if k in LINKS)
    data = ARRIVAL.commands[name].dump_json(content, exclude_defaults=True)
    return CommandEnvelope(
        stream=f"{kind}/{id_}", partition=0, type=name, content=content, data=data, occurred=at(0), actor=by,
        client=client, key=f"{name} {data!r}", requesthash=name, causationid="arrival/0/0", correlationid="arrival/0/0",
    )  # fmt: skip


PORT = Actor("port-1", "service_account", "administration", "P-1", "register", "FRP-MIX,SRK-MIX")
ANNOUNCED = AnnounceConsignment(
    consignment="C2", movement="M1", checkpoint="FRP-MIX", mode="road", expected=at(0), submitted=at(-1)
)
JOIN = JoinConsignment(consignment="C2", into="C1")


def batch() -> Batch:
    begun = Batch(ARRIVAL, at(1))
    begun.writer.heads[0] = PartitionHead(0, START_OF_CHAIN, at(1))
    return begun


def test_what_is_recorded_in_the_same_batch_is_told_too_under_its_own_time_as_the_act_that_it_was() -> None:
    at_once = batch()
    join = command(JOIN, OFFICER)._replace(occurred=at(0.5))
    for given_ in (command(ANNOUNCED, PORT), command(ANNOUNCED, PORT, "again"), join):
        assert at_once.decide_command(given_).status == 200
    (again, answer) = at_once.writer.internal_commands
    assert (again.stream, again.type, again.occurred, again.actor) == (
        "consignment/C1", "AnnounceConsignment", at(0), PORT,
    )  # fmt: skip
    assert (answer.type, answer.actor) == ("AnswerConsignmentLink", OFFICER)
    (passed,) = (json.loads(each.data) for each in at_once.writer.entries if each.type == "FactsPassedOn")
    assert [each["type"] for each in passed["holds"]] == ["AnnounceConsignment"]


def test_what_is_told_to_one_that_was_joined_is_passed_on_and_a_door_says_by_which_name_to_come_again() -> None:
    joined = batch()
    joined.decide_command(command(JOIN, OFFICER))
    assert joined.decide_command(command(ANNOUNCED, PORT)).status == 200
    again = command(replace(ANNOUNCED, consignment="C1", told_as="C2"), PORT)
    assert joined.writer.internal_commands[-1]._replace(key="") == InternalCommand(
        partition=partition_of("consignment/C1"), key="", due=at(1), stream="consignment/C1",
        type="AnnounceConsignment", data=again.data, occurred=at(0),
        causationid=joined.writer.entries[-1].id, correlationid="arrival/0/0",
        traceparent=joined.writer.entries[-1].traceparent, actor=PORT,
    )  # fmt: skip
    refused = joined.decide_command(command(LinkConsignment(consignment="C2", second="C3"), OFFICER, "officer-1"))
    assert (refused.status, json.loads(refused.body)["joined"]) == (409, "C1")
