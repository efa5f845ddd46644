"""A server that is not there yet is waited for, by whoever starts."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg
import stamina
from aiokafka.errors import KafkaError

from servers.database import is_passing
from telemetry.logs import log

T = TypeVar("T")


async def started(start: Callable[[], Awaitable[T]], what: str, where: str) -> T:
    """What `start` gives, tried again with backoff for as long as the server does not answer."""
    attempts = stamina.retry_context(on=_is_not_there, attempts=None, timeout=None, wait_initial=0.2, wait_max=5.0)
    async for attempt in attempts:
        with attempt:
            if attempt.num > 1:
                log.warning("waiting", what=what, where=where, attempt=attempt.num)
            return await start()
    raise AssertionError("unreachable: the attempts do not end")


def _is_not_there(error: Exception) -> bool:
    if isinstance(error, asyncpg.TooManyConnectionsError):
        log.error("no session: raise max_connections (docs/operating.md, Sessions with the database)", error=error)
    return isinstance(error, KafkaError) or is_passing(error)
