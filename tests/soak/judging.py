"""Whether what a stack uses stays level: a slope that no outlier bends, held against a bound."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import TypeAlias

from tests.soak.sampling import BEHIND, FILES, MEMORY, SOCKETS, TO_TELL, UNPUBLISHED, Sample

HOUR = 3600.0
WARM_UP = 1 / 3
"""So much of a run in the beginning is not judged: caches and pools fill."""
LONG_SECONDS = 600.0
"""Judged over so long, nothing counts but the slope."""
DYING_DOWN = 1 / 4
"""Growth that has become less than this part of what it was at first comes to an end."""

Points: TypeAlias = Sequence[tuple[float, float]]
"""Seconds, and the figure then."""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What may be added in an hour; and what may be added at all in a run too short for its slope to say much."""

    hourly: float
    at_all: float


BOUNDS = {
    MEMORY: Bound(hourly=30.0, at_all=20.0),
    FILES: Bound(hourly=20.0, at_all=8.0),
    SOCKETS: Bound(hourly=20.0, at_all=8.0),
    BEHIND: Bound(hourly=1000.0, at_all=500.0),
    UNPUBLISHED: Bound(hourly=1000.0, at_all=500.0),
    TO_TELL: Bound(hourly=1000.0, at_all=500.0),
}
"""What has none, such as restarts, may not become more at all."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """How one figure went: where it began and ended (medians of a tenth), its most, its growth in an hour.

    `level` is None where it is shown and not judged.
    """

    who: str
    what: str
    first: float
    last: float
    most: float
    early: float
    """Growth per hour in the warm-up; `late` after it."""
    late: float
    level: bool | None


def courses(samples: Sequence[Sample], judged: Collection[str]) -> list[Course]:
    """The course of every figure; those of whoever is `judged` are."""
    names = sorted({name for sample in samples for name in sample.figures})
    found = []
    for who, what in names:
        points = [(each.at, each.figures[who, what]) for each in samples if (who, what) in each.figures]
        found.append(_course(who, what, points, who in judged))
    return found


def _course(who: str, what: str, points: Points, judged: bool) -> Course:
    values = [value for _, value in points]
    tenth = max(1, len(points) // 10)
    cut = points[0][0] + (points[-1][0] - points[0][0]) * WARM_UP
    before, after = [each for each in points if each[0] <= cut], [each for each in points if each[0] > cut]
    early, late = slope(before) * HOUR, slope(after) * HOUR
    seconds = after[-1][0] - after[0][0] if after else 0.0
    return Course(
        who=who, what=what, first=median(values[:tenth]), last=median(values[-tenth:]), most=max(values),
        early=early, late=late, level=_is_level(what, values, early, late, seconds) if judged else None,
    )  # fmt: skip


def _is_level(what: str, values: Sequence[float], early: float, late: float, seconds: float) -> bool:
    return is_level(BOUNDS[what], early, late, seconds) if what in BOUNDS else values[-1] <= values[0]


def is_level(bound: Bound, early: float, late: float, seconds: float) -> bool:
    """`early` and `late` per hour; the latter was measured over so many seconds."""
    if late <= bound.hourly or (seconds < LONG_SECONDS and late * seconds / HOUR <= bound.at_all):
        return True
    return late < early * DYING_DOWN


def slope(points: Points) -> float:
    """Per second, by Theil and Sen: the median of the slopes between every two points; 0 for fewer than two."""
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x2 > x1]
    return median(slopes) if slopes else 0.0
