"""Times as they were stated, found in a document."""

import json
from typing import Any

import pytest

from decider.instants import ELSEWHERE_MAX, in_utc, read, stated_elsewhere

THERE = "2026-03-02T12:00:00+05:00"


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({"occurred": THERE, "expected": "2026-03-02T09:30:00.5-03:30"}, f"{THERE},2026-03-02T09:30:00.5-03:30"),
        ({"journey": [{"expected": THERE}, {"expected": THERE}]}, THERE),
        ({"occurred": "2026-03-02T12:00:00Z", "expected": "2026-03-02T12:00:00+00:00"}, None),
        ({"reason": f"it came at {THERE}", "day": "2026-03-02", "number": "12:00+05:00"}, None),
        ({}, None),
    ],
)
def test_a_time_is_kept_as_written_where_that_says_more_than_utc(document: Any, found: str | None) -> None:
    assert stated_elsewhere(json.dumps(document).encode()) == found


def test_a_plus_that_is_escaped_is_a_plus() -> None:
    sent = b'{"occurred": "2026-03-02T12:00:00\\u002B05:00"}'
    assert stated_elsewhere(sent) == json.loads(sent)["occurred"] == THERE


def test_what_is_kept_is_found_by_its_instant() -> None:
    kept = stated_elsewhere(b'{"a": "2026-03-02T12:00:00+05:00", "b": "2026-03-02T12:00:00+03:00"}')
    assert kept
    assert [in_utc(read(each)).hour for each in kept.split(",")] == [7, 9]


def test_of_very_many_so_many_are_kept() -> None:
    sent = json.dumps([f"2026-03-02T12:{n // 60:02}:{n % 60:02}+05:00" for n in range(ELSEWHERE_MAX + 50)])
    assert len((stated_elsewhere(sent.encode()) or "").split(",")) == ELSEWHERE_MAX
