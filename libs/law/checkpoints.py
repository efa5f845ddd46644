"""The border checkpoints of Turkmenistan: reference data, in `checkpoints.csv`. The codes are Serhet's own."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """`notice_required`: yes, no or rail-only, after the offices in Art. 37(2-1). The place is for a map only."""

    code: str
    name_en: str
    name_tk: str
    aliases: tuple[str, ...]
    modes: tuple[str, ...]
    opposite_post: tuple[str, ...]
    opposite_country: tuple[str, ...]
    unlocode: str | None
    icao: str | None
    lat: Decimal
    lon: Decimal
    notice_required: str


def find(code: str) -> Checkpoint | None:
    """The checkpoint of that code, None where there is none."""
    return checkpoints().get(code)


@cache
def checkpoints() -> Mapping[str, Checkpoint]:
    """All of them, by code."""
    with Path(__file__).with_name("checkpoints.csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"]: _checkpoint(row) for row in csv.DictReader(rows)}


def _checkpoint(row: Mapping[str, str]) -> Checkpoint:
    return Checkpoint(
        code=row["code"],
        name_en=row["name_en"],
        name_tk=row["name_tk"],
        aliases=_many(row["aliases"]),
        modes=_many(row["modes"]),
        opposite_post=_many(row["opposite_post"]),
        opposite_country=_many(row["opposite_country"]),
        unlocode=row["unlocode"] or None,
        icao=row["icao"] or None,
        lat=Decimal(row["lat"]),
        lon=Decimal(row["lon"]),
        notice_required=row["notice_required"],
    )


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
