"""Values with two dates: the days on which each is in force, and the day from which it is known.

A question names both: when the fact happened, and when it was recorded. A version that becomes known later takes the
place of what was known before of the days that it covers, and of no answer that was given until then. What need not
hold for ever ends with the last day of such a version; what always has a value then has again the one known before.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Generic, TypeVar

from law.calendar import EARLIEST, day

Value = TypeVar("Value")
FIRST = day(EARLIEST)


@dataclass(frozen=True, kw_only=True)
class Version(Generic[Value]):
    """One value; `in_force_to` is its last day in force, None while no end is set."""

    value: Value
    in_force_from: date = FIRST
    in_force_to: date | None = None
    known_from: date = FIRST

    def covers(self, when: date) -> bool:
        """Whether it is in force on that day."""
        return self.in_force_from <= when and (self.in_force_to is None or when <= self.in_force_to)


@dataclass(frozen=True, kw_only=True)
class Dated(Generic[Value]):
    """All versions of one value. A `total` one has an answer for every instant that is taken."""

    name: str
    versions: tuple[Version[Value], ...]
    total: bool = True

    def at(self, *, occurred: datetime, recorded: datetime) -> Value:
        """What holds for a fact of then, as it was known when that was recorded. Raises LookupError where nothing."""
        found = self.answers(day(occurred), day(recorded))
        if len(found) != 1:
            raise LookupError(f"{self.name} has {len(found)} values on {day(occurred)} as known on {day(recorded)}")
        return found[0]

    def answers(self, when: date, known: date) -> list[Value]:
        """What was known last of that day: one value, unless there is a gap or an overlap."""
        begun = [each for each in self.versions if each.known_from <= known and each.in_force_from <= when]
        told = [each for each in begun if each.covers(when)] if self.total else begun
        last = max((each.known_from for each in told), default=None)
        return [each.value for each in told if each.known_from == last and each.covers(when)]

    def overlap(self) -> tuple[Version[Value], Version[Value]] | None:
        """Two versions of which neither is known later and that are in force on the same day, where there are such."""
        for one, other in combinations(self.versions, 2):
            if one.known_from == other.known_from and (
                one.covers(other.in_force_from) or other.covers(one.in_force_from)
            ):
                return one, other
        return None
