"""At the real routes a place is taken by the name that the trade has for it, and the mode beside it says which one."""

import json
from typing import Any

import pytest

from access.tokens import Subject
from chassis.api.commands import CommandReader
from chassis.service import find_services
from doors.malformed import Malformed

ARRIVAL = find_services()["arrival"]
ROUTES = {route.command.__name__: route for route in ARRIVAL.routes}


def read(command: str, **fields: Any) -> Any:
    """The command as the service records it; its example, but for these fields."""
    reader = CommandReader(service=ARRIVAL, route=ROUTES[command], subject=Subject(id="port", client="port"))
    return reader.read(json.dumps({**ARRIVAL.examples[command], **fields}).encode(), "k").content


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
