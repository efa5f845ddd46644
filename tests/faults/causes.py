"""Causes before effects: what an entry says that its service had seen, and what it says that it follows from."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tests.faults.evidence import Defect, Entry, Side

INTERNAL = "agenda"
DUE = "Due"
"""A deadline that fired: an input of the agenda's that nobody caused."""


def check_seen(logs: Side) -> Iterator[Defect]:
    """`seen` only grows, stays within what the upstream wrote, and holds whatever the seen entries had seen."""
    for entries in logs.values():
        before: dict[str, int] = {}
        for entry in entries:
            if any(position < before.get(upstream, 0) for upstream, position in entry.seen.items()):
                yield _disorder(entry, f"has seen less than the entry in front of it: {entry.seen}, {before}")
            if not set(before) <= set(entry.seen):
                yield _disorder(entry, "has forgotten an upstream")
            before = entry.seen
            yield from _check_reached(entry, logs)


def _check_reached(entry: Entry, logs: Side) -> Iterator[Defect]:
    for upstream, position in entry.seen.items():
        log = logs.get((upstream, entry.partition), [])
        if position > len(log):
            yield _disorder(entry, f"has seen {upstream}/{entry.partition}/{position}, which is not there")
            continue
        for earlier, reached in log[position - 1].seen.items():
            if reached > entry.seen.get(earlier, 0):
                yield _disorder(entry, f"has seen {log[position - 1].where} and not its cause in {earlier}")


def check_causes(logs: Side) -> Iterator[Defect]:
    """Every cause is there, and came before: in the own log in front, in another's within `seen`."""
    known = {entry.where: entry for entries in logs.values() for entry in entries}
    for entry in known.values():
        name = entry.document.get("causationid")
        if name is None:
            if entry.kind == "event" or (entry.document.get("client") == INTERNAL and entry.type != DUE):
                yield Defect(kind="altered", text=f"{entry.where} names no cause")
        elif (cause := known.get(name)) is None:
            yield Defect(kind="lost", text=f"{entry.where} follows from {name}, which is nowhere")
        elif not _came_before(cause, entry):
            yield _disorder(entry, f"stands before its cause {name}")
        elif cause.document.get("correlationid") != entry.document.get("correlationid"):
            yield Defect(kind="altered", text=f"{entry.where} has another correlation than its cause {name}")


def check_deadlines(logs: Side) -> Iterator[Defect]:
    """A deadline fires once, behind its instant, which is the time of its entry; nobody has caused it."""
    fired: dict[tuple[str, str, str, str], Entry] = {}
    for entry in (entry for entries in logs.values() for entry in entries if entry.type == DUE):
        document, data = entry.document, entry.document.get("data") or {}
        name, instant = str(data.get("name")), str(data.get("instant"))
        if document.get("client") != INTERNAL or "causationid" in document or entry.kind != "input":
            yield Defect(kind="altered", text=f"{entry.where} is no deadline: somebody has caused or sent it")
        if _moment(str(document.get("time"))) != _moment(instant):
            yield Defect(kind="altered", text=f"{entry.where} does not happen at its instant {instant}")
        elif _moment(instant) >= _moment(str(document.get("recordedtime"))):
            yield _disorder(entry, f"fired before its instant {instant}")
        first = fired.setdefault((entry.service, entry.stream, name, instant), entry)
        if first is not entry:
            yield Defect(kind="doubled", text=f"{entry.where} is the deadline {name} that fired at {first.where}")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def check_cases(logs: Side) -> Iterator[Defect]:
    """What raised has no effect: nothing of that may be left when all is done, but what somebody let go of."""
    for entries in logs.values():
        parked: dict[str, Entry] = {}
        for entry in entries:
            data = entry.document.get("data") or {}
            if entry.type == "CaseOpened":
                yield Defect(kind="lost", text=f"{data.get('case')} could not be decided, says {entry.where}")
            elif entry.type == "Parked":
                parked[str(data.get("record"))] = entry
            elif entry.type in {"Redriven", "Discarded"}:
                yield from _check_taken(entry, parked)
        for record, entry in parked.items():
            yield Defect(kind="lost", text=f"{record} was parked at {entry.where} and never decided")


def _check_taken(entry: Entry, parked: dict[str, Entry]) -> Iterator[Defect]:
    for record in (entry.document.get("data") or {}).get("records", ()):
        if parked.pop(record, None) is None:
            yield _disorder(entry, f"names {record}, which is not parked there")


def _came_before(cause: Entry, effect: Entry) -> bool:
    if cause.service != effect.service:
        return cause.partition == effect.partition and cause.position <= effect.seen.get(cause.service, 0)
    if cause.partition == effect.partition:
        return cause.position < effect.position
    return cause.kind == "event" and effect.document.get("client") == INTERNAL


def _disorder(entry: Entry, what: str) -> Defect:
    return Defect(kind="out of order", text=f"{entry.where} {what}")
