"""How each service is put together in its `app.py`: what is left out there is missed by no decider's own tests."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from chassis.service import Service, find_services
from decider import Aggregate
from law.rules import modules

ROOT = Path(__file__).parents[2]
SERVICES = find_services()


def misses(service: Service) -> Iterator[str]:
    """What is wrong with the doors of a service.

    What may be refused is else allowed, for good, and others may have recorded by then what forbids it: so its door
    asks. Facts and words are recorded whatever others hold, and what follows from them is concluded anew with all that
    is heard, as the interleavings in `tests/orders` show: their doors ask nobody.
    """
    for route in service.routes:
        if route.reads_latest != stops(service, route.command):
            told, wanted = ("asks", "cannot be refused") if route.reads_latest else ("does not ask", "may be refused")
            yield f"services/{service.name}/app.py: the door of {route.command.__name__} {told}, and that {wanted}"


def stops(service: Service, command: type) -> bool:
    """Whether it may be refused, withheld or blocked."""
    found: set[Any] = {event for each in service.deciders.values() for event in aggregate(each).leads_to(command)}
    return any(event.outcome in ("refused", "withheld") for event in found)


def heard(service: Service) -> set[Any]:
    return {event for decider in service.deciders.values() for event in decider.HEARS}


def test_each_door_asks_or_asks_nobody_as_its_command_may_be_refused_or_not() -> None:
    assert [wrong for service in SERVICES.values() for wrong in misses(service)] == []


@pytest.mark.parametrize("name", ["ReleaseGoods", "ReportUse"])
def test_a_door_that_is_left_without_asking_is_noticed(name: str) -> None:
    release = SERVICES["release"]
    routes = tuple(
        replace(route, reads_latest=route.reads_latest and route.command.__name__ != name) for route in release.routes
    )
    assert list(misses(replace(release, routes=routes))) == [
        f"services/release/app.py: the door of {name} does not ask, and that may be refused"
    ]


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
    file, aside = f"services/{service.name}/upstream.py", {*import_module(f"{service.name}.upstream").LEAVES_ASIDE}
    left = written(service) - heard(service)
    assert [
        *(f"{file} overlooks {each}: take it in a fold, or name it in LEAVES_ASIDE" for each in named(left - aside)),
        *(f"{file} leaves {each} aside, which is taken, or which nobody writes" for each in named(aside - left)),
    ] == []


def written(service: Service) -> set[Any]:
    return {event for contract in service.hears.values() for event in contract.EVENTS}


def named(types: set[Any]) -> list[str]:
    return sorted(each.__name__ for each in types)


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_every_own_event_is_folded_or_said_to_change_nothing(service: Service) -> None:
    own = {event for decider in service.deciders.values() for event in aggregate(decider).events}
    what = f"no matter of services/{service.name} folds {{}}, nor says in `unfolded` that it changes nothing"
    assert [what.format(each) for each in named({*service.writes.EVENTS} - own)] == []


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_what_one_stream_may_tell_another_is_followed(service: Service) -> None:
    told = {command for decider in service.deciders.values() for command in aggregate(decider).internal_commands}
    differ = named(told ^ {*service.internal_commands})
    assert differ == [], f"services/{service.name}/app.py: `internal_commands` are those that its matters tell"


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_every_command_that_a_decider_takes_comes_in_by_a_door_or_is_told(service: Service) -> None:
    decided = {command for decider in service.deciders.values() for command in aggregate(decider).commands}
    offered = {route.command for route in service.routes} | {*service.internal_commands}
    file = f"services/{service.name}/app.py"
    assert [
        *(f"{file} has no door for {each}, which a matter decides: add one" for each in named(decided - offered)),
        *(f"{file} has a door for {each}, which no matter decides" for each in named(offered - decided)),
    ] == []


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_every_matter_is_part_of_an_aggregate(service: Service) -> None:
    parts = [id(matter) for decider in service.deciders.values() for matter in aggregate(decider).matters]
    having = [each for each in modules(service.name) if hasattr(each, "MATTER")]
    assert [each.__name__ for each in having if id(each.MATTER) not in parts] == [], (
        f"no aggregate has the MATTER of these modules: name them in {' or '.join(composed(service))}"
    )


def composed(service: Service) -> list[str]:
    """The files in which its aggregates are put together."""
    files = (str(sys.modules[type(each.INITIAL).__module__].__file__) for each in service.deciders.values())
    return [Path(file).relative_to(ROOT).as_posix() for file in files]


def aggregate(decider: object) -> Aggregate[Any]:
    assert isinstance(decider, Aggregate)
    return decider
