"""The gate: whether what this process reads in its database may be given out, to clients or to other services.

A database may have become an older copy of itself. Behind a session that leads to another database, or to a server that
was started anew, nothing counts until the process has caught up there; and the journal's ends are a second witness.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from chassis import log
from doors.problems import problem
from servers.database import Home

Ends = Mapping[int, tuple[int, bytes]]
"""Where partitions end: position and chain."""


class Gate:
    """Open behind sessions that lead to where this process has caught up, on partitions that are not stopped."""

    def __init__(self) -> None:
        self.home: Home | None = None
        """Where this process has caught up; None: nowhere, now."""
        self.stopped: dict[int, str] = {}
        """Partitions on which no position is given out, and why."""
        self.ends: dict[int, tuple[int, bytes]] = {}
        """The furthest ends that this process has committed or seen since then."""

    def open(self, home: Home | None, stopped: dict[int, str]) -> None:
        self.home, self.stopped, self.ends = home, stopped, {}

    def lets(self, session: Any) -> bool:
        """Whether this process has caught up where the session leads."""
        return self.home is not None and session.home == self.home

    def agrees(self, ends: Ends, known: Ends | None = None) -> bool:
        """Whether the journal reaches the ends that were known when it was read; if not, the gate closes."""
        for partition, (position, chain) in (self.ends if known is None else known).items():
            now, its = ends.get(partition, (position, chain))
            if now < position or (now == position and its != chain):
                log.error("the database is an older copy", partition=partition, known=position, there=now)
                self.home = None
                return False
        self.ends |= {n: end for n, end in ends.items() if end[0] >= self.ends.get(n, end)[0]}
        return True

    def check(self, session: Any, partitions: Iterable[int] = ()) -> None:
        """Raises the problem `catching-up`, or `partition-stopped` where all of these partitions are stopped."""
        if not self.lets(session):
            raise problem("catching-up")
        asked = list(partitions)
        if asked and all(number in self.stopped for number in asked):
            raise problem("partition-stopped", partition=asked[0], why=self.stopped[asked[0]])
