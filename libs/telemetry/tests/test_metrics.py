"""What Prometheus fetches, read as Prometheus reads it; and how old what waits is."""

import asyncio
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from telemetry import Telemetry
from telemetry.requests import Measured
from telemetry.tests.shapes import Inbox, Partition, Service, Written
from telemetry.waiting import waiting

COUNTED = "http_server_request_duration_seconds_count"
Samples = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


def samples(text: bytes) -> Samples:
    """Every number by its name and labels."""
    families = text_string_to_metric_families(text.decode())
    return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}


def number(found: Samples, name: str, **labels: str) -> float | None:
    return found.get((name, frozenset(labels.items())))


async def test_entries_and_outcomes_are_counted_by_what_they_are() -> None:
    telemetry = Telemetry(Service(), "sender-1")
    batch = telemetry.batch()
    batch.committed([
        Written(id="1", kind="input", type="Send"),
        *(Written(id="2", value=b'{"id":"2","data":{"type":"Sent","rule":"A1","rules":"B2"}}') for _ in range(2)),
        Written(id="3", type="Refused", value=b'{"data":{"rule":"L2","findings":[{"rule":"P2"}]}}'),
        Written(id="4", type="Parked", value=b'{"data":{"cause":"\\"rule\\":\\"x\\""}}'),
    ])  # fmt: skip
    found = samples(await telemetry.text())
    written = {"serhet_entry_kind": "event", "cloudevents_event_type": "Sent"}
    assert number(found, "serhet_entries_written_total", **written) == 2
    written = {"serhet_entry_kind": "input", "cloudevents_event_type": "Send"}
    assert number(found, "serhet_entries_written_total", **written) == 1
    outcomes = {key: value for key, value in found.items() if key[0] == "serhet_outcomes_total"}
    assert {tuple(sorted(dict(labels).values())): value for (_, labels), value in outcomes.items()} == {
        ("A1", "recorded"): 2, ("L2", "refused"): 1,
    }  # fmt: skip
    assert number(found, "serhet_batch_inputs_count") == 1
    assert number(found, "serhet_batch_duration_seconds_count") == 1


async def test_gauges_show_what_is_known_and_leave_out_what_is_not() -> None:
    telemetry = Telemetry(Service(), "sender-1")
    here = {"lag": {"keeper": 3.5}, "seen_age": 2}
    health = {"runner_age_seconds": 0.25, "commands_waiting": 7, "troubles": ["one"], **here}

    async def silent() -> Mapping[str, Any]:
        raise ConnectionResetError

    async def known() -> Mapping[str, Any]:
        return {"relay_age": 1.5, "parked_age": 60.0, "parked_streams": 2}

    async with telemetry.sending(lambda: health, silent, (OSError,)):
        found = samples(await telemetry.text())
    assert number(found, "serhet_runner_age_seconds") == 0.25
    assert number(found, "serhet_commands_waiting") == 7
    assert number(found, "serhet_troubles") == 1
    assert number(found, "serhet_upstream_lag_seconds", serhet_upstream="keeper") == 3.5
    assert number(found, "serhet_waiting_age_seconds", serhet_waits_for="seen") == 2
    assert number(found, "serhet_relay_age_seconds") is None
    telemetry = Telemetry(Service(), "sender-1")
    async with telemetry.sending(lambda: health, known, ()):
        found = samples(await telemetry.text())
    assert number(found, "serhet_relay_age_seconds") == 1.5
    assert number(found, "serhet_waiting_age_seconds", serhet_waits_for="repair") == 60
    assert number(found, "serhet_streams_parked") == 2


async def request(
    telemetry: Telemetry, method: str, path: str, route: str | None = None, status: int = 200
) -> list[Any]:
    """What is sent back when the app behind answers with this status; it raises where that is 0."""
    sent: list[Any] = []
    scope: dict[str, Any] = {"type": "http", "method": method, "path": path}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        scope["route"] = SimpleNamespace(path=route) if route else None
        if not status:
            raise RuntimeError("a fault")
        await send({"type": "http.response.start", "status": status})
        await send({"type": "http.response.body", "body": b""})

    async def keep(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("nobody reads the request")

    await Measured(app, lambda: telemetry)(scope, receive, keep)
    return sent


async def test_requests_are_measured_by_route_and_status_and_a_strange_word_is_no_label() -> None:
    telemetry = Telemetry(Service(), "sender-1")
    for id_ in range(3):
        await request(telemetry, "GET", f"/parcels/{id_}", "/parcels/{id}")
    await request(telemetry, "GET", "/nowhere/17", status=404)
    await request(telemetry, "BREW", "/parcels", "/parcels", 405)
    with pytest.raises(RuntimeError):
        await request(telemetry, "POST", "/parcels", "/parcels", 0)
    found = samples((await request(telemetry, "GET", "/metrics"))[1]["body"])
    counted = {labels: value for (name, labels), value in found.items() if name == COUNTED}
    assert {tuple(value for _, value in sorted(labels)): count for labels, count in counted.items()} == {
        ("GET", "200", "/parcels/{id}"): 3, ("GET", "404", ""): 1, ("_OTHER", "405", "/parcels"): 1,
        ("POST", "500", "/parcels"): 1,
    }  # fmt: skip


def record(position: int, age: timedelta, **seen: int) -> Any:
    at = (datetime.now(UTC) - age).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return SimpleNamespace(position=position, value=f'{{"recordedtime":"{at}"}}'.encode(), seen=tuple(seen.items()))


def test_lag_is_of_the_oldest_record_and_only_what_has_not_been_seen_waits() -> None:
    passed_over = SimpleNamespace(position=1, value=b"", seen=())
    behind = Partition({"keeper": Inbox(deque([passed_over, record(2, timedelta(seconds=20))]))}, {"keeper": 0})
    waits = Partition(
        {"sender": Inbox(deque([record(1, timedelta(seconds=5), keeper=3)])), "keeper": Inbox(deque())}, {"keeper": 2}
    )
    found = waiting([behind, waits], ["keeper", "sender", "judge"], datetime.now(UTC))
    assert [round(found["lag"][name]) for name in ("keeper", "sender", "judge")] == [20, 5, 0]
    assert round(found["seen_age"]) == 5
    assert datetime.fromisoformat(found["oldest_waiting"]) < datetime.now(UTC) - timedelta(seconds=4)
    nothing = waiting([], ["keeper"], datetime.now(UTC))
    assert (nothing["lag"], nothing["seen_age"], nothing["oldest_waiting"]) == ({"keeper": 0.0}, 0.0, None)


async def test_a_database_that_does_not_answer_does_not_hold_up_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telemetry.process.READ_SECONDS", 0.05)
    telemetry = Telemetry(Service(), "sender-1")

    async def hangs() -> Mapping[str, Any]:
        await asyncio.sleep(60)
        return {}

    async with telemetry.sending(lambda: {"runner_age_seconds": 9}, hangs, ()), asyncio.timeout(5):
        assert number(samples(await telemetry.text()), "serhet_runner_age_seconds") == 9
