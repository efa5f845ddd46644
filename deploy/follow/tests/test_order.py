"""The order in which a life is told, and what is folded in it."""

from itertools import permutations
from typing import Any

import pytest

from deploy.follow.order import folded, in_order


def entry(id_: str, recorded: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "recordedtime": f"2026-03-01T{recorded}.000000Z", "type": "Thing", "data": {}, **more}


def told(*entries: dict[str, Any]) -> list[str]:
    """The order, which has to be the same however the entries come in."""
    orders = {tuple(each["id"] for each in in_order(some)) for some in permutations(entries)}
    assert len(orders) == 1
    return list(orders.pop())


def test_entries_that_nothing_ties_are_told_as_they_were_recorded() -> None:
    assert told(entry("release/3/9", "09:00:01"), entry("arrival/7/2", "09:00:02")) == ["release/3/9", "arrival/7/2"]


def test_entries_recorded_at_the_same_time_always_have_the_same_order() -> None:
    assert told(entry("b/1/1", "09:00:00"), entry("a/1/1", "09:00:00")) == ["a/1/1", "b/1/1"]


def test_positions_come_before_clocks() -> None:
    assert told(entry("arrival/3/5", "09:00:09"), entry("arrival/3/6", "09:00:01")) == ["arrival/3/5", "arrival/3/6"]


def test_a_cause_on_another_partition_is_told_before_its_effect_whatever_their_clocks_said() -> None:
    cause = entry("arrival/3/5", "09:00:09")
    effect = entry("arrival/8/1", "09:00:01", causationid="arrival/3/5")
    assert told(cause, effect) == ["arrival/3/5", "arrival/8/1"]


def test_what_a_service_had_seen_is_told_before_what_it_decided() -> None:
    seen = entry("presentation/3/2", "09:00:09")
    decided = entry("clearance/3/1", "09:00:01", seen="arrival=4,presentation=2")
    assert told(seen, decided) == ["presentation/3/2", "clearance/3/1"]


def test_seen_speaks_of_its_own_partition_alone() -> None:
    elsewhere = entry("presentation/4/2", "09:00:09")
    decided = entry("clearance/3/1", "09:00:01", seen="presentation=2")
    assert told(elsewhere, decided) == ["clearance/3/1", "presentation/4/2"]


def test_what_was_not_yet_seen_is_no_cause() -> None:
    later = entry("presentation/3/3", "09:00:09")
    decided = entry("clearance/3/1", "09:00:01", seen="presentation=2")
    assert told(later, decided) == ["clearance/3/1", "presentation/3/3"]


def test_causes_hold_through_entries_of_several_services() -> None:
    crossed = entry("arrival/3/1", "09:00:09")
    shown = entry("presentation/3/1", "09:00:05", seen="arrival=1")
    ready = entry("clearance/3/1", "09:00:01", seen="arrival=1,presentation=1", causationid="presentation/3/1")
    assert told(crossed, shown, ready) == ["arrival/3/1", "presentation/3/1", "clearance/3/1"]


def test_an_entry_that_came_twice_is_told_once() -> None:
    assert len(in_order([entry("arrival/3/1", "09:00:00")] * 2)) == 1


def test_a_cause_that_is_not_among_the_entries_changes_nothing() -> None:
    assert told(entry("release/3/9", "09:00:00", causationid="clearance/3/4")) == ["release/3/9"]


def test_entries_that_are_each_others_causes_are_refused() -> None:
    with pytest.raises(ValueError, match="make verify"):
        in_order([entry("a/1/1", "09:00:00", causationid="b/1/1"), entry("b/1/1", "09:00:00", causationid="a/1/1")])


def test_an_input_is_folded_into_the_events_that_it_led_to() -> None:
    given = entry("arrival/3/1", "09:00:00", idempotencykey="k")
    event = entry("arrival/3/2", "09:00:00", causationid="arrival/3/1")
    assert folded([given, event]) == [(event, given)]


def test_an_input_that_led_to_nothing_is_told_by_itself() -> None:
    given = entry("arrival/3/1", "09:00:00", idempotencykey="k")
    assert folded([given]) == [(given, None)]


def test_an_event_that_another_service_caused_stands_without_an_input() -> None:
    event = entry("clearance/3/1", "09:00:00", causationid="arrival/3/9")
    assert folded([event]) == [(event, None)]
