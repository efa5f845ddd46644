"""Whatever batch somebody puts on a topic, of any kind: whoever reads skips it, and goes on behind it."""

import struct
from collections.abc import Iterable, Sequence

import pytest
from aiokafka import TopicPartition
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from aiokafka.record.legacy_records import LegacyRecordBatchBuilder
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.record.util import calc_crc32c
from confluent_kafka import Producer

from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_runner import parcel, until
from chassis.tests.test_topics import set_to
from chassis.tests.workbench import Bench, send
from entries.entry import partition_of
from servers.kafka import Readable

PLACE = TopicPartition("test.sender.v1", 7)
CRC, ATTRIBUTES = 17, 21
"""Where both stand in a batch."""


def batch(first: int, *values: bytes, header: bytes = b"name", attributes: int = 0) -> bytes:
    """A batch as a broker keeps it, by gzip packed indeed; `header` is what the second record's header is called."""
    builder = DefaultRecordBatchBuilder(2, attributes if attributes == 1 else 0, 0, -1, -1, 0, 100_000)
    for offset, value in enumerate(values):
        builder.append(offset, 1000, b"key", value, [("name" if offset != 1 else "x" * len(header), b"")])
    made = bytearray(bytes(builder.build()).replace(b"x" * len(header), header))
    struct.pack_into(">q", made, 0, first)
    struct.pack_into(">h", made, ATTRIBUTES, attributes)
    struct.pack_into(">I", made, CRC, calc_crc32c(bytes(made[ATTRIBUTES:])))
    return bytes(made)


def damaged(whole: bytes) -> bytes:
    return whole[:-1] + bytes([whole[-1] ^ 1])


def of_old(first: int, value: bytes) -> bytes:
    builder = LegacyRecordBatchBuilder(1, 0, 100_000)
    builder.append(0, 1000, b"key", value)
    made = bytearray(builder.build())
    struct.pack_into(">q", made, 0, first)
    return bytes(made)


def read(batches: Iterable[bytes], offset: int = 0) -> tuple[list[int], int]:
    """The offsets of what a reader is given, and where it goes on."""
    records = Readable(PLACE, MemoryRecords(b"".join(batches)), [], offset, None, None, True, 0)
    return [record.offset for record in records], records.next_fetch_offset


def read_on(batches: Sequence[bytes]) -> list[int]:
    """The same, fetch for fetch; a broker begins with the batch in which the offset stands."""
    command, offset = list[int](), 0
    while left := [one for one, behind in zip(batches, (2, 4, 6), strict=True) if behind > offset]:
        more, offset = read(left, offset)
        command += more
    return command


OURS, BEHIND = batch(0, b"a", b"b"), batch(4, b"e", b"f")
STRANGE = {
    **{name: batch(2, b"c", b"d", attributes=codec) for codec, name in enumerate(("gzip", "snappy", "lz4", "zstd"), 1)},
    "a method that nobody knows": batch(2, b"c", b"d", attributes=7),
    "a marker of a transaction": batch(2, b"c", b"d", attributes=0x20),
    "damaged": damaged(batch(2, b"c", b"d")),
    "of an older format": of_old(3, b"d"),
}


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE.keys())
def test_a_batch_of_any_other_kind_is_passed_over(strange: bytes) -> None:
    assert read_on([OURS, strange, BEHIND]) == [0, 1, 4, 5]
    assert read([OURS, strange])[0] == [0, 1]


def test_what_stands_behind_a_header_that_cannot_be_read_is_passed_over_with_it() -> None:
    assert read_on([OURS, batch(2, b"c", b"d", header=b"\xff\xfe"), BEHIND]) == [0, 1, 2, 4, 5]


def test_reading_begins_in_the_midst_of_a_batch_too() -> None:
    assert read([OURS, BEHIND], offset=1) == ([1, 4, 5], 6)


def test_of_what_is_no_batch_at_all_no_more_is_asked_than_to_begin_behind_it() -> None:
    nonsense = bytes(8) + struct.pack(">i", 3) + b"abc"
    assert read([nonsense, BEHIND]) == ([], 1)


def compress(bench: Bench, partition: int) -> None:
    """A stranger's batches on both topics, one by each method; the first would come to more than a record may have."""
    for codec in ("gzip", "snappy", "lz4", "zstd"):
        producer = Producer(
            {"bootstrap.servers": bench.kafka, "compression.type": codec, "message.max.bytes": 30_000_000}
        )
        for service in (SENDER, KEEPER):
            producer.produce(service.topic, bytes(20_000_000 if codec == "gzip" else 2_000), partition=partition)
        assert producer.flush(30) == 0


@pytest.mark.parametrize("stored", ["producer", "uncompressed"])
async def test_services_publish_and_read_on_past_what_strangers_compress(bench: Bench, stored: str) -> None:
    """On a topic that stores batches as they come, as older ones do, and on one of ours."""
    await bench.fresh(SENDER, KEEPER)
    for service in (SENDER, KEEPER):
        set_to(bench, service, {"compression.type": stored})
    count = 0

    async def kept() -> bool:
        (row,) = await bench.rows(KEEPER, "SELECT count(*) FROM journal WHERE type = 'Kept'")
        return bool(row["count"] == count)

    for _ in range(2):  # While they work, and at a start.
        async with bench.run(SENDER) as sender, bench.run(KEEPER) as keeper:
            compress(bench, partition_of("parcel/P1"))
            count += 1
            await send(sender, SENDER, parcel("P1", f"k{count}"))
            await until(kept)
            troubles = [*sender.troubles(), *keeper.troubles()]
            assert [trouble for trouble in troubles if "has compression.type=producer" not in trouble] == []
        await bench.lose_database(KEEPER)
