"""An aggregate is put together from matters, by what their functions say of themselves."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from decider import Aggregate, Due, Input, Matter, OpenPoint, Stream, Subject, changed, opens, replace
from decider.aggregate import Deadlines
from decider.tests.kit import folded

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Shut:
    pass


@dataclass(frozen=True)
class Opened:
    pass


@dataclass(frozen=True)
class Closed:
    pass


@dataclass(frozen=True)
class Rang:
    """Another service's."""


@dataclass(frozen=True)
class Painted:
    pass


@dataclass(frozen=True, kw_only=True)
class Door:
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class Bell:
    rung: int = 0


@dataclass(frozen=True, kw_only=True)
class Outside:
    bell: Bell = Bell()


@dataclass(frozen=True, kw_only=True)
class House:
    outside: Outside = Outside()
    door: Door = Door()


def shut(asked: Input[Shut], door: Door) -> list[Closed]:
    return [Closed()] if door.open else []


def moved(door: Door, event: Opened | Closed) -> Door:
    return replace(door, open=isinstance(event, Opened))


def rang(bell: Bell, event: Rang) -> Bell:
    return replace(bell, rung=bell.rung + 1)


def opens_at_the_second_ring(asked: Input[object], bell: Bell, door: Door) -> list[Opened | Closed]:
    return changed(bell.rung > 1 or door.open, door.open, begins=Opened, ends=Closed)


@opens("Shut")
def is_open(door: Door) -> list[OpenPoint]:
    return [OpenPoint(act="Shut", who="anybody", article="1")] if door.open else []


def tell(event: Closed) -> list[tuple[str, Shut]]:
    return [("house/2", Shut())]


def pending(bell: Bell) -> Deadlines:
    return ((NOON, "Silence"),) if bell.rung else ()


def silent(bell: Bell, event: Due) -> Bell:
    return Bell()


OUTSIDE = Matter(folds=(rang,))
DOOR = Matter(
    commands=(shut,), folds=(moved,), follows=(opens_at_the_second_ring,), tells=(tell,), open_points=(is_open,),
    unfolded=(Painted,),
)  # fmt: skip
house = Aggregate(House, DOOR, upstream=OUTSIDE)


def asked(content: Any) -> Input[Any]:
    return Input(stream="house/1", content=content, occurred=NOON, recorded=NOON, subject=Subject(id="somebody"))


def test_an_input_is_decided_by_the_parts_that_its_matter_names_and_what_follows_sees_the_events_before_it() -> None:
    state = house.INITIAL
    assert house.decide(asked(Shut()), state) == [Closed()]
    state = folded(house, state, Closed())
    assert house.decide(asked(Shut()), state) == []
    for events in ([], [Opened()]):
        state = folded(house, state, Rang())
        assert house.decide(asked(Rang()), state) == events
    assert house.open_points(folded(house, state, Opened())) == (OpenPoint(act="Shut", who="anybody", article="1"),)
    assert house.open_points(state) == ()
    assert house.decide(asked(Shut()), folded(house, state, Opened())) == [Closed(), Opened()]


def test_an_aggregate_says_what_it_takes_and_whom_it_tells() -> None:
    assert (house.HEARS, house.commands, house.internal_commands) == ((Rang,), (Shut,), (Shut,))
    assert {*house.events} == {Rang, Opened, Closed, Painted}
    assert house.react(Closed()) == [("house/2", Shut())]
    assert house.react(Opened()) == []
    assert not hasattr(house, "due")
    alone = Aggregate(House, Matter(folds=(rang, silent), due=(pending,)))
    assert not hasattr(alone, "react")
    state = folded(alone, alone.INITIAL, Rang())
    assert alone.due(state) == ((NOON, "Silence"),)
    assert alone.due(folded(alone, state, Due(name="Silence", instant=NOON))) == ()


def test_nothing_follows_from_an_event_that_is_only_folded_or_that_a_consequence_does_not_name() -> None:
    open_, quiet = Aggregate(House, DOOR, upstream=OUTSIDE), Aggregate(House, DOOR, upstream=OUTSIDE, silent=(Rang,))
    state = House(outside=Outside(bell=Bell(rung=2)), door=Door(open=False))
    assert open_.decide(asked(Rang()), state) == [Opened()]
    assert quiet.decide(asked(Rang()), state) == []

    def at_a_ring(asked: Input[Rang], bell: Bell) -> list[Opened]:
        return [Opened()]

    named = Aggregate(House, replace(DOOR, follows=(at_a_ring,)), upstream=OUTSIDE)
    assert named.decide(asked(Rang()), state) == [Opened()]
    assert named.decide(asked(Shut()), state) == []


def test_a_deadline_has_passed_before_it_is_asked_what_follows_from_that() -> None:
    def while_it_rings(asked: Input[object], bell: Bell) -> list[Painted]:
        return [Painted()] if bell.rung else []

    alone = Aggregate(House, Matter(folds=(rang, silent), follows=(while_it_rings,), unfolded=(Painted,)))
    state = House(outside=Outside(bell=Bell(rung=1)))
    assert alone.decide(asked(Shut()), state) == [Painted()]
    assert alone.decide(asked(Due(name="Silence", instant=NOON)), state) == []


