"""By which numbers a movement or a consignment is found: all that anybody calls it by, or that stands in its papers.

A number that was stated and taken back still finds what it was stated of: there it stands, struck.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.papers import Papers
from contracts.spelling import folded
from contracts.vehicle import MeansOfTransport

OWN = ("number", "reference")
"""Of a declaration, a permit, a payment."""


def numbers(said: Any) -> frozenset[str]:
    """Of a command, as it is or as its document, what its stream was named by; of an event all; in one spelling."""
    return frozenset(folded(each) for each in _numbers(said) if each)


def _numbers(said: Any) -> Iterator[str | None]:
    named = said.get("named") if isinstance(said, Mapping) else getattr(said, "named", None)
    if named:
        yield from _both(named)
    if not isinstance(said, Mapping) and hasattr(said, "type"):
        yield from _of_event(said)


def _both(named: Any) -> Iterator[str | None]:
    of = named.get if isinstance(named, Mapping) else lambda name: getattr(named, name)
    yield of("number")
    yield of("parent")


def _of_event(event: Any) -> Iterator[str | None]:
    for name in OWN:
        yield getattr(event, name, None)
    if isinstance(vehicle := getattr(event, "vehicle", None), MeansOfTransport):
        yield from _of_vehicle(vehicle)
    yield from _of_documents(getattr(event, "documents", None))
    yield from _of_documents(getattr(event, "previous_documents", None))
    if isinstance(papers := getattr(event, "papers", None), Papers):
        yield from _of_documents(papers.documents)
        yield from (each.number for each in papers.containers or ())


def _of_vehicle(vehicle: MeansOfTransport) -> Iterator[str | None]:
    yield from (vehicle.identity, vehicle.name, vehicle.call_sign, vehicle.journey)
    yield from (each.identity for each in vehicle.trailers or ())


def _of_documents(documents: Iterable[Any] | None) -> Iterator[str | None]:
    for each in documents or ():
        yield each.number
        yield getattr(each, "parent", None)
