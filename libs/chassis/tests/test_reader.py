"""The reader's client and a broker that goes: every loss is told in the client's own words, and none lasts for ever."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError
from aiokafka.protocol.metadata import MetadataRequest

from chassis import reading, serving
from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_runner import until
from chassis.tests.workbench import Bench

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