def test_what_follows_is_asked_where_an_input_or_what_followed_from_it_changes_what_it_follows_from() -> None:
    heard: list[str] = []

    def of_the_door(stream: Stream, door: Door) -> list[Painted]:
        heard.append(f"{stream.id}: the door is {'open' if door.open else 'shut'}")
        return []

    def of_the_bell(stream: Stream, bell: Bell, door: Door) -> list[Opened]:
        heard.append(f"rung {bell.rung}")
        return [Opened()] if bell.rung > 1 and not door.open else []

    alone = Aggregate(House, replace(DOOR, follows=(of_the_door, of_the_bell)), upstream=OUTSIDE)

    def heard_at(content: Any, before: House) -> tuple[list[Any], list[str]]:
        heard.clear()
        state = alone.evolve(before, content, NOON) if isinstance(content, Rang) else before
        _, events = alone.outcome(asked(content), state, before)
        return events, [*heard]

    shut = replace(alone.INITIAL, door=Door(open=False))
    assert heard_at(Shut(), shut) == ([], [])
    assert heard_at(Shut(), alone.INITIAL) == ([Closed()], ["1: the door is shut", "rung 0"])
    assert heard_at(Rang(), shut) == ([], ["rung 1"])
    rung = replace(shut, outside=Outside(bell=Bell(rung=1)))
    assert heard_at(Rang(), rung) == ([Opened()], ["rung 2", "1: the door is open"])
    heard.clear()
    alone.outcome(asked(Shut()), shut)
    assert heard == ["1: the door is shut", "rung 0"]


def test_what_hangs_on_the_input_is_asked_at_each_and_not_again() -> None:
    heard: list[str] = []

    def at_every_input(asked: Input[object], bell: Bell) -> list[Painted]:
        heard.append(type(asked.content).__name__)
        return [Painted()]

    alone = Aggregate(House, replace(DOOR, follows=(at_every_input,)), upstream=OUTSIDE)
    state = replace(alone.INITIAL, door=Door(open=False))
    assert alone.outcome(asked(Shut()), state, state) == (state, [Painted()])
    assert heard == ["Shut"]


def test_what_never_comes_to_an_end_is_an_error() -> None:
    def never_still(stream: Stream, door: Door) -> list[Opened | Closed]:
        return [Closed() if door.open else Opened()]

    def nor_this(stream: Stream, door: Door, bell: Bell) -> list[Opened | Closed]:
        return [Closed() if door.open else Opened()]

    alone = Aggregate(House, replace(DOOR, follows=(never_still, nor_this)))
    with pytest.raises(RuntimeError, match="Shut: what follows from it does not come to an end"):
        alone.decide(asked(Shut()), alone.INITIAL)


def test_an_event_that_nobody_knows_is_no_event_of_it_and_one_that_changes_nothing_is() -> None:
    assert folded(house, house.INITIAL, Painted()) is house.INITIAL
    with pytest.raises(TypeError, match="Due is no event of House"):
        folded(house, house.INITIAL, Due(name="Silence", instant=NOON))


def test_what_asks_for_no_part_of_the_state_is_named() -> None:
    def lost(asked: Input[Shut], house: House) -> list[Closed]:
        return []

    with pytest.raises(TypeError, match=r"lost asks for <class '.*House'>, which is no part of the state"):
        Aggregate(House, Matter(commands=(lost,)))


def test_parts_that_cannot_be_told_apart_are_named() -> None:
    @dataclass(frozen=True)
    class Twice:
        one: Door = Door()
        other: Door = Door()

    with pytest.raises(TypeError, match="Door is a part twice: one and other"):
        Aggregate(Twice)


@dataclass(frozen=True)
class Locked:
    by: int = 0


def test_an_event_is_recorded_with_what_whoever_reads_it_needs_and_decided_without() -> None:
    def lock(asked: Input[Shut], door: Door) -> list[Closed | Locked]:
        return [Closed(), Locked()]

    def kept(door: Door, event: Closed | Locked) -> Door:
        return replace(door, open=False)

    def rung_before(event: Locked, bell: Bell, door: Door) -> Locked:
        return Locked(by=bell.rung + (0 if door.open else 10))

    locking = Aggregate(House, Matter(commands=(lock,), folds=(kept,), completes=(rung_before,)), upstream=OUTSIDE)
    state = House(outside=Outside(bell=Bell(rung=2)))
    assert locking.decide(asked(Shut()), state) == [Closed(), Locked()]
    after, recorded = locking.outcome(asked(Shut()), state)
    assert recorded == [Closed(), Locked(by=12)]  # By the state after it.
    assert after == folded(locking, state, *recorded) == folded(locking, state, Closed(), Locked())


def test_whoever_completes_an_event_by_what_is_no_part_of_the_state_is_told() -> None:
    def by_nothing(event: Closed, part: Shut) -> Closed:
        return event

    with pytest.raises(TypeError, match="which is no part of the state"):
        Aggregate(House, replace(DOOR, completes=(by_nothing,)), upstream=OUTSIDE)
