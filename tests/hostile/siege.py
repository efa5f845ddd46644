"""A stack whose topics anybody may write to, and what is written there."""

import json
from datetime import UTC, datetime
from typing import Any

import psycopg
from confluent_kafka import Producer

from deploy.local.stack import Stack
from entries.entry import Entry, partition_of, write_time
from tests.faults.gathering import SERVICES, topic
from tests.hostile.records import Record, malformed, marked

ENDS = "SELECT position, chain, recorded FROM counters WHERE partition = %s FOR UPDATE"
INSERT = """INSERT INTO journal (partition, position, stream, kind, type, recorded, traceparent, chain, value)
VALUES (%s, %s, %s, 'event', %s, %s, '', %s, %s)"""
STATE = """INSERT INTO states (stream, partition, sequence, state, open) VALUES (%s, %s, 1, '{}', '{}')
ON CONFLICT (stream) DO UPDATE SET sequence = states.sequence + 1"""
MOVE = "UPDATE counters SET position = %s, chain = %s, recorded = %s WHERE partition = %s"
LONG_AGO = datetime(2026, 3, 2, 8, tzinfo=UTC)


def flood(stack: Stack, count: int) -> int:
    """Writes so many malformed records, over all topics; how many the broker took."""
    producer = Producer({"bootstrap.servers": stack.kafka, "message.max.bytes": 12_000_000, "linger.ms": 20})
    taken = 0

    def note(error: Any, _: Any) -> None:
        nonlocal taken
        taken += error is None

    for number, record in enumerate(malformed(count)):
        put(producer, topic(SERVICES[number % len(SERVICES)]), record, note)
    producer.flush(120)
    return taken


def put(producer: Producer, name: str, record: Record, note: Any = None) -> None:
    """One record; waits where the producer's own queue is full."""
    while True:
        try:
            producer.produce(
                name, record.value, record.key, record.partition, headers=list(record.headers), on_delivery=note
            )
        except BufferError:
            producer.poll(0.1)
        else:
            producer.poll(0)
            return


def fork(stack: Stack, partition: int) -> None:
    """The next position of this partition of arrival's topic, with a chain that does not fit."""
    with psycopg.connect(stack.postgres_admin.rpartition("/")[0] + "/arrival") as owner:
        (position, *_) = owner.execute(ENDS, [partition]).fetchone() or (0,)
    forge(stack, partition, position + 1)


def forge(stack: Stack, partition: int, *positions: int) -> None:
    """Records that say everywhere that they are these entries of arrival, with chains that do not fit."""
    producer = Producer({"bootstrap.servers": stack.kafka})
    for position in positions:
        told = json.dumps({"id": f"arrival/{partition}/{position}"}, separators=(",", ":")).encode()
        put(producer, topic("arrival"), Record(partition, b"movement/forked", told, marked(position)))
    producer.flush(20)


def write_as_arrival(stack: Stack, stream: str, type_: str, said: dict[str, Any]) -> None:
    """An entry that is chained as it should be, whatever it says: its writer is what has gone wrong."""
    partition = partition_of(stream)
    with psycopg.connect(stack.postgres_admin.rpartition("/")[0] + "/arrival") as owner:
        end = owner.execute(ENDS, [partition]).fetchone()
        assert end is not None
        (before,) = owner.execute("SELECT count(*) FROM journal WHERE stream = %s", [stream]).fetchone() or (0,)
        attributes = {
            "id": f"arrival/{partition}/{end[0] + 1}", "source": "/services/arrival", "type": type_,
            "time": write_time(LONG_AGO), "subject": stream, "recordedtime": write_time(max(end[2], LONG_AGO)),
            "partitionkey": stream, "sequence": f"{before + 1:010}", "causationid": "nobody",
            "correlationid": "nobody", "authid": "nobody", "authtype": "system", "traceparent": "",
        }  # fmt: skip
        entry = Entry.behind(end, partition, "event", attributes, json.dumps(said).encode())
        row = (partition, entry.position, stream, type_, entry.recorded, entry.chain, entry.value)
        owner.execute(INSERT, row)
        owner.execute(STATE, (stream, partition))
        owner.execute(MOVE, (entry.position, entry.chain, entry.recorded, partition))
