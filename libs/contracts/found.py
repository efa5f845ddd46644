"""By which numbers a movement or a consignment is found: all that anybody calls it by, or that stands in its papers.

A number that was stated and taken back still finds what it was stated of: there it stands, struck.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from contracts.goods import GoodsItem
from contracts.papers import Papers
from contracts.spelling import folded
from contracts.vehicle import MeansOfTransport

Finding = Callable[[Any], Iterable[str | None]]


def numbers(said: Any) -> frozenset[str]:
    """Of a command, as it is or as its document, what its stream was named by; of an event all; in one spelling."""
    if isinstance(said, dict):
        found = _of_name(said.get("named"))
    else:
        found = [number for field, find in _finding(said.__class__) for number in find(getattr(said, field))]
    return frozenset(folded(number) for number in found if number)


@cache
def _finding(kind: Any) -> list[tuple[str, Finding]]:
    """The fields of a command, or of an event, in which numbers stand, and how they are found there."""
    if is_dataclass(kind):
        return [(field.name, _of_name) for field in fields(kind) if field.name == "named"]
    return [(field, OF[field]) for field in kind.model_fields if field in OF]


def _of_name(named: Any) -> list[str | None]:
    if isinstance(named, dict):
        return [named.get("number"), named.get("parent")]
    return [named.number, named.parent] if named else []


def _itself(number: str | None) -> list[str | None]:
    return [number]


def _of_vehicle(vehicle: Any) -> Iterator[str | None]:
    if isinstance(vehicle, MeansOfTransport):
        yield from (vehicle.identity, vehicle.name, vehicle.call_sign, vehicle.journey)
        yield from (each.identity for each in vehicle.trailers or ())


def _of_documents(documents: Iterable[Any] | None) -> Iterator[str | None]:
    for each in documents or ():
        yield each.number
        yield getattr(each, "parent", None)


def _of_papers(papers: Any) -> Iterator[str | None]:
    """Of a consignment's, or of all that travel with a vehicle."""
    for each in (papers,) if isinstance(papers, Papers) else papers or ():
        if isinstance(each, Papers):
            yield from _of_documents(each.documents)
            yield from (container.number for container in each.containers or ())


def _of_items(items: Iterable[GoodsItem] | None) -> Iterator[str | None]:
    for each in items or ():
        if isinstance(each, GoodsItem):  # What is released is named by numbers of items.
            yield from _of_documents(each.documents)
            yield from each.containers or ()


OF: dict[str, Finding] = {
    "number": _itself, "reference": _itself, "vehicle": _of_vehicle, "documents": _of_documents,
    "previous_documents": _of_documents, "papers": _of_papers, "items": _of_items,
}  # fmt: skip
"""Of an event, in which of its fields numbers stand; the first two are those of a declaration, a permit, a payment."""
