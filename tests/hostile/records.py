"""Records on a topic that no relay of ours wrote: each kind by a name."""

import json
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from typing import NamedTuple

from entries.entry import PARTITIONS, headers

Headers = list[tuple[str, bytes | None]]
FAR = 10**17
DEEP = b'{"type":' + b"[" * 100_000
EVENT = {
    "specversion": "1.0", "id": "stranger/7/7", "source": "/services/arrival", "type": "GoodsCrossed",
    "subject": "consignment/stranger", "time": "2026-03-02T08:00:00Z", "data": {"consignment": "stranger"},
}  # fmt: skip
WHOLE = json.dumps(EVENT).encode()


class Record(NamedTuple):
    """A record as a producer takes it."""

    partition: int
    key: bytes | None
    value: bytes | None
    headers: Headers


def marked(position: int, kind: str = "event") -> Headers:
    """Our headers, with a chain that nothing leads to."""
    return [*headers(position, kind, bytes(range(32)), "")]


KINDS: dict[str, Callable[[], tuple[bytes | None, bytes | None, Headers]]] = {
    "truncated": lambda: (b"consignment/x", WHOLE[:60], marked(FAR)),
    "not UTF-8": lambda: (b"\xff\xfe", b"\xff\xfe\x00", marked(FAR)),
    "no value": lambda: (b"consignment/x", None, marked(FAR)),
    "no key": lambda: (None, WHOLE, marked(FAR)),
    "nothing at all": lambda: (None, None, []),
    "no headers": lambda: (b"consignment/x", WHOLE, []),
    "headers without values": lambda: (b"consignment/x", WHOLE, [("position", None), ("kind", None), ("chain", None)]),
    "headers that are not UTF-8": lambda: (b"x", WHOLE, [("position", b"\xff"), ("kind", b"\xff"), ("chain", b"\xff")]),
    "headers twice": lambda: (b"x", WHOLE, [*marked(0), *marked(FAR)]),
    "the next position": lambda: (b"x", WHOLE, marked(1)),
    "a position again": lambda: (b"consignment/x", WHOLE, marked(1)),
    "a position far beyond": lambda: (b"consignment/x", WHOLE, marked(FAR)),
    "a position of no number": lambda: (b"x", WHOLE, [("position", b"-1"), ("chain", b"0" * 64), ("kind", b"event")]),
    "a position of very many digits": lambda: (b"x", WHOLE, [("position", b"9" * 10_000), ("kind", b"event")]),
    "a stranger's": lambda: (b"order-7", b"hello", [("content-type", b"text/plain")]),
    "very deep": lambda: (b"consignment/x", DEEP, marked(FAR)),
    "another kind": lambda: (b"consignment/x", WHOLE, marked(FAR, "gossip")),
}
LARGE = bytes(11 * 1024 * 1024)
"""Nearly as much as a topic takes."""


def malformed(count: int) -> Iterator[Record]:
    """So many, of every kind on every partition in turn; of the first ten thousand, one in a thousand is large."""
    for number, make in enumerate(islice(cycle(KINDS.values()), count)):
        key, value, marks = make()
        yield Record(
            number // len(KINDS) % PARTITIONS, key, LARGE if number % 1000 == 999 and number < 10_000 else value, marks
        )
