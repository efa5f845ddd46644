"""How a client repeats what it got no answer to: pauses that grow, and those that a door asks for."""

import asyncio
import math
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from client.answers import NoAnswer

PASSING = frozenset({408, 429, 502, 503, 504})
"""What a door, or something before it, says that passes: too much to do, not now, no answer yet."""


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds: the first pause, the longest of those that double, the longest that a door may ask for (Retry-After),
    and how long something is repeated at all; 0 is once. `also` are further statuses of whole responses that pass."""

    pause: float = 0.1
    pause_max: float = 3.0
    asked_max: float = 60.0
    seconds: float = math.inf
    also: frozenset[int] = frozenset()


class Repetition:
    """One request, or the lines of one, until they are answered. `again` counts why something was sent once more."""

    def __init__(self, what: str, patience: Patience, again: Counter[str]) -> None:
        self.what = what
        self._patience = patience
        self._again = again
        self._until = time.monotonic() + patience.seconds
        self._pause = patience.pause
        self._asked = 0.0
        self._why = ""

    def failed(self, why: str, retry_after: str = "") -> None:
        """Notes why it has to be sent again, and how long the door wants to be left alone."""
        self._again[why] += 1
        self._why = why
        self._asked = max(self._asked, asked_seconds(retry_after))

    def moved(self) -> None:
        """Some of it was answered: the next pause is short again."""
        self._pause = self._patience.pause

    async def turn(self) -> None:
        """Returns when it may be sent: at once, or after a pause where it was sent before. Raises NoAnswer."""
        if not self._why:
            return
        pause = max(self._pause, min(self._asked, self._patience.asked_max))
        if time.monotonic() + pause > self._until:
            raise NoAnswer(f"{self.what} had no answer for {self._patience.seconds:g} s; the last was {self._why}")
        self._why, self._asked = "", 0.0
        await asyncio.sleep(pause)
        self._pause = min(2 * self._pause, self._patience.pause_max)


def asked_seconds(retry_after: str) -> float:
    """What Retry-After asks for, in seconds or as a date (RFC 9110, 10.2.3); 0 where it says neither."""
    if retry_after.isdecimal():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0
