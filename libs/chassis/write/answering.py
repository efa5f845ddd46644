"""Answers, made from entries alone: the first answer and every later one to the same key are the same bytes.

Problems stand in `problems.json` by name: their status, their texts, and which of what is said are members.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any

import orjson
from rfc9457 import Problem

from chassis.write.inputs import Answer
from entries.entry import Entry

PROBLEMS: dict[str, Any] = json.loads(files("chassis").joinpath("problems.json").read_text(encoding="utf-8"))
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
    outcomes = [events[entry.type].outcome for entry in led_to]
    deviating = [outcome for outcome in outcomes if outcome != "recorded"]
    outcome = deviating[0] if deviating else "recorded" if led_to else "nothing new"
    events_told = [{"id": entry.id, "type": entry.type, "data": orjson.Fragment(entry.data)} for entry in led_to]
    receipt = {"id": cause.id, "position": cause.position, "chain": cause.chain.hex()}
    return Answer(200, orjson.dumps({"outcome": outcome, "events": events_told, "receipt": receipt}))


def problem(name: str, **said: Any) -> Problem:
    """A problem document (RFC 9457), to be raised at a door: what is `said` fills its texts, and its members."""
    known = PROBLEMS[name]
    title, detail = known["title"].format(**said), known["detail"].format(**said)
    members = {member: said[member] for member in known.get("members", ())}
    return Problem(title, f"/problems/{name}", detail, said.get("status", known["status"]), **members)


def as_answer(problem: Problem) -> Answer:
    return Answer(problem.status, orjson.dumps(problem.marshal()))


def cannot_see(whom: str, since: datetime | None) -> Answer:
    """An operating state, not a refusal: what others have recorded in the meantime might matter."""
    how_far = f"since {since:%Y-%m-%dT%H:%M:%SZ}" if since else "yet"
    return as_answer(problem("cannot-see", whom=whom, how_far=how_far, since=since.isoformat() if since else None))
