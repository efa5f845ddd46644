"""The doors, from outside: what is answered to what was sent, over HTTP, with a real runner behind them."""

import json
from pathlib import Path

import httpx
import pytest

from chassis import running
from chassis.tests.parcels import SENDER
from chassis.tests.test_runner import until
from chassis.tests.workbench import Bench
from deploy.local.issuer import make_token
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
        (b'{"parcel": "P1", "idempotency_key": "k"}', 422, "/idempotency_key"),
        (b'{"parcel": "P1", "broken": 1}', 422, "/broken: is to be true or false"),
        (b'{"parcel": "P1", "boxes": true}', 422, "/boxes: is to be a whole number"),
        (b'{"parcel": "P1", "boxes": "2"}', 422, "/boxes: is to be a whole number"),
        (b'{"parcel": "P1", "occurred": "1764579600"}', 422, "/occurred: is to be a time with its zone"),
        (b'{"parcel": "P1", "occurred": "2026-02-30T12:00:00Z"}', 422, "/occurred"),
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


async def test_an_answer_can_be_asked_for_again_by_its_key_by_its_sender_alone(
    door: httpx.AsyncClient, tmp_path: Path
) -> None:
    sent = await door.post("/parcels", json={"parcel": "P1"}, headers={"idempotency-key": "k /1"})
    told = await door.get("/receipts", params={"key": "k /1"})
    assert (told.status_code, told.content) == (200, sent.content)
    assert (await door.get("/receipts", params={"key": "k /2"})).status_code == 404
    another = {"authorization": f"Bearer {make_token(tmp_path, subject='somebody-else@here')}"}
    assert (await door.get("/receipts", params={"key": "k /1"}, headers=another)).status_code == 404
    assert (await door.get("/receipts", params={"key": "k\n"})).status_code == 422


async def test_a_charset_other_than_utf_8_is_refused_and_a_byte_order_mark_passed_over(door: httpx.AsyncClient) -> None:
    body, key = b'{"parcel": "P1"}', {"idempotency-key": "k"}
    for kind in ("application/json; charset=windows-1251", "application/x-ndjson; charset=utf-16", "text/csv"):
        refused = await door.post("/parcels", content=body, headers={**key, "content-type": kind})
        assert (refused.status_code, refused.json()["type"]) == (415, "/problems/other-kind"), kind
    for kind in ("application/json; charset=UTF-8", 'application/json; charset="utf-8"', "APPLICATION/JSON"):
        taken = await door.post("/parcels", content=b"\xef\xbb\xbf" + body, headers={**key, "content-type": kind})
        assert taken.status_code == 200, kind


async def test_whose_act_it_is_stands_in_its_entry_and_in_what_follows(
    door: httpx.AsyncClient, bench: Bench, tmp_path: Path
) -> None:
    """In the role that is named, or that the command is of, or the first; never in one that the token does not have."""
    places = ["FRP-MIX", "TKB-SEA"]
    token = make_token(tmp_path, subject="h@port", roles=["b", "officer"], checkpoints=places, party="17@TAX")
    bearer = {"authorization": f"Bearer {token}"}
    for key, named in (("k1", {}), ("k2", {"acting-as": "officer"}), ("k3", {"acting-as": "owner"})):
        headers = {**bearer, **named, "idempotency-key": key}
        answer = await door.post("/parcels", json={"parcel": key, "box": "B", "boxes": 1}, headers=headers)
        assert answer.status_code == (403 if key == "k3" else 200)
    said = {key: (await door.get(f"/parcels/{key}")).json()["timeline"] for key in ("k1", "k2")}
    for key, role in (("k1", "b"), ("k2", "officer")):
        for entry in said[key]:
            told = [entry.get(f"auth{name}") for name in ("id", "type", "role", "party", "partyissuer", "places")]
            assert told == ["h@port", "user", role, "17", "TAX", "FRP-MIX,TKB-SEA"]

    async def both_are_told() -> bool:
        told_of = await bench.rows(SENDER, "SELECT value FROM journal WHERE type = 'Box'")
        return [b'"authparty":"17"' in row["value"] for row in told_of] == [True, True]

    await until(both_are_told)


async def test_each_problem_leads_to_its_page(door: httpx.AsyncClient) -> None:
    told = (await door.post("/parcels", content=b"{")).json()
    page = await door.get(told["type"], headers={"authorization": ""})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert (await door.get("/problems", headers={"authorization": ""})).status_code == 200
    assert (await door.get("/problems/none")).status_code == 404


async def test_only_acts_that_may_be_open_are_looked_for(door: httpx.AsyncClient) -> None:
    assert (await door.get("/parcels?waiting=Send")).json() == {"items": [], "next": None}
    refused = await door.get("/parcels?waiting=Sleep")
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (422, "waiting")


@pytest.mark.parametrize(
    ("asked", "parameter", "told"),
    [
        ("/parcels?waiting=Send&plaice=A", "plaice", "after, identifier, limit, place, waiting"),
        ("/parcels/P1?limit=3", "limit", "here one may ask by after"),
        ("/health?x=1", "x", "here nothing is asked for"),
        ("/parcels?identifier=A&place=B", "place", "beside `waiting` alone"),
    ],
)
async def test_nothing_that_is_asked_for_is_left_aside(
    door: httpx.AsyncClient, asked: str, parameter: str, told: str
) -> None:
    refused = await door.get(asked)
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (422, parameter)
    assert told in refused.json()["detail"]
