"""The entry: one document, the same bytes in the journal, on the topic and under the chain.

CloudEvents 1.0 in JSON, structured mode, with registered extensions and a few of our own; `docs/entry.md` is the
frozen description. The chain is SHA-256 over the previous entry's 32 bytes and then the document's bytes; the first
entry of a partition follows 32 zero bytes.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import orjson
from aiokafka.partitioner import murmur2

PARTITIONS = 24
START = bytes(32)
CONTENT_TYPE = b"application/cloudevents+json"
GROUP_BYTES = 10 * 1024 * 1024
"""What one input leads to is published as one, so all of it together weighs at most so much, as Kafka holds it.

What the relay sends and what topics take follow from this.
"""
LARGEST_BYTES = 2 * GROUP_BYTES
"""What was recorded as one while it was not weighed yet is sent, too, where the topic takes it."""
READ_BYTES = 8 * 1024 * 1024
"""What begins within so much is read at once, where it may be little and may be much."""
RECORD_BYTES = 512
"""What headers and framing add to key and value, at most, and what a batch adds to its records."""

ID = re.compile(rb'"id":"([^"]*)"')
CAUSE = re.compile(rb'"causationid":"([^"]*)"')
SEEN = b'"seen":"'
DATA = b',"data":'
"""Behind all attributes: what an entry says of itself stands in front of it."""


Said = Mapping[str, Any]


class Line(NamedTuple):
    """An entry as a log holds it: on a topic, in a journal, or in a copy of either."""

    position: int
    kind: str
    stream: str
    chain: bytes
    value: bytes

    def speaks_of(self, partition: int) -> bool:
        """Whether its document says, too, that it stands there: a stranger's record with some position does not."""
        return group_of("input", self.value).endswith(b"/%d/%d" % (partition, self.position))

    def follows(self, position: int, chain: bytes) -> bool:
        """Whether it is chained to the entry at that position."""
        return self.position == position + 1 and self.chain == link(chain, self.value)


class Entry(NamedTuple):
    """An input or an event, as it stands in a journal; `said` are its document's attributes."""

    id: str
    partition: int
    position: int
    stream: str
    kind: str
    type: str
    recorded: datetime
    traceparent: str
    chain: bytes
    value: bytes
    said: Said

    @classmethod
    def of(cls, partition: int, line: Line, said: Said) -> "Entry":
        return cls(
            id=said["id"], partition=partition, position=line.position, stream=line.stream,
            kind="input" if line.kind == "input" else "event", type=said["type"],
            recorded=read_time(said["recordedtime"]), traceparent=said["traceparent"],
            chain=line.chain, value=line.value, said=said,
        )  # fmt: skip

    @classmethod
    def behind(cls, tail: tuple[int, bytes, Any], partition: int, kind: str, said: Said, data: bytes) -> "Entry":
        """The next entry of a partition that ends at this position with this chain."""
        position, chain, _ = tail
        value = document(said, data)
        return cls.of(partition, Line(position + 1, kind, said["subject"], link(chain, value), value), said)

    @property
    def data(self) -> bytes:
        """The JSON of the input or the event alone, byte for byte: it stands last in the document."""
        return self.value.partition(DATA)[2][:-1]


def weight(stream: str, value: bytes) -> int:
    """What an entry weighs as a record in a batch of Kafka's, at most."""
    return len(value) + len(stream.encode()) + RECORD_BYTES


def headers(position: int, kind: str, chain: bytes, traceparent: str) -> list[tuple[str, bytes]]:
    """What a reader needs before it decodes; one of them only inputs carry, for filters that ask for a name alone."""
    return [
        ("content-type", CONTENT_TYPE), ("position", b"%d" % position), ("kind", kind.encode()),
        ("chain", chain.hex().encode()), ("traceparent", traceparent.encode()),
        *((("input", b"1"),) if kind == "input" else ()),
    ]  # fmt: skip


def link(previous: bytes, value: bytes) -> bytes:
    """The chain's next 32 bytes."""
    return sha256(previous + value).digest()


def entry_id(service: str, partition: int, position: int) -> str:
    return f"{service}/{partition}/{position}"


@lru_cache(maxsize=4096)
def partition_of(stream: str, partitions: int = PARTITIONS) -> int:
    """The partition of a new stream: Kafka's murmur2 over its id, as every Kafka client computes it."""
    return int(murmur2(stream.encode()) & 0x7FFFFFFF) % partitions


def write_seen(seen: dict[str, int]) -> str | None:
    """`seen` as an attribute, sorted: `sender=152,keeper=12`. CloudEvents knows no maps and no empty strings."""
    return ",".join(f"{upstream}={position}" for upstream, position in sorted(seen.items())) or None


@lru_cache(maxsize=4096)
def read_seen(seen: str) -> tuple[tuple[str, int], ...]:
    pairs = (part.split("=", 1) for part in seen.split(",") if part)
    return tuple((upstream, int(position)) for upstream, position in pairs)


def seen_of(value: bytes) -> tuple[tuple[str, int], ...]:
    """The same of a document that is not decoded. Raises ValueError where it says no such thing."""
    attributes = value.find(DATA)
    begins = value.find(SEEN, 0, attributes) + len(SEEN)
    ends = value.find(b'"', begins, attributes)
    return read_seen(value[begins:ends].decode()) if begins >= len(SEEN) and ends >= 0 else ()


@lru_cache(maxsize=4096)
def write_time(moment: datetime) -> str:
    """RFC 3339 in UTC, microseconds always written, so that equal times are equal bytes."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@lru_cache(maxsize=4096)
def read_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def document(attributes: Said, data: bytes) -> bytes:
    """The entry's bytes: the attributes in the order given, absent ones left out, then the data."""
    present = {"specversion": "1.0"} | {name: value for name, value in attributes.items() if value is not None}
    present["data"] = orjson.Fragment(data)
    return orjson.dumps(present)


def group_of(kind: str, value: bytes) -> bytes:
    """What an entry stands or falls with: an input's own id, an event's cause. Groups are published as one."""
    found = (ID if kind == "input" else CAUSE).search(value)
    return found[1] if found else b""


def read_document(value: bytes) -> dict[str, Any]:
    """A document's attributes and its `data`. Raises ValueError on what is no JSON object with a type and a subject."""
    read = orjson.loads(value)
    if not isinstance(read, dict) or not isinstance(read.get("type"), str) or not isinstance(read.get("subject"), str):
        raise ValueError("no CloudEvents document: type and subject are missing")
    return read
