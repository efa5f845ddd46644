"""Tokens that do not hold, at every door and page that asks for one: 401, and nothing is written or told."""

import asyncio
from typing import Any

import httpx

from deploy.local.issuer import make_token
from deploy.local.stack import Stack
from tests.hostile.found import Door
from tests.hostile.tally import Tally
from tests.hostile.tokens import forged

OFTEN = ("another key under our key's name", "expired", "signed by 'none'", "our public key as a secret")
"""What every door is tried with; the rest goes to one of each service."""


async def test_a_token_that_does_not_hold_opens_no_door(
    stack: Stack, client: httpx.AsyncClient, found: list[Door], tally: Tally
) -> None:
    tokens = list(forged(stack.path))
    firsts = {door.service: door.url for door in found}.values()
    async with asyncio.TaskGroup() as group:
        for door in found:
            tried = [(what, token) for what, token in tokens if what in OFTEN or door.url in firsts]
            group.create_task(try_all(client, door.url, door.example, tried, tally))
    assert set(tally.statuses) == {401}


async def try_all(
    client: httpx.AsyncClient, url: str, command: dict[str, Any], tokens: list[tuple[str, str]], tally: Tally
) -> None:
    for what, token in tokens:
        headers = [(b"authorization", b"Bearer " + token.encode()), (b"idempotency-key", b"k")]
        tally.add(f"{url}: {what}", await client.post(url, json=command, headers=headers))


async def test_what_is_no_bearer_token_opens_no_page(
    stack: Stack, client: httpx.AsyncClient, described: dict[str, Any], tally: Tally
) -> None:
    good = make_token(stack.path, subject="hostile")
    said = ("", "Bearer", f"Basic {good}", good, f"Bearer: {good}", f'Bearer "{good}"', "\xa0", "DPoP x")
    secured = [
        stack.door(service) + path.format(id="H1")
        for service, description in described.items()
        for path, operations in description["paths"].items()
        if "get" in operations and operations["get"].get("security") != [] and path != "/health"
    ]
    for url in secured:
        for text in said:
            answer = await client.get(url, headers=[(b"authorization", text.encode("latin-1"))], params=NEEDED)
            tally.add(f"{url}: {text[:20]!r}", answer)
    assert set(tally.statuses) == {401}


NEEDED = {"waiting": "ReleaseGoods"}


async def test_two_tokens_are_none(stack: Stack, client: httpx.AsyncClient, tally: Tally) -> None:
    good = make_token(stack.path, subject="hostile").encode()
    for first, second in ((good, b"x"), (b"x", good), (good, good)):
        said = [(b"authorization", b"Bearer " + first), (b"authorization", b"Bearer " + second)]
        async with httpx.AsyncClient(trust_env=False) as bare:
            tally.add("two tokens", await bare.post(f"{stack.door('arrival')}/arrivals", json={}, headers=said))
    assert set(tally.statuses) == {400}
