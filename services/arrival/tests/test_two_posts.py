"""One vehicle at two posts at times that cannot both be true: on one journey, and on two (Art. 37(1))."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from arrival.app import SERVICE
from arrival.movement import movement
from arrival.movement.arrivals import RecordArrival, WithdrawArrival
from arrival.movement.crossing import CorrectCrossing, RecordCrossing, WithdrawCrossing
from arrival.vehicle import VehicleSeen, vehicle
from arrival.vehicle.sightings import JOURNEYS_KEPT, RecordSightings
from arrival.vehicle.told import RecordElsewhere, WithdrawElsewhere
from contracts import streams
from contracts.arrival import (
    VehicleAtTwoPlaces,
    VehicleAtTwoPlacesWithdrawn,
    VehicleSighted,
    WhereaboutsFindingsRecorded,
    WhereaboutsFindingsWithdrawn,
)
from contracts.streams import vehicle_id
from contracts.values import CheckpointCode
from contracts.vehicle import MeansOfTransport
from contracts.whereabouts import Seen
from decider import Input
from decider.tests.kit import NOON, SOMEBODY, facts, given, step, when
from law import Facts, Finding

MINUTE = timedelta(minutes=1)
LORRY = MeansOfTransport(kind="registration_plate", identity="01 AG 1234", nationality="TM")
ID = vehicle_id("registration_plate", "01 AG 1234")
CROSS = RecordCrossing(movement="M1", direction="in", mode="road", place="FRP-MIX", vehicle=LORRY)
COME = RecordArrival(movement="M1", checkpoint="TLM-ROD")


def at_once(here: CheckpointCode, at: datetime, there: CheckpointCode, then: datetime, *told: Any) -> Finding:
    said: Facts = (
        *(("at", at.isoformat()), ("checkpoint", here), ("elsewhere", there), ("elsewhere_at", then.isoformat())),
        *told,
    )
    return Finding(rule="P10", article="default:arrival.posts.apart", layer="default", facts=tuple(sorted(said)))


def with_another(here: CheckpointCode, at: datetime, there: CheckpointCode, then: datetime, of: str) -> Finding:
    return at_once(here, at, there, then, ("movement", of), ("vehicle", "01AG1234"))


def of_places(events: Iterable[Any]) -> list[Any]:
    return [event for event in events if "Whereabouts" in event.type]


def played(*said: tuple[Any, datetime]) -> tuple[Any, list[Any]]:
    """What becomes of one journey, and what is said of where it was."""
    state, found = movement.INITIAL, []
    for content, instant in said:
        asked = Input(stream="movement/M1", content=content, occurred=instant, recorded=instant, subject=SOMEBODY)
        state, events = step(movement, state, asked)
        found += of_places(events)
    return state, found


@pytest.mark.law("P10")
@pytest.mark.parametrize(("after", "found"), [(0, True), (4, True), (-4, True), (5, False), (90, False)])
def test_art_37_1_a_vehicle_is_not_at_two_posts_within_five_minutes(after: int, found: bool) -> None:
    then = NOON + after * MINUTE
    crossed = given(movement, *when(movement, movement.INITIAL, CROSS))
    one, other = sorted((("FRP-MIX", NOON), ("TLM-ROD", then)), key=lambda each: (each[1], each[0]))
    events = of_places(when(movement, crossed, COME, then))
    said = [each for event in events for each in event.findings if each.article == "default:arrival.posts.apart"]
    assert said == ([at_once(*one, *other)] if found else [])


@pytest.mark.law("P10")
def test_art_37_1_it_is_at_one_post_for_as_long_as_it_likes() -> None:
    _, found = played((CROSS, NOON), (replace(COME, checkpoint="FRP-MIX"), NOON + MINUTE))
    assert found == []


@pytest.mark.law("P10")
@pytest.mark.parametrize("place", ["TLM-ROD", "FRP-MIX"])
def test_art_37_1_it_was_elsewhere_before_it_crossed_in_either_order_of_recording(place: CheckpointCode) -> None:
    early = NOON - timedelta(hours=2)
    came = replace(COME, checkpoint=place)
    facts = (
        *(("arrived", early.isoformat()), ("checkpoint", "TLM-ROD")),
        *(("crossed", NOON.isoformat()), ("crossed_at", "FRP-MIX")),
    )
    finding = Finding(rule="P10", article="default:arrival.posts.order", layer="default", facts=facts)
    expected = [WhereaboutsFindingsRecorded(movement="M1", findings=(finding,))] if place == "TLM-ROD" else []
    assert played((CROSS, NOON), (came, early))[1] == expected
    assert played((came, early), (CROSS, NOON))[1] == expected


def test_what_is_put_right_takes_its_finding_with_it_and_stops_nothing() -> None:
    taken_back = WithdrawArrival(movement="M1", checkpoint="TLM-ROD", withdraws=NOON)
    right = CorrectCrossing(**vars(CROSS) | {"place": "TLM-ROD"}, corrects=NOON)
    for act in (taken_back, right, WithdrawCrossing(movement="M1", withdraws=NOON)):
        state, (recorded, gone) = played((CROSS, NOON), (COME, NOON), (act, NOON + MINUTE))
        assert gone == WhereaboutsFindingsWithdrawn(movement="M1", findings=recorded.findings)
        assert state.whereabouts.findings == ()


class World:
    """All streams of the service, each of which hears at once what another tells it."""

    def __init__(self) -> None:
        self.states: dict[str, Any] = {}
        self.said: dict[str, list[Any]] = {}

    def say(self, content: Any, occurred: datetime, stream: str = "") -> "World":
        stream = stream or streams.movement(content.movement)
        kind = SERVICE.kinds[stream.partition("/")[0]]
        asked = Input(stream=stream, content=content, occurred=occurred, recorded=NOON, subject=SOMEBODY)
        self.states[stream], events = kind.outcome(asked, self.states.get(stream, kind.initial))
        self.said[stream] = [*self.said.get(stream, ()), *events]
        for event in events:
            for to, told in kind.react(event):
                self.say(told, event.occurred or occurred, to)
        return self

    def findings(self, stream: str) -> tuple[Finding, ...]:
        found: tuple[Finding, ...] = self.states[stream].whereabouts.elsewhere
        return found


def crossing(of: str, place: CheckpointCode, **more: Any) -> RecordCrossing:
    return replace(CROSS, movement=of, place=place, **more)


@pytest.mark.law("P10")
def test_art_37_1_by_two_of_its_journeys_a_lorry_is_at_two_posts_at_once_and_both_are_told() -> None:
    spelt = replace(LORRY, identity="01-ag-1234", nationality=None)
    world = World().say(crossing("M1", "FRP-MIX"), NOON).say(crossing("M2", "TLM-ROD", vehicle=spelt), NOON + MINUTE)
    here = with_another("FRP-MIX", NOON, "TLM-ROD", NOON + MINUTE, "M2")
    there = with_another("TLM-ROD", NOON + MINUTE, "FRP-MIX", NOON, "M1")
    seen = Seen(place="TLM-ROD", at=NOON + MINUTE)
    assert world.said[streams.vehicle(ID)][1:] == [
        VehicleSighted(vehicle=ID, kind="registration_plate", identity="01-ag-1234", movement="M2", seen=(seen,)),
        VehicleAtTwoPlaces(vehicle=ID, movement="M1", findings=(here,)),
        VehicleAtTwoPlaces(vehicle=ID, movement="M2", findings=(there,)),
    ]
    assert world.findings("movement/M1") == (here,)
    assert world.said["movement/M2"][-1] == WhereaboutsFindingsRecorded(movement="M2", vehicle=ID, findings=(there,))


def test_whichever_journey_is_recorded_first_the_same_is_found() -> None:
    said = (
        (crossing("M1", "FRP-MIX"), NOON),
        (crossing("M2", "TLM-ROD"), NOON + 2 * MINUTE),
        (crossing("M3", "FRP-MIX"), NOON + 3 * MINUTE),
        (replace(COME, movement="M3", checkpoint="SRK-MIX", vehicle=LORRY), NOON + 4 * MINUTE),
    )
    ends = []
    for order in permutations(said):
        world = World()
        for content, instant in order:
            world.say(content, instant)
        ends.append({stream: facts(state) for stream, state in world.states.items()})
    assert all(end == ends[0] for end in ends)
    assert ends[0]["movement/M2"]["whereabouts"]["elsewhere"]


@pytest.mark.parametrize(
    "other",
    [
        replace(LORRY, nationality="UZ"),
        replace(LORRY, identity="01 AG 1235"),
        MeansOfTransport(kind="flight_number", identity="01 AG 1234"),
        None,
    ],
)
def test_of_another_vehicle_and_of_none_that_lasts_nothing_is_found(other: MeansOfTransport | None) -> None:
    world = World().say(crossing("M1", "FRP-MIX"), NOON).say(crossing("M2", "TLM-ROD", vehicle=other), NOON)
    assert world.findings("movement/M1") == ()


def test_an_arrival_is_of_the_vehicle_that_crossed_unless_it_names_another() -> None:
    came = replace(COME, movement="M2", checkpoint="TLM-ROD")
    world = World().say(crossing("M1", "FRP-MIX"), NOON).say(crossing("M2", "FRP-MIX"), NOON - timedelta(hours=3))
    assert world.say(came, NOON).findings("movement/M1") != ()
    other = World().say(crossing("M1", "FRP-MIX"), NOON).say(crossing("M2", "FRP-MIX"), NOON - timedelta(hours=3))
    assert other.say(replace(came, vehicle=replace(LORRY, identity="other")), NOON).findings("movement/M1") == ()


@pytest.mark.parametrize(
    "act",
    [
        WithdrawCrossing(movement="M2", withdraws=NOON),
        CorrectCrossing(**vars(crossing("M2", "FRP-MIX")), corrects=NOON),
        CorrectCrossing(**vars(crossing("M2", "TLM-ROD", vehicle=replace(LORRY, identity="other"))), corrects=NOON),
        CorrectCrossing(**vars(crossing("M2", "TLM-ROD")), corrects=NOON, crossed=NOON - timedelta(hours=2)),
    ],
    ids=["withdrawn", "elsewhere", "another vehicle", "another time"],
)
def test_one_journey_put_right_ends_what_was_found_of_both(act: Any) -> None:
    world = World().say(crossing("M1", "FRP-MIX"), NOON).say(crossing("M2", "TLM-ROD"), NOON)
    assert world.findings("movement/M1") != () != world.findings("movement/M2")
    world.say(act, NOON)
    assert world.findings("movement/M1") == () == world.findings("movement/M2")
    assert world.said[streams.vehicle(ID)][-1].type == VehicleAtTwoPlacesWithdrawn.__name__
    assert world.states[streams.vehicle(ID)].sightings.conflicts == ()


def test_told_twice_and_told_late_nothing_is_recorded_twice() -> None:
    finding = with_another("FRP-MIX", NOON, "TLM-ROD", NOON, "M2")
    told = RecordElsewhere(movement="M1", vehicle=ID, findings=(finding,))
    (recorded,) = when(movement, movement.INITIAL, told)
    assert when(movement, given(movement, recorded), told) == []
    gone = WithdrawElsewhere(movement="M1", vehicle=ID, findings=(finding,))
    assert when(movement, movement.INITIAL, gone) == []
    (ended,) = when(movement, given(movement, recorded), gone)
    assert given(movement, recorded, ended).whereabouts.elsewhere == ()


def sightings(of: str, *seen: Seen) -> RecordSightings:
    return RecordSightings(vehicle=ID, kind="registration_plate", identity="01 AG 1234", movement=of, seen=seen)


def test_a_vehicle_keeps_its_last_journeys_and_what_was_found_of_older_ones_stands() -> None:
    state: VehicleSeen = vehicle.INITIAL
    for number in range(JOURNEYS_KEPT + 5):
        place = Seen(place="FRP-MIX", at=NOON + timedelta(days=number // 2))
        if number == 1:
            place = replace(place, place="TLM-ROD")
        asked = Input(
            stream=streams.vehicle(ID), content=sightings(f"M{number}", place), occurred=NOON, recorded=NOON,
            subject=SOMEBODY,
        )  # fmt: skip
        state, events = step(vehicle, state, asked)
        ended = [event for event in events if isinstance(event, VehicleAtTwoPlacesWithdrawn)]
        assert ended == []
        assert (len(events) > 1) == (number == 1)
    assert {each.movement for each in state.sightings.journeys} == {f"M{n}" for n in range(5, JOURNEYS_KEPT + 5)}
    assert state.sightings.conflicts == ()


def test_a_lorry_in_fifty_places_at_once_leads_to_no_more_than_is_published_as_one() -> None:
    state: VehicleSeen = vehicle.INITIAL
    for number in range(JOURNEYS_KEPT):
        place = Seen(place="FRP-MIX" if number % 2 else "TLM-ROD", at=NOON)
        events = when(vehicle, state, sightings(f"M{number:02}", place))
        assert len(events) <= 200
        state = given_more(state, events)
    moved = when(vehicle, state, sightings("M00", Seen(place="SRK-MIX", at=NOON - MINUTE)))
    assert len(moved) <= 200


def given_more(state: VehicleSeen, events: list[Any]) -> VehicleSeen:
    for event in events:
        state = vehicle.evolve(state, event, NOON)
    return state
