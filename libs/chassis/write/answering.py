"""Answers, made from entries alone: the first answer and every later one to the same key are the same bytes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from rfc9457 import Problem

from chassis.write.inputs import Answer
from doors.answers import told
from doors.problems import problem
from entries.entry import Entry

CASE_OPENED = "CaseOpened"
"""The event behind an input that raised."""


def answer(entries: Sequence[Entry], events: Mapping[str, Any]) -> Answer:
    """The answer to the input at the head of `entries`; `events` are the service's event types by name.

    What led to an event that this version does not know is told that it is recorded, and when to ask again.
    """
    cause, *led_to = entries
    if led_to and led_to[-1].type == CASE_OPENED:
        return as_answer(problem("case-opened", case=cause.id))
    if strange := next((entry.type for entry in led_to if entry.type not in events), None):
        return as_answer(problem("another-version", what=f"It is recorded as {cause.id}, and its outcome {strange}"))
    return Answer(200, told(cause, led_to, events))


def as_answer(problem: Problem) -> Answer:
    return Answer(problem.status, orjson.dumps(problem.marshal()))


def no_such(stream: str) -> Answer:
    kind, _, id_ = stream.partition("/")
    return as_answer(problem("no-such-stream", kind=kind, id=id_))


def cannot_see(whom: str, since: datetime | None) -> Answer:
    """An operating state, not a refusal: what others have recorded in the meantime might matter."""
    how_far = f"since {since:%Y-%m-%dT%H:%M:%SZ}" if since else "yet"
    return as_answer(problem("cannot-see", whom=whom, how_far=how_far, since=since.isoformat() if since else None))
