"""How each service is put together in its `app.py`: what is left out there is missed by no decider's own tests."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from chassis.service import Service, find_services
from decider import Aggregate

ASKS = {"ReleaseGoods", "ReportUse"}
"""Commands by which something is allowed, for good, that what others have recorded by then may forbid."""
ASKS_NOBODY = {
    "NotifyArrival", "ChangeJourney", "RecordCrossing", "RecordArrival", "RecordStop", "PresentVehicle", "PresentGoods",
    "LodgeDeclaration", "PresentPermit", "DecideOnPermit", "RecordApproval", "RecordImmediateExport", "RecordPayment",
    "EndRegime",
}  # fmt: skip
"""Facts and words: recorded whatever others hold, and what follows from them is concluded anew with all that is heard.

That each of them keeps to this is shown by the interleavings in `tests/orders`.
"""
SERVICES = find_services()


def misses(service: Service) -> Iterator[str]:
    """What is wrong with the doors of a service."""
    for route in service.routes:
        name = route.command.__name__
        if route.reads_latest != (name in ASKS):
            yield f"{service.name}: the door of {name} {'asks' if route.reads_latest else 'does not ask'}"
        if name not in ASKS | ASKS_NOBODY:
            yield f"{service.name}: does {name} ask? Say so here"


def heard(service: Service) -> set[Any]:
    return {event for decider in service.deciders.values() for event in decider.HEARS}


def test_each_door_asks_or_asks_nobody_as_its_command_is_said_to() -> None:
    assert [wrong for service in SERVICES.values() for wrong in misses(service)] == []
    offered = [route.command.__name__ for service in SERVICES.values() for route in service.routes]
    assert sorted(offered) == sorted(ASKS | ASKS_NOBODY)


@pytest.mark.parametrize("name", sorted(ASKS))
def test_a_door_that_is_left_without_asking_is_noticed(name: str) -> None:
    release = SERVICES["release"]
    routes = tuple(
        replace(route, reads_latest=route.reads_latest and route.command.__name__ != name) for route in release.routes
    )
    assert list(misses(replace(release, routes=routes))) == [f"release: the door of {name} does not ask"]


def test_whoever_asks_hears_somebody() -> None:
    assert [s.name for s in SERVICES.values() if any(route.reads_latest for route in s.routes) and not s.hears] == []


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_a_service_hears_those_whose_events_its_deciders_take_and_nobody_else(service: Service) -> None:
    written = {name: {*contract.EVENTS} for name, contract in service.hears.items()}
    assert heard(service) <= {event for events in written.values() for event in events}
    assert [name for name, events in written.items() if not events & heard(service)] == []


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_an_event_of_others_is_taken_or_left_aside_on_purpose(service: Service) -> None:
    """So nobody overlooks a new one."""
    if not service.hears:
        return
    aside = {*import_module(f"{service.name}.upstream").LEAVES_ASIDE}
    assert [event.__name__ for event in aside & heard(service)] == []
    assert {event.__name__ for event in written(service) - heard(service)} == {event.__name__ for event in aside}


def written(service: Service) -> set[Any]:
    return {event for contract in service.hears.values() for event in contract.EVENTS}


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_every_own_event_is_folded_or_said_to_change_nothing(service: Service) -> None:
    own = {event for decider in service.deciders.values() for event in aggregate(decider).events}
    assert {*service.writes.EVENTS} <= own


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_what_one_stream_may_tell_another_is_followed(service: Service) -> None:
    told = {command for decider in service.deciders.values() for command in aggregate(decider).internal_commands}
    assert {*service.internal_commands} == told


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_every_command_that_a_decider_takes_comes_in_by_a_door_or_is_told(service: Service) -> None:
    decided = {command for decider in service.deciders.values() for command in aggregate(decider).commands}
    assert decided == {route.command for route in service.routes} | {*service.internal_commands}


def aggregate(decider: object) -> Aggregate[Any]:
    assert isinstance(decider, Aggregate)
    return decider
