"""At the real routes a place is taken by the name that the trade has for it, and the mode beside it says which one."""

import json
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import pytest

from access.tokens import Subject
from chassis.api.commands import CommandReader
from chassis.service import find_services
from contracts.values import KnownCheckpoint
from decider.tests.kit import when
from doors.malformed import Malformed

DOORS = {route.command.__name__: (service, route) for service in find_services().values() for route in service.routes}


def read(command: str, **fields: Any) -> Any:
    """The command as the service records it; its example, but for these fields."""
    service, route = DOORS[command]
    reader = CommandReader(service=service, route=route, subject=Subject(id="port", client="port"))
    return reader.read(json.dumps({**service.examples[command], **fields}).encode(), "k").content


@pytest.mark.parametrize(("mode", "code"), [("sea", "TKB-SEA"), ("air", "TKB-AIR"), ("rail", "TKB-SEA")])
@pytest.mark.parametrize("name", ["TMKRW", "tm krw", "Туркменбаши"])
def test_a_notice_names_its_place_as_its_sender_does(name: str, mode: str, code: str) -> None:
    notice = read("NotifyArrival", checkpoint=name, mode=mode, journey=[{"place": name}])
    assert (notice.checkpoint, [call.place for call in notice.journey]) == (code, [code])
    assert read("RecordCrossing", place=name, mode=mode).place == code
    assert read("RecordArrival", checkpoint=name, mode=mode).checkpoint == code


def test_where_no_mode_tells_places_apart_the_sender_is_told_which_there_are() -> None:
    with pytest.raises(Malformed) as refused:
        read("RecordArrival", checkpoint="TMKRW", mode=None)
    (error,) = refused.value.problem.marshal()["errors"]
    assert error["pointer"] == "/checkpoint"
    assert "send one of the codes TKB-AIR (Turkmenbashi airport), TKB-SEA (Turkmenbashi seaport)" in error["detail"]


def places(command: type) -> list[str]:
    """The fields of a command that take a place by any of its names."""
    hints = get_type_hints(command, include_extras=True)
    return [each.name for each in fields(command) if KnownCheckpoint in (hints[each.name], *get_args(hints[each.name]))]


@pytest.mark.parametrize("command", [name for name, (_, route) in DOORS.items() if places(route.command)])
@pytest.mark.parametrize(("mode", "code"), [("sea", "TKB-SEA"), ("air", "TKB-AIR")])
def test_every_command_that_names_a_place_takes_the_mode_beside_it(command: str, mode: str, code: str) -> None:
    for place in places(DOORS[command][1].command):
        more = {"exemption_lost": True} if place == "present_at" else {}
        assert getattr(read(command, **{place: "TMKRW"}, mode=mode, **more), place) == code


def test_which_place_is_meant_is_all_that_the_mode_of_what_is_shown_says() -> None:
    with_it, without = (read("PresentVehicle", checkpoint="TKB-SEA", **more) for more in ({"mode": "sea"}, {}))
    decider = find_services()["presentation"].deciders["movement"]
    assert when(decider, decider.INITIAL, with_it) == when(decider, decider.INITIAL, without)
