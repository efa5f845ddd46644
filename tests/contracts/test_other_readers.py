"""Readers of another make read the topics: Kafka's own console consumer, CloudEvents' own package, a script."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings import http, kafka
from cloudevents.core.formats.json import JSONFormat
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from deploy.local import jars, java
from deploy.local import kafka as kafka_tools
from deploy.local.stack import Stack
from tests.faults.evidence import Entry, Side
from tests.faults.gathering import SERVICES, read_topics, topic

SCRIPT = Path(__file__).parents[2] / "docs" / "recompute_chain.py"
CONTENT_TYPE = "application/cloudevents+json"
JSON = JSONFormat()


def written_by(service: str, journals: Side) -> list[Entry]:
    return [entry for (writer, _), rows in sorted(journals.items()) if writer == service for entry in rows]


def headers(entry: Entry) -> dict[str, str]:
    return {
        "content-type": CONTENT_TYPE,
        "position": str(entry.position),
        "kind": entry.kind,
        "chain": entry.chain.hex(),
        "traceparent": entry.document["traceparent"],
    } | ({"input": "1"} if entry.kind == "input" else {})


def test_the_console_consumer_of_kafka_reads_every_entry(stack: Stack, journals: Side) -> None:
    records = sum(len(rows) for rows in read_topics(stack.kafka).values())
    shown = console_consumer(stack.kafka, f"customs[.]({'|'.join(SERVICES)})[.]v1", records)
    written = [as_shown(entry) for service in SERVICES for entry in written_by(service, journals)]
    assert sorted(set(shown)) == sorted(written)


def console_consumer(address: str, topics: str, records: int) -> list[str]:
    """What it prints of so many records of these topics."""
    shown = ("print.partition", "print.headers", "print.key")
    properties = [part for each in shown for part in ("--formatter-property", f"{each}=true")]
    limits = ["--from-beginning", "--max-messages", str(records), "--timeout-ms", "30000"]
    arguments = ["--bootstrap-server", address, "--include", topics, *limits, *properties]
    main = "org.apache.kafka.tools.consumer.ConsoleConsumer"
    read = kafka_tools.run(java.find(), jars.fetch(tools=True), main, arguments)
    assert read.returncode == 0, read.stdout + read.stderr
    return read.stdout.splitlines()


def as_shown(entry: Entry) -> str:
    told = ",".join(f"{name}:{value}" for name, value in headers(entry).items())
    return f"Partition:{entry.partition}\t{told}\t{entry.stream}\t{entry.value.decode()}"


def from_kafka(entry: Entry) -> BaseCloudEvent:
    """As the package reads a Kafka record: it finds the mode by the header, the version by the document."""
    bytes_of = {name: value.encode() for name, value in headers(entry).items()}
    return kafka.from_kafka(kafka.KafkaMessage(headers=bytes_of, key=entry.stream, value=entry.value), JSON)


def from_http(entry: Entry) -> BaseCloudEvent:
    return http.from_http(http.HTTPMessage(headers={"content-type": CONTENT_TYPE}, body=entry.value), JSON)


@pytest.mark.parametrize("read", [from_kafka, from_http])
def test_every_entry_is_a_cloud_event_of_version_1(read: Callable[[Entry], BaseCloudEvent], journals: Side) -> None:
    for service in SERVICES:
        for entry in written_by(service, journals):
            event = read(entry)
            assert event.get_specversion() == "1.0"
            assert (event.get_id(), event.get_source()) == (entry.where, f"/services/{service}")
            assert (event.get_type(), event.get_subject()) == (entry.type, entry.stream)
            assert event.get_datacontenttype() == "application/json"
            time = event.get_time()
            assert time is not None
            assert time.utcoffset() == timedelta(0)
            assert event.get_extension("partitionkey") == entry.stream
            assert event.get_data() == entry.document["data"]


@pytest.mark.parametrize("service", SERVICES)
def test_the_script_recomputes_every_chain(service: str, stack: Stack, journals: Side) -> None:
    assert written_by(service, journals)
    assert recompute(stack.kafka, topic(service)) == (0, "")


def test_the_script_has_at_most_twenty_lines_and_needs_none_of_our_code() -> None:
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 20
    assert [line for line in lines if "import" in line] == [
        "import sys",
        "from hashlib import sha256",
        "from confluent_kafka import Consumer, TopicPartition",
    ]


def recompute(address: str, name: str) -> tuple[int, str]:
    """Its exit status and what it says."""
    done = subprocess.run([sys.executable, SCRIPT, address, name], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def repeated(entries: list[Entry]) -> list[Entry]:
    return [*entries[:3], *entries]


def flipped(entries: list[Entry]) -> list[Entry]:
    changed = replace(entries[1], value=entries[1].value.replace(b"1.0", b"1.1", 1))
    return [entries[0], changed, *entries[2:]]


def swapped(entries: list[Entry]) -> list[Entry]:
    first, second = (replace(entries[1 - n], position=n + 1, chain=entries[n].chain) for n in range(2))
    return [first, second, *entries[2:]]


def without_the_third(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.position != 3]


@pytest.mark.parametrize(
    ("tamper", "status", "said"),
    [
        (repeated, 0, ""),
        (flipped, 1, "{}/0: the chain breaks at position 2\n"),
        (swapped, 1, "{}/0: the chain breaks at position 1\n"),
        (without_the_third, 1, "{}/0: the chain breaks at position 3\n"),
    ],
)
def test_the_script_names_the_place_where_the_chain_of_a_copy_breaks(
    tamper: Callable[[list[Entry]], list[Entry]], status: int, said: str, stack: Stack, journals: Side
) -> None:
    entries = max((rows for (service, _), rows in journals.items() if service == "arrival"), key=len)
    with copied(stack.kafka, f"copy.{tamper.__name__}", tamper(entries)) as name:
        assert recompute(stack.kafka, name) == (status, said.format(name))


@contextmanager
def copied(address: str, name: str, entries: Sequence[Entry]) -> Iterator[str]:
    """A topic of one partition that holds these entries, gone afterwards."""
    admin = AdminClient({"bootstrap.servers": address})
    admin.create_topics([NewTopic(name, 1, 1)])[name].result(20)
    try:
        producer = Producer({"bootstrap.servers": address, "log_level": 0})
        for entry in entries:
            producer.produce(name, entry.value, entry.stream, 0, headers=list(headers(entry).items()))
        assert producer.flush(20) == 0
        yield name
    finally:
        admin.delete_topics([name])[name].result(20)
