"""The reader's client and a broker that goes: every loss is told in the client's own words, and none lasts for ever."""

import asyncio
from collections import deque
from types import SimpleNamespace
from typing import Any, cast

import pytest
import uvicorn
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError
from aiokafka.protocol.metadata import MetadataRequest

from chassis import serving
from chassis.consume import reading
from chassis.consume.inboxes import Partition, PartitionInbox
from chassis.consume.reading import Deaf, Reader
from chassis.publish.relay import Relay
from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_restores import record, write
from chassis.tests.test_runner import kept, parcel, published, until
from chassis.tests.workbench import Bench, send
from chassis.write.inputs import UNHEARD, UpstreamEvent
from entries.entry import partition_of

TURNS = 6
"""So many turns of the loop after a connection has gone, its owner knows."""


def loop_of_services(monkeypatch: pytest.MonkeyPatch) -> str:
    """The loop that `serve` asks uvicorn for."""
    taken: dict[str, Any] = {}
    monkeypatch.setattr(serving, "gc", SimpleNamespace(freeze=lambda: None, set_threshold=lambda *_: None))
    monkeypatch.setattr(serving, "find_services", lambda: {"keeper": KEEPER})
    monkeypatch.setattr(serving, "Settings", lambda: SimpleNamespace(host="127.0.0.1", port=1))
    monkeypatch.setattr(serving, "build_app", lambda *_: None)
    monkeypatch.setattr(uvicorn, "run", lambda *_, **asked: taken.update(asked))
    serving.serve("keeper")
    return str(taken["loop"])


async def words_of_a_loss(kafka: str) -> list[Exception]:
    """What is raised to whoever asks on a connection that went so and so many turns of the loop ago."""
    client, raised = AIOKafkaClient(bootstrap_servers=kafka), list[Exception]()
    await client.bootstrap()
    for turns in range(TURNS):
        node = client.get_random_node()
        assert await client.ready(node)
        (connection,) = client._conns.values()
        connection._writer.transport.abort()
        for _ in range(turns):
            await asyncio.sleep(0)
        try:
            await connection.send(MetadataRequest([]))
        except Exception as error:  # noqa: BLE001 - which one it is, is the question
            raised.append(error)
    await client.close()
    return raised


