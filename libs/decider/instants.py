"""Instants as others write them: RFC 3339, and nothing that only looks like it, within the years that are taken."""

import re
from datetime import UTC, datetime
from functools import lru_cache

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between these lies every instant that is taken; the second is outside."""
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.A)

ELSEWHERE = re.compile(rb'"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?:\\u002[Bb]|([+-]))((?!00:00)\d\d:\d\d)"')
"""In JSON, of which some writers escape a plus."""
ELSEWHERE_MAX = 200
"""More times than a journey has places are no times of one."""


def written(text: object) -> str:
    """The text, where it is in that form: no seconds since 1970, no bare day, no time without its zone."""
    if isinstance(text, str) and RFC_3339.fullmatch(text):
        return text
    raise ValueError("is to be a time with its zone, as RFC 3339 has it, such as 2026-01-31T09:30:00Z")


def in_utc(instant: datetime) -> datetime:
    """Compared once it is in UTC: instants of two zones take ten times as long."""
    if instant.tzinfo is UTC and EARLIEST <= instant < LATEST:
        return instant
    if EARLIEST.year - 1 <= instant.year <= LATEST.year and EARLIEST <= (utc := instant.astimezone(UTC)) < LATEST:
        return utc
    raise ValueError(f"is to lie within the years {EARLIEST.year} to {LATEST.year - 1}")


def read(text: object) -> datetime:
    """The instant that a text states, in UTC. Raises ValueError, which says what to do."""
    return _read(text if isinstance(text, str) else written(text))


@lru_cache(maxsize=4096)
def _read(text: str) -> datetime:
    """Kept, for an instant that is stated stands in many places: in its events, and in states of three services."""
    capitals = written(text).upper()
    try:
        instant = datetime.fromisoformat(capitals)
    except ValueError as error:
        raise ValueError(f"is no time that there is: {error}") from error
    return in_utc(instant)


def stated_elsewhere(text: bytes) -> str | None:
    """The times in a JSON document that are stated with another offset than UTC's: as they are written, each once, in
    their order, with commas between."""
    found = (b"".join((at, sign or b"+", offset)).decode() for at, sign, offset in ELSEWHERE.findall(text))
    return ",".join([*dict.fromkeys(found)][:ELSEWHERE_MAX]) or None
