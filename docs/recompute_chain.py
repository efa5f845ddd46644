"""Recomputes every chain of a topic from `docs/entry.md` alone: python docs/recompute_chain.py host:port topic"""

import sys
from hashlib import sha256

from confluent_kafka import Consumer, TopicPartition

kafka, topic = sys.argv[1:]
consumer = Consumer({"bootstrap.servers": kafka, "group.id": "recompute-chain", "enable.auto.commit": False})
partitions = [TopicPartition(topic, number, 0) for number in consumer.list_topics(topic, 30).topics[topic].partitions]
count = sum(consumer.get_watermark_offsets(partition, 30)[1] for partition in partitions)
consumer.assign(partitions)
records = [consumer.poll(30) for _ in range(count)]
entries = {(record.partition(), int(dict(record.headers())["position"])): record for record in reversed(records)}
ends = {}
for (partition, position), record in sorted(entries.items()):
    before, chain = ends.get(partition, (0, bytes(32)))
    ends[partition] = position, sha256(chain + record.value()).digest()
    if position != before + 1 or ends[partition][1].hex().encode() != dict(record.headers())["chain"]:
        sys.exit(f"{topic}/{partition}: the chain breaks at position {before + 1}")
