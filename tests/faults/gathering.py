"""Reads topics with confluent-kafka and journals with psycopg."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition

from tests.faults.evidence import Entry, Side

SERVICES = ("arrival", "presentation", "clearance", "release")

HEADERS = {"position", "kind", "chain"}
DATABASES = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY datname"
JOURNAL = "SELECT partition, position, kind, stream, chain, value FROM journal ORDER BY partition, position"


def topic(service: str) -> str:
    return f"customs.{service}.v1"


def read_topics(kafka: str) -> Side:
    """All records of all topics, in the order of their offsets."""
    return {key: entries for service in SERVICES for key, entries in read_topic(kafka, topic(service), service).items()}


def read_topic(kafka: str, name: str, service: str, since: Mapping[int, int] | None = None) -> Side:
    """All records of a topic; with `since` from there on, by partition, for no position stands at a lower offset."""
    consumer = _consumer(kafka)
    try:
        left = _watermarks(consumer, name)
        begins = {n: min(since.get(n, 1) - 1, end) if since else OFFSET_BEGINNING for n, end in left.items()}
        consumer.assign([TopicPartition(name, n, begin) for n, begin in begins.items()])
        found: Side = {(service, n): [] for n in left}
        left = {n: end for n, end in left.items() if end and begins[n] < end}
        while left:
            for record in consumer.consume(1000, timeout=1.0):
                number, offset = record.partition(), record.offset()
                if record.error() or number is None or offset is None:
                    raise KafkaException(record.error())
                found[service, number] += entries_of(record, service)
                if offset + 1 >= left.get(number, 0):
                    left.pop(number, None)
        return found
    finally:
        consumer.close()


def read_ends(kafka: str, name: str) -> dict[int, int]:
    """How many records each partition of a topic has."""
    consumer = _consumer(kafka)
    try:
        return _watermarks(consumer, name)
    finally:
        consumer.close()


def _consumer(kafka: str) -> Consumer:
    return Consumer(
        {
            "bootstrap.servers": kafka,
            "group.id": "serhet-checker",
            "enable.auto.commit": False,
            "enable.partition.eof": False,
            "auto.offset.reset": "earliest",
        }
    )


def _watermarks(consumer: Consumer, name: str) -> dict[int, int]:
    numbers = consumer.list_topics(name, timeout=30).topics[name].partitions
    return {n: consumer.get_watermark_offsets(TopicPartition(name, n), timeout=30)[1] for n in numbers}


def entries_of(record: Any, service: str) -> Iterator[Entry]:
    """The entry that a record is; what has not all the headers of one (docs/entry.md) is a stranger's, and is none."""
    headers = dict(record.headers() or ())
    if set(headers) >= HEADERS:
        yield Entry(
            service=service,
            partition=record.partition(),
            position=int(headers["position"]),
            kind=headers["kind"].decode(),
            stream=record.key().decode(),
            chain=bytes.fromhex(headers["chain"].decode()),
            value=record.value(),
        )


def read_journals(databases: Mapping[str, str]) -> Side:
    """All rows of all journals; `databases` are the services' own URLs."""
    return {key: rows for service, url in databases.items() for key, rows in read_journal(url, service).items()}


def read_journal(url: str, service: str) -> Side:
    found: Side = {}
    with psycopg.connect(url) as connection:
        for partition, position, kind, stream, chain, value in connection.execute(JOURNAL):
            found.setdefault((service, partition), []).append(
                Entry(
                    service=service, partition=partition, position=position, kind=kind, stream=stream, chain=chain,
                    value=value,
                )
            )  # fmt: skip
    return found


def read_set_aside(admin: str, journals: Side) -> list[Side]:
    """Of each database that a restore put aside, what its journal held and the one in its place does not."""
    found = []
    with psycopg.connect(admin) as connection:
        for service in SERVICES:
            for (name,) in connection.execute(DATABASES, [f"{service}_until_%"]).fetchall():
                url = urlunsplit(urlsplit(admin)._replace(path=f"/{name}"))
                found.append(_gone(read_journal(url, service), journals))
    return found


def _gone(held: Side, journals: Side) -> Side:
    there = {key: {entry.chain for entry in rows} for key, rows in journals.items()}
    return {key: [entry for entry in rows if entry.chain not in there.get(key, ())] for key, rows in held.items()}
