"""Whether everybody has applied what is on record, asked of databases and topics."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import psycopg

from tests.faults.gathering import read_topic, topic

POLL_SECONDS = 0.25

ENDS = "SELECT partition, position FROM counters WHERE position > 0"
FENCES = "SELECT upstream, partition, position FROM fences"
CURSORS = "SELECT partition, position FROM cursors"
LEFT_TO_TELL = "SELECT count(*) FROM agenda"

Ends: TypeAlias = dict[tuple[str, int], int]
"""The last position by service and partition."""


@dataclass(kw_only=True)
class Standing:
    """How far everybody is."""

    ends: Ends = field(default_factory=dict)
    consumed: dict[tuple[str, str, int], int] = field(default_factory=dict)
    """By reader, upstream and partition."""
    cursors: Ends = field(default_factory=dict)
    left_to_tell: dict[str, int] = field(default_factory=dict)


def read(databases: Mapping[str, str]) -> Standing:
    """Those who hear others first, so that whatever they have applied is in what is read after them."""
    found = Standing()
    for service, url in reversed(list(databases.items())):
        with psycopg.connect(url, connect_timeout=10, autocommit=True) as session:
            found.consumed |= {(service, upstream, n): at for upstream, n, at in session.execute(FENCES)}
            found.cursors |= {(service, n): at for n, at in session.execute(CURSORS)}
            found.left_to_tell[service] = sum(count for (count,) in session.execute(LEFT_TO_TELL))
            found.ends |= {(service, n): at for n, at in session.execute(ENDS)}
    return found


def not_applied(now: Standing, ends: Ends) -> list[str]:
    """Who has not heard, or not published, everything up to these ends."""
    unheard = {
        (reader, upstream) for (reader, upstream, n), at in now.consumed.items() if at < ends.get((upstream, n), 0)
    }
    unpublished = {name for name, n in ends if now.cursors.get((name, n), 0) < ends[name, n]}
    return [
        *(f"{reader} has not heard all of {upstream}" for reader, upstream in sorted(unheard)),
        *(f"{service} has not published all" for service in sorted(unpublished)),
    ]


def wait_until_quiet(kafka: str, databases: Mapping[str, str], seconds: float = 60.0) -> None:
    """Waits until agendas are empty, everything is published, and everybody has applied all that is there.

    Raises TimeoutError that says what is left to do.
    """
    until = time.monotonic() + seconds
    while left := _left(kafka, databases):
        if time.monotonic() > until:
            raise TimeoutError(f"after {seconds:.0f} s {'; '.join(left)}")
        time.sleep(POLL_SECONDS)


def _left(kafka: str, databases: Mapping[str, str]) -> list[str]:
    now = read(databases)
    told = [f"{service} has {count} to tell" for service, count in now.left_to_tell.items() if count]
    return not_applied(now, now.ends) or told or _not_published(kafka, now.ends)


def _not_published(kafka: str, ends: Ends) -> list[str]:
    """Asked of the topics themselves, beyond their last record, which may be an old one: a cursor may be wrong."""
    left = []
    for name in sorted({service for service, _ in ends}):
        wanted = {n: end for (service, n), end in ends.items() if service == name}
        found = read_topic(kafka, topic(name), name, since=wanted)
        reached = {n: max((entry.position for entry in records), default=0) for (_, n), records in found.items()}
        left += [f"the topic of {name} has no {name}/{n}/{end}" for n, end in wanted.items() if reached[n] < end]
    return left
