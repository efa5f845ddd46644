"""Finds every dated value of `law` by import: what stands in its modules, and what its loaders bring."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from inspect import signature
from typing import Any

import law
from law.dated import Dated

FIRST_YEAR, LAST_YEAR = 2000, 2199
RECORDED = (date(2000, 1, 1), date(2010, 9, 25), date(2026, 11, 25), date(2099, 12, 31), date(2199, 12, 31))


def dated_values() -> list[Dated[Any]]:
    """Each once, by name."""
    found = {id(each): each for module in modules() for value in held(module) for each in dated_in(value)}
    return sorted(found.values(), key=lambda each: each.name)


def modules() -> Iterator[Any]:
    """Every module of `law` but its tests."""
    for module in pkgutil.iter_modules(law.__path__):
        if not module.ispkg:
            yield importlib.import_module(f"law.{module.name}")


def held(module: Any) -> Iterator[Any]:
    """Its values, and what its cached functions that ask for nothing return."""
    for value in vars(module).values():
        yield value
        if hasattr(value, "cache_info") and not signature(value).parameters:
            yield value()


def dated_in(value: Any) -> Iterator[Dated[Any]]:
    """The value itself, or those that a mapping or a tuple holds."""
    if isinstance(value, Dated):
        yield value
    elif isinstance(value, Mapping | tuple):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from dated_in(each)


def quarter_days() -> Iterator[date]:
    """The first and the last day of every quarter."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for month in (1, 4, 7, 10):
            first = date(year, month, 1)
            yield first
            yield (first + timedelta(days=100)).replace(day=1) - timedelta(days=1)


def wrong(values: Iterable[Dated[Any]], recorded: Iterable[date] = RECORDED) -> list[str]:
    """Where a value has a gap or an overlap, its first such day as known on each of the days."""
    days, found = tuple(quarter_days()), []
    for each in values:
        for known in recorded:
            for when in days:
                count = len(each.answers(when, known))
                if count > 1 or (count == 0 and each.total):
                    found.append(f"{each.name} has {count} values on {when} as known on {known}")
                    break
    return found
