"""A service on FastStream as somebody who knows it well writes it: `batch=True`, one transaction a batch, then publish.

At least once: after a crash a batch is taken again.
"""

import asyncio
from typing import Any

from faststream import AckPolicy, FastStream
from faststream.kafka import KafkaBroker

from benchmarks.faststream_lifecycle import Message, connected, events, inputs, is_own, told, upstreams
from benchmarks.rivals import READY, topic

RECORDS_MAX = 500
LINGER_MS = 2
READ = "SELECT stream, known FROM states WHERE stream = ANY($1::text[])"
WRITE = """
INSERT INTO states (stream, known)
SELECT stream, string_to_array(known, ',') FROM unnest($1::text[], $2::text[]) AS new (stream, known)
ON CONFLICT (stream) DO UPDATE SET known = excluded.known
"""


async def main() -> None:
    said = told()
    service, run = said["service"], said["run"]
    pool = await connected(said["postgres"], 2)
    broker = KafkaBroker(said["kafka"], logger=None, linger_ms=LINGER_MS)
    app = FastStream(broker, logger=None)
    turn = asyncio.Lock()

    async def handle(messages: list[Message]) -> None:
        async with turn, pool.acquire() as session, session.transaction():
            led_to = await _taken(session, service, messages)
        await asyncio.gather(*(broker.publish(each, topic(run, service), key=each.stream.encode()) for each in led_to))

    sources = [topic(run, service, "commands"), *(topic(run, name) for name in upstreams(service))]
    broker.subscriber(
        *sources, batch=True, max_records=RECORDS_MAX, batch_timeout_ms=20, group_id=f"{run}-{service}",
        auto_offset_reset="earliest", ack_policy=AckPolicy.ACK,
    )(handle)  # fmt: skip

    @app.after_startup
    async def ready() -> None:
        print(READY.decode(), end="", flush=True)

    await app.run()


async def _taken(session: Any, service: str, messages: list[Message]) -> list[Message]:
    taken = [each for message in messages for each in inputs(service, message)]
    rows = await session.fetch(READ, sorted({each.stream for each in taken}))
    known = {row["stream"]: set(row["known"]) for row in rows}
    led_to: list[Message] = []
    journal: list[Message] = []
    for each in taken:
        before = known.setdefault(each.stream, set())
        found = events(service, each, before)
        before |= {each.type, *(event.type for event in found)}
        journal += [each, *found] if is_own(service, each) else found
        led_to += found
    lines = [(each.stream, each.model_dump_json().encode()) for each in journal]
    await session.copy_records_to_table("journal", records=lines, columns=("stream", "value"))
    await session.execute(WRITE, list(known), [",".join(sorted(each)) for each in known.values()])
    return led_to


if __name__ == "__main__":
    asyncio.run(main())
