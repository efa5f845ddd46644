"""`make replay`: what is on record is decided again on these servers; prints what comes out otherwise."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiokafka import TopicPartition

from chassis.recover.replaying import Disagreement, NotThere
from chassis.service import Service, find_services
from deploy.audit.folding import in_order
from deploy.audit.reading import connect, consumer_of, read_topics, snapshots
from deploy.audit.redeciding import Difference, Redecision
from entries.entry import PARTITIONS, Line

SHOWN = 20
"""So many differences are printed."""
Logs = dict[str, list[Line]]
Vectors = dict[str, dict[str, int]]
"""By service, up to which position of each upstream it has heard."""


@dataclass(slots=True)
class Tally:
    """By service, how much was decided again, and how much of it came out otherwise."""

    inputs: Counter[str] = field(default_factory=Counter)
    different: Counter[str] = field(default_factory=Counter)

    def decide(self, services: Mapping[str, Service], partition: int, logs: Logs, vectors: Vectors) -> None:
        for name, service in services.items():
            again = Redecision(service, partition, {upstream: logs[upstream] for upstream in service.hears})
            for difference in again.differences(logs[name], vectors[name]):
                self._note(name, difference)
            self.inputs[name] += again.inputs

    def _note(self, name: str, difference: Difference) -> None:
        self.different[name] += 1
        if self.different.total() <= SHOWN:
            print(f"  {difference}")

    def lines(self) -> Iterator[str]:
        for name, count in self.inputs.items():
            yield f"  {name:<13} {count:>8} inputs and records, {self.different[name]} of them with another outcome"
        total = self.different.total()
        yield f"replay: {total} came out otherwise" if total else "replay: everything came out as it was recorded"


async def replay(kafka: str, postgres: str, prefix: str = "") -> int:
    """Decides everything on record again; 0 if all of it comes out as it was recorded.

    From the journals, or from the topics where PostgreSQL does not answer.
    """
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # A server that is away is said once, below.
    services, tally = find_services(), Tally()
    databases = await connect(postgres, services)
    consumer = None if databases else await consumer_of(kafka)
    try:
        if not databases and consumer is None:
            print("replay: neither Kafka nor Postgres answers; start the stack (make up)")
            return 1
        for partition in range(PARTITIONS):
            held = (
                _journals(databases, partition, services)
                if databases
                else _topics(consumer, partition, prefix, services)
            )
            tally.decide(services, partition, *await held)
    except (Disagreement, NotThere) as found:
        print(f"replay: this log cannot be decided again (make verify)\n  {found}")
        return 1
    finally:
        for database in databases.values():
            await database.close()
        if consumer is not None:
            await consumer.stop()
    print("\n".join(tally.lines()))
    return 1 if tally.different else 0


async def _journals(
    databases: Mapping[str, Any], partition: int, services: Mapping[str, Service]
) -> tuple[Logs, Vectors]:
    found = await snapshots(databases, services, partition)
    return {name: each.lines for name, each in found.items()}, {name: each.consumed for name, each in found.items()}


async def _topics(consumer: Any, partition: int, prefix: str, services: Mapping[str, Service]) -> tuple[Logs, Vectors]:
    topics = {TopicPartition(prefix + service.topic, partition): name for name, service in services.items()}
    read = await read_topics(consumer, topics, {})
    logs = {name: in_order(lines, f"{name}/{partition} on the topic") for name, lines in read.items()}
    return logs, {name: {of: len(logs[of]) for of in service.hears} for name, service in services.items()}
