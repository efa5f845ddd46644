"""From the tables of a TOML file to dataclasses: every field of its type, none that is not known, none missing."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Row = TypeVar("Row")


def read(path: Path) -> dict[str, Any]:
    """A TOML file; a ValueError says where it is none."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def row(kind: type[Row], stated: Mapping[str, Any], where: str) -> Row:
    """A row as its dataclass; a ValueError says `where` it stands, what is wrong, and what to do."""
    hints = get_type_hints(kind)
    required = {each.name for each in fields(kind) if each.default is MISSING}  # type: ignore[arg-type]
    if unknown := sorted(stated.keys() - hints.keys()):
        raise ValueError(f"{where}: there is no field {', '.join(unknown)}; take out or write {', '.join(hints)}")
    if missing := sorted(required - stated.keys()):
        raise ValueError(f"{where}: {', '.join(missing)} is missing; add it")
    try:
        return kind(**{name: _value(name, hints[name], value) for name, value in stated.items()})
    except ValueError as wrong:
        raise ValueError(f"{where}: {wrong}") from wrong


def _value(name: str, hint: Any, value: Any) -> Any:
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise ValueError(f"{name} is {value!r}; write one of {', '.join(get_args(hint))}")
        return value
    if get_origin(hint) in (Union, UnionType):
        return _value(name, get_args(hint)[0], value)  # TOML has no null: what is stated is not None.
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{name} is {value!r}; write a list")
        return tuple(_value(name, get_args(hint)[0], each) for each in value)
    return _plain(name, hint, value)


def _plain(name: str, hint: Any, value: Any) -> Any:
    if hint is Decimal:
        return _decimal(name, value)
    kind = getattr(hint, "__supertype__", hint)  # A NewType is its text.
    is_one = type(value) is kind  # A bool is no int here, and an instant no date.
    if not is_one or (kind is str and not value.strip()):
        raise ValueError(f"{name} is {value!r}; write {NAMES[kind]}")
    return value


NAMES = {str: "a text that is not empty", int: "a whole number", bool: "true or false", date: "a date without quotes"}


def _decimal(name: str, value: Any) -> Decimal:
    try:
        if isinstance(value, str) and (read := Decimal(value)).is_finite():
            return read
    except InvalidOperation:
        pass
    raise ValueError(f'{name} is {value!r}; write a text of digits, such as "7.5"')


def dates_in_order(in_force_from: date, in_force_to: date | None) -> None:
    """A ValueError where a row would end before it begins."""
    if in_force_to is not None and in_force_to < in_force_from:
        raise ValueError(f"in_force_to is {in_force_to}, a day before in_force_from; correct one of them")
