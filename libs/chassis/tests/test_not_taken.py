"""What Kafka does not take stops its own partition, for as long as that lasts: no other one, and not the process."""

from collections.abc import Callable, Iterator

import pytest
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
)

from chassis import serving
from chassis.publish import relay
from chassis.running import Runner
from chassis.tests.parcels import SENDER
from chassis.tests.test_reader import noted
from chassis.tests.test_runner import parcel, published, until
from chassis.tests.workbench import Bench, send
from deploy.repair.topics import widen
from entries.entry import LARGEST_BYTES, partition_of

SMALL = 20_000
LARGE = parcel("L", "large", box="B" * (SMALL - 1000), boxes=0)
"""With its event it is more than `SMALL` as one."""
PLACE = partition_of("parcel/L")
OTHERS = [f"P{n}" for n in range(200) if partition_of(f"parcel/P{n}") != PLACE][:20]


@pytest.fixture(autouse=True)
def _going(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The relay tries again soon, and in the end no task has died: a process would have ended with it."""
    ended = dict[str, BaseException]()
    monkeypatch.setattr(serving, "_end_with", lambda task: noted(ended, task))
    monkeypatch.setattr(relay, "ASIDE_SECONDS", 1.0)
    monkeypatch.setattr(relay, "LEASE_SECONDS", 1)  # And so it looks three times in a second.
    yield
    assert not ended


def set_topic(bench: Bench, name: str, value: str) -> None:
    """A setting of the topic, as whoever operates it changes it."""
    changed = ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET)
    asked = ConfigResource(ConfigResource.Type.TOPIC, SENDER.topic, incremental_configs=[changed])
    admin = AdminClient({"bootstrap.servers": bench.kafka})
    for done in admin.incremental_alter_configs([asked]).values():
        done.result(20)


async def stops_alone_and_goes_on(bench: Bench, runner: Runner, why: str, mend: Callable[[], None]) -> None:
    """The partition stops and says so; what others bring comes to the topic; once it is mended, all of it does."""
    (first,) = await send(runner, SENDER, LARGE)
    assert first.status == 200

    async def said() -> bool:
        return why in runner.relay.stopped.get(PLACE, "")

    await until(said)
    assert any("(docs/operating.md, Not taken)" in trouble for trouble in runner.troubles())
    await send(runner, SENDER, *(parcel(name, name) for name in OTHERS), parcel("L", "behind it"))
    await until(lambda: published(bench, 2 * len(OTHERS)))
    assert await said()
    assert not (await bench.topic(SENDER))[PLACE]
    mend()
    await until(lambda: published(bench, 2 * len(OTHERS) + 4))

    async def nothing_is_stopped() -> bool:
        return not runner.relay.stopped

    await until(nothing_is_stopped)


async def test_what_is_larger_than_a_topic_takes_stops_its_own_partition_until_it_takes_it(bench: Bench) -> None:
    await bench.fresh(SENDER)
    set_topic(bench, "max.message.bytes", str(SMALL))
    async with bench.run(SENDER) as runner:
        await stops_alone_and_goes_on(bench, runner, "MessageSizeTooLarge", lambda: widen(bench.kafka, [SENDER.topic]))


async def test_so_does_what_is_stamped_as_a_topic_takes_no_stamp(bench: Bench) -> None:
    await bench.fresh(SENDER)
    set_topic(bench, "message.timestamp.after.max.ms", "3600000")
    await bench.rows(SENDER, "UPDATE counters SET recorded = now() + INTERVAL '2 days' WHERE partition = $1", PLACE)
    async with bench.run(SENDER) as runner:
        await stops_alone_and_goes_on(bench, runner, "InvalidTimestamp", lambda: widen(bench.kafka, [SENDER.topic]))


async def test_so_does_what_was_recorded_as_one_and_is_more_than_is_ever_sent(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.fresh(SENDER)
    monkeypatch.setattr(relay, "LARGEST_BYTES", SMALL)
    async with bench.run(SENDER) as runner:

        def mend() -> None:
            monkeypatch.setattr(relay, "LARGEST_BYTES", LARGEST_BYTES)

        await stops_alone_and_goes_on(bench, runner, "TooLarge", mend)
