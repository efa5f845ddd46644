"""A service on FastStream as its documentation shows it: a message, one transaction, then publish."""

import asyncio
from typing import Any

from faststream import FastStream
from faststream.kafka import KafkaBroker

from benchmarks.faststream_lifecycle import Message, connected, events, inputs, is_own, told, upstreams
from benchmarks.rivals import READY, topic

SESSIONS = 5
NEW = "INSERT INTO states (stream, known) VALUES ($1, '{}') ON CONFLICT DO NOTHING"
READ = "SELECT known FROM states WHERE stream = $1 FOR UPDATE"
WRITE = "UPDATE states SET known = $2 WHERE stream = $1"
APPEND = "INSERT INTO journal (stream, value) VALUES ($1, $2)"


async def main() -> None:
    said = told()
    service, run = said["service"], said["run"]
    pool = await connected(said["postgres"], SESSIONS)
    broker = KafkaBroker(said["kafka"], logger=None)
    app = FastStream(broker, logger=None)

    async def handle(message: Message) -> None:
        led_to: list[Message] = []
        async with pool.acquire() as session, session.transaction():
            for each in inputs(service, message):
                led_to += await _taken(session, service, each)
        for event in led_to:
            await broker.publish(event, topic(run, service), key=event.stream.encode())

    sources = [topic(run, service, "commands"), *(topic(run, name) for name in upstreams(service))]
    for source in sources:
        broker.subscriber(source, group_id=f"{source}-{service}", auto_offset_reset="earliest")(handle)

    @app.after_startup
    async def ready() -> None:
        print(READY.decode(), end="", flush=True)

    await app.run()


async def _taken(session: Any, service: str, message: Message) -> list[Message]:
    await session.execute(NEW, message.stream)
    known = await session.fetchval(READ, message.stream)
    found = events(service, message, known)
    await session.execute(WRITE, message.stream, sorted({*known, message.type, *(each.type for each in found)}))
    rows = [message, *found] if is_own(service, message) else found
    await session.executemany(APPEND, [(each.stream, each.model_dump_json().encode()) for each in rows])
    return found


if __name__ == "__main__":
    asyncio.run(main())
