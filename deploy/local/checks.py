"""Whether a server is ready for work, asked in its own protocol."""

import logging
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import asyncpg
import httpx
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaConnectionError, KafkaError

from servers.kafka import options

TIMEOUT_SECONDS = 3.0
REASON_CHARACTERS_MAX = 200
TROUBLE_CHARACTERS_MAX = 2_000

for noisy in ("aiokafka", "httpx", "httpcore"):
    logging.getLogger(noisy).setLevel(logging.CRITICAL)  # "Not there yet" is what we ask for, not an error.


@dataclass(frozen=True)
class Condition:
    """Whether a server is ready for work, and what ails it: that may be something even where it is ready."""

    ready: bool
    troubles: tuple[str, ...] = ()


async def condition(url: str) -> Condition:
    """How the server behind the URL is."""
    match urlsplit(url).scheme:
        case "":
            return Condition(True)
        case "http" | "https":
            return await _http(url)
        case "postgresql" | "postgres":
            return _unless(await _postgres(url))
        case "kafka":
            return _unless(await _kafka(urlsplit(url).netloc))
        case other:
            raise ValueError(f"no check for {other}: {url}")


def _unless(reason: str) -> Condition:
    return Condition(False, (reason,)) if reason else Condition(True)


async def _http(url: str) -> Condition:
    try:
        answer = await _client().get(url)
    except (httpx.HTTPError, OSError) as error:
        return Condition(False, (_words(error),))
    troubles = _troubles(answer)
    if not answer.is_success and not troubles:
        troubles = (f"{answer.status_code} {answer.text}"[:REASON_CHARACTERS_MAX],)
    return Condition(answer.is_success, troubles)


def _troubles(answer: httpx.Response) -> tuple[str, ...]:
    """What a service says of its own health."""
    try:
        return tuple(str(trouble)[:TROUBLE_CHARACTERS_MAX] for trouble in answer.json()["troubles"])
    except (ValueError, KeyError, TypeError):
        return ()


@cache
def _client() -> httpx.AsyncClient:
    """One for the process: to build one costs more than a hundred questions. Connections end with their question."""
    none_kept = httpx.Limits(max_keepalive_connections=0)
    return httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False, verify=False, limits=none_kept)  # noqa: S501


async def _postgres(url: str) -> str:
    try:
        connection = await asyncpg.connect(url, timeout=TIMEOUT_SECONDS)
        try:
            await connection.execute("SELECT 1", timeout=TIMEOUT_SECONDS)
        finally:
            await connection.close(timeout=TIMEOUT_SECONDS)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
        return _words(error)
    return ""


async def _kafka(address: str) -> str:
    try:
        client = AIOKafkaClient(**options(address) | {"request_timeout_ms": int(TIMEOUT_SECONDS * 1000)})
    except (OSError, ValueError) as error:  # A file that is not there, settings that do not fit together.
        return _words(error)
    try:
        await client.bootstrap()
        return "" if client.cluster.brokers() else "no broker has joined"
    except KafkaConnectionError:
        return f"no broker answers at {address}, or none takes this login"
    except (KafkaError, OSError, TimeoutError) as error:
        return _words(error)
    finally:
        await client.close()


def _words(error: BaseException) -> str:
    return (str(error) or type(error).__name__)[:REASON_CHARACTERS_MAX]
