"""How old what waits in a process is, by when it was recorded: a fact may have occurred long before."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

RECORDED = re.compile(rb'"recordedtime":"([^"]*)"')


class Inbox(Protocol):
    """What an upstream's partition brought and is not decided, in order."""

    @property
    def records(self) -> Iterable[Any]: ...


class Partition(Protocol):
    """Its inboxes by upstream, and per upstream the position that was applied."""

    @property
    def inboxes(self) -> Mapping[str, Any]: ...
    @property
    def applied(self) -> Mapping[str, int]: ...


def waiting(partitions: Iterable[Partition], upstreams: Iterable[str], now: datetime) -> dict[str, Any]:
    """`lag`: per upstream the age in seconds of the oldest record that is here and not decided; 0 where there is none.

    `seen_age`: that of the oldest that waits for what it has seen; `oldest_waiting`: when that was recorded.
    """
    lag, oldest = dict.fromkeys(upstreams, 0.0), now
    for partition in partitions:
        for upstream, inbox in partition.inboxes.items():
            first = next((record for record in inbox.records if record.value), None)
            if first is not None and (found := RECORDED.search(first.value)):
                recorded = datetime.fromisoformat(found[1].decode())
                lag[upstream] = max(lag[upstream], (now - recorded).total_seconds())
                oldest = oldest if _reached(first, partition) else min(oldest, recorded)
    return {
        "lag": lag, "seen_age": (now - oldest).total_seconds(),
        "oldest_waiting": oldest.isoformat() if oldest < now else None,
    }  # fmt: skip


def _reached(record: Any, partition: Partition) -> bool:
    return all(partition.applied.get(upstream, position) >= position for upstream, position in record.seen)
