"""What one input leads to is published as one: of each command, what grows most is refused clearly, or fits."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from hashlib import sha256

import httpx
import pytest
from aiokafka.producer.message_accumulator import BatchBuilder

from chassis.api.commands import CommandReader
from chassis.consume.inboxes import heard_of
from chassis.service import PARKING_ROUTES, Service, find_services
from chassis.tests.workbench import SOMEBODY
from chassis.write.batch import Batch
from chassis.write.effects import written
from chassis.write.inputs import INTERNAL, CommandEnvelope, ConsumerPosition, PartitionHead
from deploy.local.stack import Stack
from doors.malformed import Malformed
from entries.actor import Actor
from entries.entry import GROUP_BYTES, PARTITIONS, START, Entry, Line, headers, partition_of, weight
from intake.documents import DOCUMENT_BYTES_MAX
from law.calendar import LATEST
from tests.faults.campaign import databases
from tests.faults.quiet import wait_until_quiet
from tests.hostile.growing import documents

NOW = datetime(2030, 3, 2, 12, tzinfo=UTC)
SERVICES = find_services()
AS_JSON = {"content-type": "application/json"}
COMMANDS = [(service.name, command) for service in SERVICES.values() for command in service.commands]


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_what_grows_most_is_refused_or_published_as_one(name: str, command: str) -> None:
    """By the service that takes it, and by those that hear of it."""
    service, read = SERVICES[name], 0
    for document in documents(service, command):
        assert len(document) <= DOCUMENT_BYTES_MAX
        if (given := given_of(service, command, document)) is None:
            continue
        batch = fresh(service)
        answer = batch.decide_command(given)
        assert answer.status in {200, 409, 413, 500, 503}, answer
        assert answer.status != 413 or not batch.writer.entries
        assert_published_as_one(batch.writer.entries)
        assert all(len(told.data) <= GROUP_BYTES // 2 for told in batch.writer.internal_commands)
        for hearer in (each for each in SERVICES.values() if name in each.hears):
            assert_published_as_one(heard(hearer, name, batch.writer.entries))
        read += 1
    assert read, f"no document of {command} was read: it has to be built in another way"


def test_the_crossing_with_the_most_goods_is_recorded() -> None:
    """Within every limit: each of its lines is written as it came, without what it left out."""
    arrival = SERVICES["arrival"]
    document = of_most_goods()
    assert sum(len(papers["goods"]) for papers in json.loads(document)["papers"]) > 90_000
    given = given_of(arrival, "RecordCrossing", document)
    assert given is not None
    assert len(given.data) < 1.01 * len(document)
    assert fresh(arrival).decide_command(given).status == 200


async def test_it_neither_ends_nor_stops_anything(stack: Stack, client: httpx.AsyncClient) -> None:
    """And is published, told, and heard by everybody."""
    crossing = json.loads(of_most_goods())
    key = {"idempotency-key": crossing.pop("idempotency_key")}
    document = json.dumps(crossing | {"movement": {"reference": "LARGEST"}}, separators=(",", ":"))
    answer = await client.post(
        f"{stack.door('arrival')}/border-crossings", content=document, headers={**AS_JSON, **key}
    )
    assert (answer.status_code, answer.json().get("outcome")) == (200, "recorded"), answer.text[:500]
    await asyncio.to_thread(wait_until_quiet, stack.kafka, databases(stack), 120.0)
    for name in SERVICES:
        health = (await client.get(f"{stack.door(name)}/health")).json()
        assert health["status"] == "ok", health


def of_most_goods() -> bytes:
    """The largest crossing whose papers have goods in them, and nothing else."""
    return max((each for each in documents(SERVICES["arrival"], "RecordCrossing") if b'"goods"' in each), key=len)


def given_of(service: Service, command: str, document: bytes) -> CommandEnvelope | None:
    """As it comes by its door, or is told by another stream; None where it is refused."""
    route = next((route for route in (*service.routes, *PARKING_ROUTES) if route.command.__name__ == command), None)
    if route:
        try:
            reader = CommandReader(service=service, route=route, subject=SOMEBODY)
            return reader.read(document)._replace(founds=True)
        except Malformed:
            return None
    content = json.loads(document)
    content.pop("idempotency_key")
    adapter = service.commands[command]
    told = adapter.validate_python(content)
    kind = fields(told)[0].name
    data, stream = written(told, adapter), f"{kind}/{getattr(told, kind)}"
    return CommandEnvelope(
        stream=stream, partition=partition_of(stream), type=command, content=told, data=data, occurred=NOW,
        actor=Actor("somebody", "user"), client=INTERNAL, key="arrival/0/1/1", requesthash=sha256(data).hexdigest(),
    )  # fmt: skip


def fresh(service: Service) -> Batch:
    """A batch on empty partitions, which sees everything."""
    batch = Batch(service, NOW, dict.fromkeys(range(PARTITIONS), LATEST))
    for number in range(PARTITIONS):
        batch.writer.heads[number] = PartitionHead(0, START, NOW)
        batch.writer.consumed |= {(upstream, number): ConsumerPosition(0, START, 0) for upstream in service.hears}
    return batch


def heard(service: Service, upstream: str, entries: Sequence[Entry]) -> list[Entry]:
    """What a service that hears these entries of an upstream writes, of each."""
    batch, chain = fresh(service), START
    for entry in entries:
        line = Line(entry.position, entry.kind, entry.stream, entry.chain, entry.value)
        record = heard_of((upstream, entry.partition), line, chain, entry.position, service)
        chain = entry.chain
        assert batch.decide_event(record) == "applied"
    assert not any(event.type == "Parked" for event in batch.writer.entries)
    return batch.writer.entries


def assert_published_as_one(entries: Sequence[Entry]) -> None:
    """As the relay does it: one batch of Kafka's."""
    builder = BatchBuilder(GROUP_BYTES, 0)
    for entry in entries:
        marks = headers(entry.position, entry.kind, entry.chain, entry.traceparent)
        stamp = int(entry.recorded.timestamp() * 1000)
        assert builder.append(key=entry.stream.encode(), value=entry.value, timestamp=stamp, headers=marks)
    assert not entries or builder.size() <= sum(weight(entry.stream, entry.value) for entry in entries)
