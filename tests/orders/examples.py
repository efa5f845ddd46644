"""Every decider that is installed, who is heard in it, and events of each author made from the contracts' examples."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import contracts
from chassis.service import Kind, Service
from decider import Aggregate, Due

EXAMPLES = Path(contracts.__file__).with_name("examples")
OWN = "own"

POOLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\d{4}-\d\d-\d\dT[\d:]+Z", ("2019-12-31T12:00:00Z", "2026-03-02T07:00:00Z", "2026-03-05T19:00:00Z")),
    (r"\d{9}", ("930690100", "300490000", "020230000")),
    (r"road|rail|air|sea|river", ("road", "air", "sea")),
    (r"[A-Z]{3}-[A-Z]{3}", ("FRP-MIX", "SRK-MIX", "TLM-ROD")),
    (r"M-\d+", ("M-1", "M-2")),
    (r"\d+\.\d\d", ("0.00", "10.00", "120.50")),
    (r"SAMPLE-.+|T-.+", ("ACT-0", "ACT-1")),
)
"""What stands in an example is varied among a few values of its shape, so that events meet."""


@dataclass(frozen=True, repr=False)
class Decided:
    """A kind of stream of a service, and the types of event that each author brings into it."""

    name: str
    decider: Aggregate[Any]
    kind: Kind
    authors: dict[str, tuple[type, ...]]

    def __repr__(self) -> str:
        return self.name


def services() -> list[Service]:
    """Every installed service, as the entry points of the packages that bring them say."""
    return sorted((point.load() for point in entry_points(group="serhet.services")), key=lambda service: service.port)


def decided() -> Iterator[Decided]:
    """Every kind of stream of every service."""
    for service in services():
        for name, decider in service.deciders.items():
            assert isinstance(decider, Aggregate)
            authors = {
                upstream: tuple(event for event in decider.HEARS if event in contract.EVENTS)
                for upstream, contract in service.hears.items()
            }
            own = {OWN: tuple(each for each in decider.events if each not in decider.HEARS)}
            yield Decided(
                f"{service.name}/{name}", decider, service.kinds[name], {k: v for k, v in (authors | own).items() if v}
            )


def example(event: type) -> Any:
    if event is Due:
        return Due(name="StorageTerm", instant=datetime.fromisoformat("2026-03-05T19:00:00Z"))
    return event.model_validate(_written(event))  # type: ignore[attr-defined]


def variants(event: type) -> st.SearchStrategy[Any]:
    """Events of this type: as in the example, with other values, and without what may be left out."""
    if event is Due:
        instants = [datetime.fromisoformat(instant) for instant in POOLS[0][1]]
        return st.builds(Due, name=st.just("StorageTerm"), instant=st.sampled_from(instants))
    fields = {name: _varied(value) for name, value in _written(event).items() if name != "type"}
    optional = {
        name: strategy
        for name, strategy in fields.items()
        if not event.model_fields[name].is_required()  # type: ignore[attr-defined]
    }
    needed = {name: strategy for name, strategy in fields.items() if name not in optional}
    if {"movement", "consignment"} <= {*event.model_fields} and not {"movement", "consignment"} & {*needed}:  # type: ignore[attr-defined]
        needed |= {name: optional.pop(name) for name in ("movement", "consignment") if name in optional}
    return st.fixed_dictionaries(needed, optional=optional).map(event.model_validate)  # type: ignore[attr-defined]


def _written(event: type) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{event.__name__}.json").read_text(encoding="utf-8"))
    return found


def _varied(value: Any) -> st.SearchStrategy[Any]:
    match value:
        case bool():
            return st.booleans()
        case int():
            return st.sampled_from([1, 2, 12])
        case str():
            pools = [pool for shape, pool in POOLS if re.fullmatch(shape, value)]
            return st.sampled_from(pools[0]) if pools else st.just(value)
        case list():
            return st.tuples(*map(_varied, value)).map(list)
        case dict():
            return st.fixed_dictionaries({name: _varied(each) for name, each in value.items()})
        case _:
            return st.just(value)
