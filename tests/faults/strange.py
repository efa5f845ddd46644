"""Records of somebody who is no relay, in batches of every compression that Kafka has."""

from confluent_kafka import Producer

from entries.entry import PARTITIONS

CODECS = ("none", "gzip", "snappy", "lz4", "zstd")
RECORDS = 20
"""Of each partition."""


def write_strange(kafka: str, topic: str, codec: str) -> None:
    """Writes some to every partition: with no headers of ours, and with a position that nobody has reached."""
    told = {"bootstrap.servers": kafka, "compression.type": codec, "linger.ms": 50}
    producer = Producer(told)
    for number in range(RECORDS * PARTITIONS):
        headers: dict[str, str | bytes | None] = {"position": str(10**12)} if number % 2 else {}
        producer.produce(topic, b"stranger " * 50, partition=number % PARTITIONS, headers=headers)
    if left := producer.flush(30):
        raise TimeoutError(f"{left} records of a stranger were not taken")