def test_kafkas_client_knows_every_word_that_the_loop_of_services_has_for_a_lost_connection(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asyncio.Runner(loop_factory=uvicorn.Config("", loop=loop_of_services(monkeypatch)).get_loop_factory()) as loop:
        raised = loop.run(words_of_a_loss(bench.kafka))
    assert len(raised) == TURNS
    assert [error for error in raised if not isinstance(error, KafkaError)] == []


def noted(ended: dict[str, BaseException], task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        ended[task.get_name()] = error


async def never(*_: object) -> None:
    await asyncio.Event().wait()


async def test_a_process_whose_reader_alone_does_not_get_through_begins_anew(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = dict[str, BaseException]()
    monkeypatch.setattr(serving, "_end_with", lambda task: noted(ended, task))
    for name, seconds in (("LOOK_AGAIN_SECONDS", 0.05), ("ANSWER_SECONDS", 0.1), ("DEAF_SECONDS", 0.5)):
        monkeypatch.setattr(reading, name, seconds)
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(KEEPER) as runner:
        reader = runner.reader
        assert reader

        async def assigned() -> bool:
            return len(reader.partitions) == 24

        async def over() -> bool:
            return bool(ended)

        await until(assigned)
        with monkeypatch.context() as kafka_away:
            kafka_away.setattr(runner.relay, "moves", lambda: False)
            kafka_away.setattr(reader._consumer, "commit", never)
            await asyncio.sleep(1.5)
        assert not ended
        await asyncio.sleep(1.0)  # All is well again.
        assert not ended
        monkeypatch.setattr(reader._consumer, "commit", never)
        await until(over)
    assert {name: type(error) for name, error in ended.items()} == {"offsets": TimeoutError}


def dies_with_it(reader: Reader) -> dict[str, asyncio.Task[Any]]:
    """The tasks of Kafka's client, and FastStream's, without which nothing is heard."""
    consumer = reader._consumer
    return {
        "fetcher": consumer._fetcher._fetch_task, "coordinator": consumer._coordinator._coordination_task,
        "metadata": consumer._client._sync_task, "loop": reader._subscriber.tasks[-1],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["fetcher", "coordinator", "metadata", "loop"])
async def test_a_process_whose_reader_has_died_inside_its_client_ends(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    ended = dict[str, BaseException]()
    monkeypatch.setattr(serving, "_end_with", lambda task: noted(ended, task))
    monkeypatch.setattr(reading, "LOOK_AGAIN_SECONDS", 0.05)
    if name == "fetcher":
        await bench.fresh(SENDER, KEEPER)
    async with bench.run(KEEPER) as runner:
        assert runner.reader
        await asyncio.sleep(0.3)
        assert not ended
        dies_with_it(runner.reader)[name].cancel()

        async def over() -> bool:
            return bool(ended)

        await until(over)
    assert {which: type(error) for which, error in ended.items()} == {"inboxes": Deaf}


async def test_a_lane_that_stands_though_its_topic_goes_on_is_in_health_until_it_is_read_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("LOOK_AGAIN_SECONDS", 0.1), ("STANDS_SECONDS", 0.5)):
        monkeypatch.setattr(reading, name, seconds)
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER) as sender, bench.run(KEEPER) as keeper:
        reader, inbox = keeper.reader, f"{SENDER.topic}/{partition_of('parcel/P1')} is not read on from offset 0 "
        assert reader
        await asyncio.sleep(1.0)
        assert reader.stopped() == []
        with monkeypatch.context() as nothing_comes:
            nothing_comes.setattr(reader._consumer._fetcher, "fetched_records", nothing)
            await asyncio.sleep(1.0)  # What was asked for before has come.
            await send(sender, SENDER, parcel("P1", "a"))

            async def said() -> bool:
                return [trouble.startswith(inbox) for trouble in keeper.troubles()] == [True]

            await until(said, 10.0)

        async def silent() -> bool:
            return not list(keeper.troubles())

        await until(silent)


async def nothing(*_: object, **__: object) -> dict[str, object]:
    await asyncio.sleep(0.1)
    return {}


async def test_a_record_on_which_the_reader_itself_chokes_costs_only_itself(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.fresh(SENDER, KEEPER)
    choked, take = list[int](), Reader._take

    def once(self: Reader, inbox: PartitionInbox, record: Any) -> None:
        if not choked:
            choked.append(record.offset)
            raise RuntimeError("of a kind that nobody thought of")
        take(self, inbox, record)

    monkeypatch.setattr(Reader, "_take", once)
    async with bench.run(SENDER) as sender, bench.run(KEEPER) as keeper:
        await send(sender, SENDER, parcel("P1", "a"), parcel("P2", "b"))
        await until(lambda: kept(bench, 2))
        assert list(keeper.troubles()) == []
    assert choked == [0]


async def test_a_lane_that_was_left_on_the_broker_because_enough_waits_is_read_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FULL", 4)
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, *(parcel("P1", f"k{number}") for number in range(20)))
        await until(lambda: published(bench, 40))
        async with bench.run(KEEPER):
            await until(lambda: kept(bench, 20))
            await send(sender, SENDER, parcel("P1", "another"))
            await until(lambda: kept(bench, 21))


async def test_a_hole_is_looked_for_twice_and_then_waited_for(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.fresh(SENDER, KEEPER)
    place = partition_of("parcel/P1")
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, parcel("P1", "a"), parcel("P1", "b"))
        await until(lambda: published(bench, 4))
        last = (await bench.topic(SENDER))[place][-1]
    await bench.lose_topic(SENDER)
    await write(bench, place, [record(last)])
    sought, seek = list[int](), Reader._seek

    def noting(self: Reader, inbox: PartitionInbox, offset: int) -> None:
        if inbox.gaps:
            sought.append(inbox.gaps)
        seek(self, inbox, offset)

    monkeypatch.setattr(Reader, "_seek", noting)
    async with bench.run(KEEPER) as keeper:

        async def missed() -> bool:
            return any(f"sender/{place} misses position 1 " in trouble for trouble in keeper.troubles())

        await until(missed)
        await write(bench, place, [record(last)])
        await asyncio.sleep(1.0)
        assert sought == [1, 2]
        async with bench.run(SENDER):
            await until(lambda: kept(bench, 2))


async def test_partitions_take_turns() -> None:
    somewhere = cast(Relay, SimpleNamespace(kafka="127.0.0.1:1"))
    reader = Reader(KEEPER, None, "keeper-alone", lambda: None, somewhere)
    for number in range(3):
        heard = [UpstreamEvent("sender", number, position, b"", b"", position) for position in (1, 2)]
        reader.partitions[number] = Partition(
            {"sender": PartitionInbox("sender", number, UNHEARD, deque(heard))}, {"sender": 0}
        )
    assert [heard.partition for _ in range(6) for heard in reader.ready(1)] == [0, 1, 2, 0, 1, 2]
