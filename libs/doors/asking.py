"""Asking at the doors of other services: how far they are, and whether they have a stream.

What an upstream records is heard a moment later; until then a command that names its stream by its id would be told
that there is none. That decides nothing: a stream that exists begins here with the command, as it does with a record.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

import httpx

from telemetry.logs import log

ASK_SECONDS = 3.0
AT_ONCE, STREAMS_MAX = 4, 200
"""So many questions at a time, and about so many streams of one request."""
BEHIND_ALL = 2**63 - 1
"""A position behind which no timeline goes on: the state alone is shown."""


async def known(
    doors: Mapping[str, Sequence[str]], token: str, upstreams: Sequence[str], streams: Iterable[str]
) -> dict[str, bool]:
    """By stream, whether an upstream has it; what could not be found out is left out."""
    at_once = asyncio.Semaphore(AT_ONCE)
    asked = list(dict.fromkeys(streams))[:STREAMS_MAX]
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(timeout=ASK_SECONDS, trust_env=False, headers=headers) as client:

        async def one(stream: str) -> bool | None:
            async with at_once:
                found = [await _has(client, doors.get(each, ()), stream) for each in upstreams]
            return True if True in found else None if None in found else False

        found = await asyncio.gather(*map(one, asked))
    return {stream: there for stream, there in zip(asked, found, strict=True) if there is not None}


async def _has(client: httpx.AsyncClient, doors: Sequence[str], stream: str) -> bool | None:
    """By the first of its doors that says; None where none does."""
    kind, _, id_ = stream.partition("/")
    for door in doors:
        try:
            answer = await client.get(f"{door}/{kind}s/{quote(id_, safe='')}", params={"after": BEHIND_ALL})
        except (httpx.HTTPError, OSError) as error:
            log.warning("an upstream does not say what it has", door=door, error=repr(error))
            continue
        if answer.status_code in (httpx.codes.OK, httpx.codes.NOT_FOUND):
            return answer.status_code == httpx.codes.OK
    return None


async def ends_of(
    client: httpx.AsyncClient, upstream: str, doors: Sequence[str], token: str, partitions: Sequence[int]
) -> dict[int, int]:
    """What a service says of each partition, by whichever of its doors says it first; all are asked at once.

    Each has its own gate, so one that is behind, or stopped there, says nothing against the others.
    """
    asked = [asyncio.create_task(_end(client, upstream, door, token, partitions)) for door in doors]
    ends: dict[int, int] = {}
    try:
        for answer in asyncio.as_completed(asked):
            ends = await answer | ends
            if len(ends) == len(partitions):
                break
    finally:
        for door in asked:
            door.cancel()
    return ends


async def _end(
    client: httpx.AsyncClient, upstream: str, door: str, token: str, partitions: Sequence[int]
) -> dict[int, int]:
    """What one door says; nothing where it does not answer."""
    headers, asked = {"Authorization": f"Bearer {token}"}, {"partition": partitions}
    try:
        answer = await client.get(f"{door}/positions", params=asked, headers=headers)
        answer.raise_for_status()
        return {end["partition"]: end["position"] for end in answer.json()["ends"]}
    except (httpx.HTTPError, OSError, ValueError, KeyError, TypeError) as error:
        log.warning("an upstream does not say how far it is", upstream=upstream, door=door, error=repr(error))
        return {}
