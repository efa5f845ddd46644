"""The border checkpoints of Turkmenistan: reference data, in `checkpoints.csv`. The codes are Serhet's own.

A row is one version of one checkpoint, with the days on which it holds and the day from which it is known. Names stay
findable: whoever knows a checkpoint by a name that it had once finds it.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from law.calendar import LATEST, day
from law.dated import Dated, Version
from law.naming import plain
from law.reference import folders

FILE = "checkpoints.csv"


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """`notice_required`: yes, no or rail-only, after the offices in Art. 37(2-1). The place is for a map only.

    `office` is the code of the customs office there, where one is on file.
    """

    code: str
    name_en: str
    name_tk: str
    name_ru: str
    aliases: tuple[str, ...]
    modes: tuple[str, ...]
    opposite_post: tuple[str, ...]
    opposite_country: tuple[str, ...]
    unlocode: str | None
    iata: str | None
    icao: str | None
    office: str | None
    lat: Decimal
    lon: Decimal
    notice_required: str

    @property
    def own_names(self) -> tuple[str, ...]:
        """By which it goes before others that are only called so, too."""
        return tuple(filter(None, (self.code, self.name_en, self.name_tk, self.name_ru)))

    @property
    def only_mode(self) -> str | None:
        """By which whatever comes there comes; None where there are several."""
        return self.modes[0] if len(self.modes) == 1 else None

    def takes(self, mode: str) -> bool:
        """Whether it is a checkpoint for this mode of transport, or for vehicles of it on a ferry."""
        return not {mode, f"{mode}-ferry"}.isdisjoint(self.modes)


def find(code: str, *, occurred: datetime | None = None, recorded: datetime = LATEST) -> Checkpoint | None:
    """The checkpoint of that code as it is known last, or as of then; None where there is none."""
    if (known := versions().get(code)) is None:
        return None
    if occurred is None:
        return known.versions[-1].value
    return next(iter(known.answers(day(occurred), day(recorded))), None)


def named(name: str, mode: str | None = None) -> tuple[Checkpoint, ...]:
    """Those that go by this name, in whatever letters, sorted by code; of several, those for a mode, where there are.

    Names are its code, its names in three languages and others that it has or had, and its codes: UN/LOCODE, IATA,
    ICAO, and that of its customs office. So by sea TMKRW is the sea port, and by air the airport.
    """
    known = _names()
    codes = known.get(plain(name)) or known.get(plain(name).replace(" ", ""), ())
    found = tuple(checkpoints()[code] for code in codes)
    if mode and (of_mode := tuple(each for each in found if each.takes(mode))):
        return of_mode
    return tuple(each for each in found if plain(name) in map(plain, each.own_names)) or found


@cache
def checkpoints() -> Mapping[str, Checkpoint]:
    """All of them by code, each as it is known last."""
    return {code: known.versions[-1].value for code, known in versions().items()}


@cache
def versions() -> Mapping[str, Dated[Checkpoint]]:
    """All of them by code, with every version, as they become known."""
    return load(*(folder / FILE for folder in folders()))


def load(*of: Path) -> Mapping[str, Dated[Checkpoint]]:
    """The checkpoints of these files, where they are; a ValueError names the file, the row and what to do."""
    found: dict[str, list[Version[Checkpoint]]] = defaultdict(list)
    for path in of:
        for version in _rows(path) if path.is_file() else ():
            found[version.value.code].append(version)
    known = {code: _dated(code, rows) for code, rows in found.items()}
    for code, each in known.items():
        if two := each.overlap():
            raise ValueError(f"{FILE}: {code} has two rows for {two[1].in_force_from}; end one the day before")
    return known


def _dated(code: str, rows: list[Version[Checkpoint]]) -> Dated[Checkpoint]:
    in_order = sorted(rows, key=lambda each: (each.known_from, each.in_force_from))
    return Dated(name=code, versions=tuple(in_order), total=False)  # A post is opened one day, and may be closed.


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    codes: dict[str, set[str]] = defaultdict(set)
    for code, known in versions().items():
        for version in known.versions:
            for name in _names_of(version.value):
                codes[plain(name)].add(code)
    return {name: tuple(sorted(found)) for name, found in codes.items()}


def _names_of(each: Checkpoint) -> Iterator[str]:
    yield from (*each.own_names, *each.aliases)
    yield from (code for code in (each.unlocode, each.iata, each.icao, each.office) if code)


def _rows(path: Path) -> Iterator[Version[Checkpoint]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                yield Version(
                    value=_checkpoint(row),
                    in_force_from=date.fromisoformat(row["in_force_from"]),
                    in_force_to=date.fromisoformat(row["in_force_to"]) if row["in_force_to"] else None,
                    known_from=date.fromisoformat(row["known_from"]),
                )
            except (ArithmeticError, KeyError, TypeError, ValueError) as wrong:
                columns = "the columns are those of libs/law/checkpoints.csv, dates are written 2026-01-31"
                raise ValueError(f"{path}, line {number}: {wrong!r}; {columns}") from wrong


def _checkpoint(row: Mapping[str, str]) -> Checkpoint:
    if not re.fullmatch(r"[A-Z]{3}-[A-Z]{3}", row["code"]):
        raise ValueError(f"the code is {row['code']!r}; write it like FRP-MIX")
    if row["notice_required"] not in ("yes", "no", "rail-only"):
        raise ValueError(f"notice_required is {row['notice_required']!r}; write yes, no or rail-only")
    return Checkpoint(
        code=row["code"],
        name_en=row["name_en"],
        name_tk=row["name_tk"],
        name_ru=row.get("name_ru") or "",
        aliases=_many(row["aliases"]),
        modes=_many(row["modes"]),
        opposite_post=_many(row["opposite_post"]),
        opposite_country=_many(row["opposite_country"]),
        unlocode=row["unlocode"] or None,
        iata=row.get("iata") or None,
        icao=row["icao"] or None,
        office=row.get("office") or None,
        lat=Decimal(row["lat"]),
        lon=Decimal(row["lon"]),
        notice_required=row["notice_required"],
    )


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
