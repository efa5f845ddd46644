"""Figures: what was measured several times, as its median and its spread, beside what is aimed at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table: what is measured, in which unit, and the aim, which is the least or `at_most` the most."""

    name: str
    what: str
    unit: str
    aim: float | None = None
    at_most: bool = False
    digits: int = 0


@dataclass(frozen=True)
class Figure:
    """What a row came to."""

    row: Row
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def reached(self) -> bool | None:
        """Whether the aim is; None where there is none."""
        if self.row.aim is None:
            return None
        return self.median <= self.row.aim if self.row.at_most else self.median >= self.row.aim

    def cells(self) -> tuple[str, str, str, str]:
        """What, median, spread and aim, as texts."""
        row, (low, high) = self.row, (min(self.values), max(self.values))
        aim = "" if row.aim is None else f"{'at most' if row.at_most else 'at least'} {_written(row, row.aim)}"
        spread = f"{_number(row, low)} to {_number(row, high)}" if len(self.values) > 1 else ""
        return (
            row.what,
            _written(row, self.median),
            spread,
            f"{aim}{'' if self.reached in {None, True} else ': not yet'}",
        )

    def as_json(self) -> dict[str, Any]:
        said = {"what": self.row.what, "unit": self.row.unit, "median": _rounded(self.median)}
        spread = {"low": _rounded(min(self.values)), "high": _rounded(max(self.values))}
        aimed = {} if self.row.aim is None else {"aim": self.row.aim, "reached": self.reached}
        return said | spread | aimed


def collected(rows: Sequence[Row], measured: Mapping[str, Sequence[float]]) -> list[Figure]:
    """Of every row that was measured its figure, in the order of the rows. Raises KeyError on a name without a row."""
    if unknown := set(measured) - {row.name for row in rows}:
        raise KeyError(f"no row of the table has the name {', '.join(sorted(unknown))}")
    return [Figure(row, tuple(measured[row.name])) for row in rows if measured.get(row.name)]


def share(values: Iterable[float], of: Iterable[float]) -> list[float]:
    """Run by run, what part of the other the one is."""
    return [one / other for one, other in zip(values, of, strict=True)]


def percentile(values: Iterable[float], percent: float) -> float:
    """The least of the values that is not below so many percent of them. Raises ValueError where there are none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("there are no values")
    rank = -(-len(ordered) * percent // 100)  # Rounded up: the nearest rank.
    return ordered[max(int(rank), 1) - 1]


def _number(row: Row, value: float) -> str:
    return f"{value:,.{row.digits}f}"


def _written(row: Row, value: float) -> str:
    return f"{_number(row, value)} {row.unit}".rstrip()


def _rounded(value: float) -> float:
    """Four significant digits: more was not measured."""
    return float(f"{value:.4g}")
