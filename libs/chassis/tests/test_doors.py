"""The doors, from outside: what is answered to what was sent, over HTTP, with a real runner behind them."""

import json

import httpx
import pytest

from chassis import running
from chassis.tests.parcels import SENDER
from chassis.tests.workbench import Bench
from intake.documents import DOCUMENT_BYTES_MAX

NDJSON = {"content-type": "application/x-ndjson"}


async def test_one_command_is_answered_with_its_receipt_and_is_there_to_read(door: httpx.AsyncClient) -> None:
    sent = {"parcel": "P1", "occurred": "2026-03-02T12:00:00+05:00"}
    answer = await door.post("/parcels", json=sent, headers={"idempotency-key": "k1"})
    assert answer.status_code == 200
    told = answer.json()
    assert told["outcome"] == "recorded"
    assert [event["type"] for event in told["events"]] == ["Sent"]
    found = (await door.get("/parcels/P1")).json()
    command, sent_event = found["timeline"]
    assert found["state"] == {"sent": 1}
    assert (command["id"], command["chain"]) == (told["receipt"]["id"], told["receipt"]["chain"])
    assert command["time"] == sent_event["time"] == "2026-03-02T07:00:00.000000Z"
    assert command["authid"] == "officer@here"
    assert command["idempotencykey"] == "k1"
    assert sent_event["causationid"] == command["id"]


async def test_many_commands_are_answered_line_by_line_in_order(door: httpx.AsyncClient) -> None:
    lines = [
        {"parcel": "P1", "idempotency_key": "a"},
        {"parcel": "P2"},
        {"parcel": "P3", "idempotency_key": "c", "broken": True},
        {"parcel": "P4", "idempotency_key": "d", "colour": "red"},
        {"parcel": "P1", "idempotency_key": "e"},
    ]
    answer = await door.post("/parcels", content="\n".join(map(json.dumps, lines)), headers=NDJSON)
    told = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.status_code == 200
    assert [line.get("status", 200) for line in told] == [200, 400, 500, 422, 200]
    assert told[2]["case"]
    assert told[3]["errors"][0]["pointer"] == "/colour"
    assert (await door.get("/parcels/P1")).json()["state"] == {"sent": 2}
    assert (await door.get("/parcels/P4")).status_code == 404


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        (b"no json", 400, "is no JSON document"),
        (b"[]", 400, "is no JSON object"),
        (b'{"parcel": "P1", "parcel": "P2"}', 400, "stands twice"),
        (b'{"parcel": NaN}', 400, "NaN is no number"),
        (b'{"parcel": "P\\u0000"}', 422, "NUL"),
        (b'{"parcel": 7}', 422, "/parcel"),
        (b"{}", 422, "/parcel"),
        (b'{"parcel": "P1", "occurred": "yesterday"}', 422, "/occurred"),
        (b'{"parcel": "P1", "occurred": "2026-03-02T12:00:00"}', 422, "/occurred"),
        (b'{"parcel": "P1", "idempotency_key": ""}', 400, "/idempotency_key"),
        (b"[" * 100_000, 400, "is no JSON document"),
    ],
)
async def test_what_is_no_command_gets_a_problem_document(
    door: httpx.AsyncClient, bench: Bench, sent: bytes, status: int, said: str
) -> None:
    answer = await door.post("/parcels", content=sent, headers={"idempotency-key": "k"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert await bench.rows(SENDER, "SELECT FROM journal") == []


async def test_a_page_is_open_to_everyone_and_is_asked_for_by_its_own_words(door: httpx.AsyncClient) -> None:
    for headers in ({"authorization": ""}, {"authorization": "Bearer nonsense"}, {}):
        answer = await door.get("/colours/dark%20red?since=2026-03-02", headers=headers)
        assert (answer.status_code, answer.json()) == (200, {"called": "dark red since 2026-03-02"})
    described = (await door.get("/openapi.json")).json()["paths"]["/colours/{colour}"]["get"]
    assert (described["summary"], described["security"]) == ("What a colour is called", [])
    assert [parameter["name"] for parameter in described["parameters"]] == ["colour", "since"]


async def test_a_page_that_there_is_not_or_that_is_asked_for_wrongly_is_a_problem_document(
    door: httpx.AsyncClient,
) -> None:
    answers = [await door.get(path) for path in ("/colours/none", "/colours/red?since=yesterday", "/colours")]
    assert [answer.status_code for answer in answers] == [404, 422, 404]
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}


async def test_odd_requests_get_4xx_and_leave_nothing(door: httpx.AsyncClient, bench: Bench) -> None:
    asked = ("/parcels/%00", "/parcels?waiting=%00", "/parcels?waiting=Send&place=%00", "/parcels?waiting=a&after=%00")
    assert {(await door.get(path)).status_code for path in asked} == {422}
    many = json.dumps({f"n{number}": 1 for number in range(20_000)})[:-1].encode() + b', "n7": 2}'
    sent = [
        json.dumps({"parcel": "P1"}).encode("utf-16"),
        b'{"parcel": "' + b"x" * DOCUMENT_BYTES_MAX + b'"}',
        b'{"parcel": "' + b"x" * 1_000 + b'"}',
        b'{"parcel": "P1", "occurred": 1700000000}',
        b'{"parcel": "P1", "occurred": "2000-01-01T00:00:00+01:00"}',
        b'{"parcel": "\\ud800"}',
        many,
    ]
    answers = [await door.post("/parcels", content=each, headers={"idempotency-key": "k"}) for each in sent]
    assert [answer.status_code for answer in answers] == [400, 413, 422, 422, 422, 422, 400]
    assert (await door.post("/parcels", content=b"\n", headers=NDJSON)).text == ""
    assert await bench.rows(SENDER, "SELECT FROM journal") == []


async def test_where_too_many_commands_wait_the_sender_is_told_when_to_come_again(
    door: httpx.AsyncClient, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "WAITING_MAX", -1)
    answer = await door.post("/parcels", json={"parcel": "P1"}, headers={"idempotency-key": "k"})
    assert (answer.status_code, answer.json()["type"]) == (429, "/problems/too-many")
    assert int(answer.headers["retry-after"]) > 0
    assert await bench.rows(SENDER, "SELECT FROM journal") == []


async def test_every_other_error_is_a_problem_document_too(door: httpx.AsyncClient) -> None:
    answers = [await door.get("/nowhere"), await door.delete("/parcels"), await door.get("/parcels")]
    assert [answer.status_code for answer in answers] == [404, 405, 422]
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}
    assert {answer.json()["status"] for answer in answers} == {404, 405, 422}


async def test_the_description_names_every_door(door: httpx.AsyncClient) -> None:
    described = (await door.get("/openapi.json")).json()
    assert described["openapi"].startswith("3.1")
    assert "parcel" in described["components"]["schemas"]["Send"]["properties"]
    assert "application/x-ndjson" in described["paths"]["/parcels"]["post"]["requestBody"]["content"]


async def test_health_and_positions_speak_of_progress(door: httpx.AsyncClient) -> None:
    assert (await door.get("/health")).json()["status"] == "ok"
    await door.post("/parcels", json={"parcel": "P1"}, headers={"idempotency-key": "k"})
    entry = (await door.get("/parcels/P1")).json()["timeline"][-1]
    _, partition, position = entry["id"].split("/")
    end = (await door.get("/positions", params={"partition": partition})).json()
    assert (end["position"], end["chain"]) == (int(position), entry["chain"])
    assert (await door.get("/positions", params={"partition": 99})).status_code == 404
