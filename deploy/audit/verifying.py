"""The audit: topics, journals and states, each from its own side, compared by bytes and by hash.

Whatever side does not answer is named and left out; the other is checked by itself.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from aiokafka import TopicPartition

from chassis.recover.replaying import Disagreement, NotThere
from chassis.service import Service, find_services
from deploy.audit.folding import Account, check_chain, check_same, fold, in_order
from deploy.audit.reading import Snapshot, connect, consumer_of, read_topics, snapshots
from entries.entry import PARTITIONS, Line, read_document, read_time


@dataclass(slots=True)
class Tally:
    """What was found of one service, over all partitions."""

    entries: dict[str, int] = field(default_factory=dict)
    digests: dict[str, Any] = field(default_factory=dict)

    def add(self, side: str, count: int, account: Account) -> None:
        self.entries[side] = self.entries.get(side, 0) + count
        self.digests.setdefault(side, sha256()).update(account.digest())


class Audit:
    """Compares, partition by partition, what the answering sides hold. Raises Disagreement at the first difference."""

    def __init__(self, services: Mapping[str, Service], kafka: Any, databases: Mapping[str, Any], prefix: str) -> None:
        self._services = services
        self._kafka = kafka
        self._databases = databases
        self._prefix = prefix
        self.tallies = {name: Tally() for name in services}

    async def run(self) -> None:
        for partition in range(PARTITIONS):
            found = await snapshots(self._databases, self._services, partition)
            topics = await self._topics(partition, {name: len(s.lines) for name, s in found.items()})
            for name in self._services:
                self.check(name, partition, found, topics)

    async def _topics(self, partition: int, wanted: Mapping[str, int]) -> dict[str, list[Line]]:
        if self._kafka is None:
            return {}
        names = {self._prefix + service.topic: name for name, service in self._services.items()}
        read = await read_topics(
            self._kafka, {TopicPartition(topic, partition): n for topic, n in names.items()}, wanted
        )
        return {name: in_order(lines, f"{name}/{partition} on the topic") for name, lines in read.items()}

    def check(
        self, name: str, partition: int, snapshots: Mapping[str, Snapshot], topics: Mapping[str, list[Line]]
    ) -> None:
        """One partition of one service, by itself and against what the others hold there."""
        service, where = self._services[name], f"{name}/{partition}"
        snapshot, topic = snapshots.get(name), topics.get(name)
        if snapshot:
            _check_journal(snapshot, f"{where} in the journal")
            journals = {upstream: snapshots[upstream].lines for upstream in service.hears}
            self._fold((name, partition), "journals", snapshot.lines, journals, snapshot)
            _check_applied(snapshot, journals, where)
        if topic is not None:
            check_chain(topic, f"{where} on the topic")
            own = topic[: len(snapshot.lines)] if snapshot else topic
            if snapshot:
                check_same(own, snapshot.lines, where)
            self._fold((name, partition), "topics", own, topics, snapshot)
        if snapshot:
            self.tallies[name].add("live", len(snapshot.lines), snapshot.live)

    def _fold(
        self,
        place: tuple[str, int],
        side: str,
        own: list[Line],
        upstreams: Mapping[str, list[Line]],
        snapshot: Snapshot | None,
    ) -> None:
        """Folds one side, up to where the live states have come, or to its end where there are none to compare with."""
        name, partition = place
        service = self._services[name]
        vector = snapshot.consumed if snapshot else {upstream: len(upstreams[upstream]) for upstream in service.hears}
        try:
            folded = fold(service, partition, own, upstreams, vector)
        except NotThere as missing:
            raise Disagreement(f"{name}/{partition}: folding the {side}: {missing}") from missing
        if snapshot:
            folded.agenda = {(n, key) for n, key in folded.agenda if key not in snapshot.delivered}
            check_accounts(folded, snapshot.live, f"{name}/{partition}: folded from the {side}")
        self.tallies[name].add(side, len(own), folded)


def _check_journal(snapshot: Snapshot, where: str) -> None:
    check_chain(in_order(snapshot.lines, where), where)
    if len(snapshot.lines) != snapshot.end:
        raise Disagreement(f"{where}: it ends at position {len(snapshot.lines)}, but {snapshot.end} was given out")
    if snapshot.lines:
        last = snapshot.lines[-1]
        if snapshot.tail[1:] != (last.chain, read_time(read_document(last.value)["recordedtime"])):
            raise Disagreement(
                f"{where}: what comes next would be put behind something else than position {snapshot.end}"
            )


def _check_applied(snapshot: Snapshot, journals: Mapping[str, list[Line]], where: str) -> None:
    """What was applied last is what stands there: else the next record is taken for a fork, or a fork for the next."""
    for upstream, consumed in snapshot.applied.items():
        if consumed.position and journals[upstream][consumed.position - 1].chain != consumed.chain:
            raise Disagreement(
                f"{where}: what was applied of {upstream} at position {consumed.position} is not its entry"
            )


def check_accounts(folded: Account, live: Account, where: str) -> None:
    """Names the first thing in which they differ."""
    for stream in sorted(set(folded.states) | set(live.states)):
        if folded.states.get(stream) != live.states.get(stream):
            raise Disagreement(f"{where}, the state is not the live one: {stream}")
    for client, key in sorted(set(folded.receipts) | set(live.receipts)):
        if folded.receipts.get((client, key)) != live.receipts.get((client, key)):
            raise Disagreement(f"{where}, the receipt is not the live one: key {key} of {client}")
    if folded.parked != live.parked:
        other = sorted(set(folded.parked) ^ set(live.parked))[0]
        raise Disagreement(f"{where}, what is parked is not the same: {other.record} of {other.stream}")
    for partition, key in sorted(folded.agenda ^ live.agenda):
        raise Disagreement(f"{where}, what is still to be told is not the same: {key} to partition {partition}")
    for number, stream in sorted(folded.numbers ^ live.numbers):
        raise Disagreement(f"{where}, what is found is not the same: {stream} by the number {number}")


async def verify(kafka: str, postgres: str, prefix: str = "") -> int:
    """Runs the audit on these servers and prints what it found; 0 if everything agreed."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # A server that is away is said once, below.
    services = find_services()
    consumer, databases = await consumer_of(kafka), await connect(postgres, services)
    try:
        if consumer is None and not databases:
            print("verify: neither Kafka nor Postgres answers; start the stack (make up)")
            return 1
        audit = Audit(services, consumer, databases, prefix)
        try:
            await audit.run()
        except Disagreement as found:
            print(f"verify: DISAGREEMENT\n  {found}")
            return 1
        _print(audit.tallies, kafka if consumer is None else None, postgres if not databases else None)
        return 0
    finally:
        if consumer is not None:
            await consumer.stop()
        for database in databases.values():
            await database.close()


def _print(tallies: Mapping[str, Tally], no_kafka: str | None, no_postgres: str | None) -> None:
    for name, tally in tallies.items():
        for side, digest in tally.digests.items():
            print(f"  {name:<13} {side:<9} {tally.entries[side]:>8} entries   {digest.hexdigest()[:16]}")
    if no_kafka:
        print(f"  not checked: topics, since Kafka does not answer at {no_kafka}")
    if no_postgres:
        print("  not checked: journals and live states, since Postgres does not answer")
    both = not no_kafka and not no_postgres
    print("verify: positions, chains and states agree" if both else "verify: what could be checked agrees")
