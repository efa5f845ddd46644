"""How companies, ships and places are called: a name that is only spelt otherwise is the same name.

Which fields hold such names their types say (`contracts.values.Name`), so each that is added is compared like the rest.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from contracts.spelling import folded
from contracts.values import A_NAME
from decider import replace

T = TypeVar("T")


def in_one_spelling(said: T) -> T:
    """The same with every name in it folded, however deep it lies; the same itself where there is none to fold."""
    of: type = type(said)
    changed = {
        name: called
        for name, is_a_name in _with_names(of)
        if (value := getattr(said, name)) is not None and (called := _called(value, is_a_name)) != value
    }
    return replace(said, **changed) if changed else said  # type: ignore[type-var]


def _called(value: Any, is_a_name: bool) -> Any:
    match value:
        case str():
            return folded(value) if is_a_name else value
        case tuple():
            return tuple(_called(each, is_a_name) for each in value)
        case _:
            return in_one_spelling(value)


@cache
def _with_names(of: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a type that are names, or hold what has some; and whether they are names themselves."""
    if not is_dataclass(of):
        return ()
    hints = {name: [*_within(hint)] for name, hint in get_type_hints(of, include_extras=True).items()}
    named = ((field.name, A_NAME in hints[field.name]) for field in fields(of))
    return tuple((name, own) for name, own in named if own or any(_holds_names(each) for each in hints[name]))


def _holds_names(hint: Any) -> bool:
    return isinstance(hint, type) and is_dataclass(hint) and bool(_with_names(hint))


def _within(hint: Any) -> Iterator[Any]:
    """All that an annotation is made up of."""
    yield hint
    for part in get_args(hint):
        yield from _within(part)
