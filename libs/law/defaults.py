"""Operating defaults, in `defaults.toml`: what is assumed where the Code is silent. They record or warn; none blocks.

A finding that rests on one has the layer `default` and the article `default:<key>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from law.dated import FIRST, Dated, Version
from law.rows import dates_in_order, read, row

DefaultMode: TypeAlias = Literal["record", "warn"]
FILE = Path(__file__).with_name("defaults.toml")
LEAD = "arrival.notice.lead."
APART, ORDER = "arrival.posts.apart", "arrival.posts.order"


@dataclass(frozen=True, kw_only=True, slots=True)
class Default:
    """One version of a default; `basis` says where the Code is silent and where the value comes from."""

    key: str
    mode: DefaultMode
    value: str
    unit: Literal["minutes", "text"]
    basis: str
    in_force_from: date = FIRST
    in_force_to: date | None = None
    known_from: date = FIRST

    @property
    def article(self) -> str:
        return f"default:{self.key}"


def lead(mode: str, *, occurred: datetime, recorded: datetime) -> int | None:
    """How many minutes before arrival a notice is looked for by this mode of transport; None where nothing is."""
    known = defaults().get(LEAD + mode)
    return None if known is None else int(known.at(occurred=occurred, recorded=recorded).value)


def apart(*, occurred: datetime, recorded: datetime) -> int:
    """Within so many minutes nobody is at two posts."""
    return int(defaults()[APART].at(occurred=occurred, recorded=recorded).value)


@cache
def defaults() -> Mapping[str, Dated[Default]]:
    """All of them, by key."""
    return load(FILE)


def load(path: Path) -> Mapping[str, Dated[Default]]:
    """The defaults of a file; a ValueError names it and says what is wrong in it."""
    try:
        stated = [_default(each, n) for n, each in enumerate(read(path)["defaults"], start=1)]
        return {key: _dated(key, stated) for key in sorted({each.key for each in stated})}
    except ValueError as wrong:
        raise ValueError(f"{path.name}: {wrong}") from wrong


def _default(stated: dict[str, object], number: int) -> Default:
    where = f"defaults {number}"
    if stated.get("mode") == "block":
        raise ValueError(
            f"{where}: a default of ours cannot block (Art. 8(2)); let it record or warn, or load an act that blocks"
        )
    default = row(Default, stated, where)
    dates_in_order(default.in_force_from, default.in_force_to)
    if default.unit == "minutes" and not (default.value.isascii() and default.value.isdigit()):
        raise ValueError(f"{where}: value is {default.value!r}; write a number of minutes")
    return default


def _dated(key: str, stated: list[Default]) -> Dated[Default]:
    versions = tuple(
        Version(
            value=each,
            in_force_from=each.in_force_from,
            in_force_to=each.in_force_to,
            known_from=each.known_from,
        )
        for each in stated
        if each.key == key
    )
    dated = Dated(name=f"default:{key}", versions=versions)
    if two := dated.overlap():
        raise ValueError(f"{key} has two values for {two[1].in_force_from}; end one the day before")
    return dated
