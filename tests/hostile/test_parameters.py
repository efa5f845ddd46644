"""Parameters of pages as nobody would send them: never a fault, whatever they are."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from deploy.local.stack import Stack
from tests.hostile.found import Shape, pages
from tests.hostile.tally import PROBLEM, Tally

ODD = (
    "", "%00", "a%00b", "%0a", "%7f", "%ff%fe", "%ed%a0%80", "%c0%80", "%F0%9F%9A%9B", "%E2%80%AE", "%25", "%2e%2e%2f",
    "%27%20OR%201%3D1--", "%5c", "*", "%25s%25n", "-1", "0", "1e400", "NaN", "9" * 19, "9" * 5_000, "x" * 10_000,
    "true", "null", "[]", "{}", "0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "10000-01-01", "-0001-01-01",
    "23/1", "99/999999999999999999", "1/%D9%A3", "24/1", "a&limit=0", "a&limit=1001", "a&limit=-1", "a&limit=1e3",
    "a&limit=" + "9" * 400, "a&after=%00", "a&place=%00", "a&unknown=1",
)  # fmt: skip
"""Values as they stand in an address."""


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
async def test_odd_parameters_are_read_or_refused(
    stack: Stack, client: httpx.AsyncClient, described: dict[str, Any], tally: Tally, step: int
) -> None:
    """Each, or one in so many: the services have most of their pages alike."""
    async with asyncio.TaskGroup() as group:
        for number, (url, parameters) in enumerate(pages(stack, described)):
            asked = list(odd_addresses(url, parameters))[number % step :: step]
            group.create_task(ask_all(client, asked, tally))
    assert tally.statuses[422] > 100


async def ask_all(client: httpx.AsyncClient, addresses: list[str], tally: Tally) -> None:
    for asked in addresses:
        answer = await client.get(asked)
        tally.statuses[answer.status_code] += 1
        if "/problems" in asked and answer.is_success:
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            continue
        kind = PROBLEM if answer.status_code >= 400 else "application/json"
        if answer.status_code >= 500 or answer.headers["content-type"] != kind or not json.loads(answer.content):
            tally.wrong.append(f"{asked[:200]}: {answer.status_code} {answer.text[:300]}")


def odd_addresses(url: str, parameters: list[Shape]) -> Iterator[str]:
    """The page with each odd value of each of its parameters; what it needs besides is there."""
    if not parameters:
        yield from (f"{url}?x={odd}" for odd in ODD[:5])
    needed = "&waiting=ReleaseGoods" if any(p["name"] == "waiting" for p in parameters) else ""
    for parameter in parameters:
        for odd in ODD:
            if parameter["in"] == "path":
                yield url.replace(f"{{{parameter['name']}}}", odd or quote("\x01"))
            else:
                base = url.replace("{article}", "7(1)")
                more = needed if parameter["name"] != "waiting" else ""
                yield f"{base}?{parameter['name']}={odd}{more}"
