"""Errors at a door, and who may ask there, over HTTP."""

from collections.abc import AsyncIterator
from typing import Annotated, Literal

import httpx
import pytest
from fastapi import FastAPI, Query

from doors.errors import install
from doors.problems import problem

HERE, ELSEWHERE = "https://port.example", "https://elsewhere.example"


class Passing(Exception):  # noqa: N818 - a state of the world
    pass


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, passing=(Passing,), origins=[HERE])

    @app.get("/count")
    async def count(to: Annotated[int, Query(ge=1, lt=9)], of: Literal["boxes", "bags"] = "boxes") -> dict[str, int]:
        if to == 2:
            raise problem("too-many")
        if to > 2:
            raise Passing if to == 3 else RuntimeError
        return {of: to}

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://door") as client:
        yield client


@pytest.mark.parametrize(
    ("path", "status", "name"),
    [
        ("/count?to=2", 429, "too-many"), ("/count?to=3", 503, "no-answer"), ("/count?to=4", 500, "fault"),
        ("/nowhere", 404, "no-such-door"), ("/count?to=x", 422, "malformed"), ("/problems/x", 404, "unknown"),
    ],
)  # fmt: skip
async def test_every_error_is_a_problem_document(client: httpx.AsyncClient, path: str, status: int, name: str) -> None:
    told = await client.get(path)
    assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
    assert told.json()["type"] == f"/problems/{name}"
    assert ("retry-after" in told.headers) == (status in (429, 503))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("to=x", "to: is to be a whole number, in digits"), ("", "to: is missing; send it"),
        ("to=0", "to: is to be 1 or more"), ("to=9", "to: is to be less than 9"),
        ("to=1&of=bottles", "of: is to be 'boxes' or 'bags'"),
    ],
)  # fmt: skip
async def test_a_wrong_parameter_is_told_in_words(client: httpx.AsyncClient, query: str, words: str) -> None:
    assert (await client.get(f"/count?{query}")).json()["detail"] == words


async def test_pages_of_one_origin_may_ask_and_read_how_long_to_wait_and_others_may_not(
    client: httpx.AsyncClient,
) -> None:
    asking = {"access-control-request-method": "POST", "access-control-request-headers": "idempotency-key"}
    for origin, allowed in ((HERE, HERE), (ELSEWHERE, None)):
        before = await client.options("/count", headers={"origin": origin, **asking})
        assert before.headers.get("access-control-allow-origin") == allowed
        told = await client.get("/count?to=2", headers={"origin": origin})
        assert told.headers.get("access-control-allow-origin") == allowed
    assert {"Retry-After", "X-Request-Id"} <= {*told.headers["access-control-expose-headers"].split(", ")}
