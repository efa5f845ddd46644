"""What a command is answered, made from entries alone."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from doors.answers import told
from entries.entry import START, Entry, Line, document

NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
SHORT = {"rule": "A4", "article": "37(2-1)", "layer": "default", "facts": [["minutes", "4"]]}
LATE = SHORT | {"layer": "code"}
KINDS = {
    "Noted": "recorded", "Found": "recorded", "FoundWithdrawn": "recorded", "Differs": "differs", "Barred": "refused",
}  # fmt: skip
EVENTS = {name: SimpleNamespace(outcome=outcome) for name, outcome in KINDS.items()}


def entry(type_: str, **data: Any) -> Entry:
    said = {"id": "arrival/3/7", "type": type_, "subject": "movement/M1", "traceparent": ""}
    said["recordedtime"] = NOON.isoformat()
    return Entry.of(3, Line(7, "event", "movement/M1", START, document(said, orjson.dumps(data))), said)


def answer(*led_to: Entry) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(told(entry("Note"), led_to, EVENTS))
    return found


@pytest.mark.parametrize(
    ("types", "outcome"),
    [
        ((), "nothing new"),
        (("Noted", "Found"), "recorded"),
        (("Differs",), "differs"),
        (("Noted", "Barred", "Differs"), "refused"),
    ],
)
def test_the_outcome_is_that_of_its_events(types: tuple[str, ...], outcome: str) -> None:
    assert answer(*(entry(each) for each in types))["outcome"] == outcome


def test_findings_that_came_with_it_are_told_once_and_none_that_were_withdrawn() -> None:
    led_to = (
        entry("Noted", findings=[]),
        entry("Found", findings=[LATE, SHORT]),
        entry("FoundWithdrawn", findings=[SHORT | {"rule": "A9"}]),
        entry("Found", findings=[SHORT]),
    )
    assert answer(*led_to)["findings"] == [LATE, SHORT]


def test_it_says_that_nothing_was_found() -> None:
    assert answer(entry("Noted"))["findings"] == answer()["findings"] == []
