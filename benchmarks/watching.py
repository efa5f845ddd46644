"""The outside reader: another client than the services use counts on the topic what has come to its end."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from confluent_kafka import Consumer, KafkaException, TopicPartition

from benchmarks.shipments import COMPLETED

ASK_SECONDS = 30


@dataclass
class Watch:
    """Whose clearance was completed, and when that was read."""

    read: dict[str, float] = field(default_factory=dict)
    """The reader's monotonic clock, by stream."""
    failure: Exception | None = None

    def between(self, begin: float, end: float) -> int:
        return sum(begin <= at < end for at in list(self.read.values()))

    def rate(self, begin: float, end: float) -> float:
        """Lifecycles per second."""
        if self.failure:
            raise self.failure
        return self.between(begin, end) / (end - begin)


@contextmanager
def watching(kafka: str, topic: str) -> Iterator[Watch]:
    """Counts what comes onto the topic from now on, in a thread of its own, until the context ends."""
    consumer = at_the_end(kafka, topic)
    watch, ending = Watch(), threading.Event()
    thread = threading.Thread(target=_read, args=(consumer, watch, ending), daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        ending.set()
        thread.join()
        consumer.close()


def at_the_end(kafka: str, *topics: str) -> Consumer:
    """A consumer that reads what is written to these topics from now on."""
    consumer = Consumer({"bootstrap.servers": kafka, "group.id": f"outside-{uuid4()}", "enable.auto.commit": False})
    places = []
    for topic in topics:
        numbers = consumer.list_topics(topic, timeout=ASK_SECONDS).topics[topic].partitions
        for place in (TopicPartition(topic, number) for number in numbers):
            _, place.offset = consumer.get_watermark_offsets(place, timeout=ASK_SECONDS)
            places.append(place)
    consumer.assign(places)
    return consumer


def _read(consumer: Consumer, watch: Watch, ending: threading.Event) -> None:
    while not ending.is_set():
        for record in consumer.consume(1000, timeout=0.05):
            if record.error():
                watch.failure = KafkaException(record.error())
            elif COMPLETED in (record.value() or b""):
                watch.read.setdefault((record.key() or b"").decode(), time.monotonic())
