"""A wire between services and one of their servers: what passes can be made to stand still, and the wire can be cut."""

import asyncio
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from chassis.tests.workbench import Bench

CHUNK = 65536
NUMBER = struct.Struct(">i")
GONE = (OSError, asyncio.IncompleteReadError)
HERE = "127.0.0.1"


@dataclass(eq=False)
class Wire:
    """Passes bytes on, both ways. A broker says where it is, so there that address is exchanged for the wire's own."""

    host: str
    port: int
    kafka: bool = False
    own_port: int = 0
    stands: asyncio.Event = field(default_factory=asyncio.Event)
    _flows: asyncio.Event = field(default_factory=asyncio.Event)
    """Of all connections that were made since the line died last."""
    _dead: list[asyncio.Event] = field(default_factory=list)
    _last_words: bytes | None = None
    _ends: set[asyncio.StreamWriter] = field(default_factory=set)
    _connections: set[asyncio.Task[None]] = field(default_factory=set)

    @contextmanager
    def still(self, behind: bytes | None = None) -> Iterator[None]:
        """Nothing comes through, and neither end hears of it, not even that the other hangs up; then all of it does.

        With `behind`, that begins when these words have gone to the server, and what follows them has not.
        """
        self._last_words = behind
        if behind is None:
            self.stop()
        try:
            yield
        finally:
            self.flow()

    def stop(self) -> None:
        self._flows.clear()
        self.stands.set()

    def flow(self) -> None:
        self._last_words = None
        self.stands.clear()
        self._flows.set()

    def die(self) -> None:
        """What stands is dead and neither end hears of it, as when packets are dropped; new connections are well."""
        self._flows.clear()
        self._dead.append(self._flows)
        self._flows = asyncio.Event()
        self._flows.set()

    def cut(self) -> None:
        """Both ends hear that the other is gone; what was under way is lost. New connections are made as before."""
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()

    @asynccontextmanager
    async def laid(self) -> AsyncIterator["Wire"]:
        self._flows.set()
        server = await asyncio.start_server(self._begin, HERE, 0)
        self.own_port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.flow()
            for flows in self._dead:
                flows.set()
            self.cut()
            await asyncio.gather(*self._connections, return_exceptions=True)

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._connect(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        flows = self._flows
        await flows.wait()
        try:
            server_reader, server_writer = await asyncio.open_connection(self.host, self.port)
        except OSError:
            writer.close()
            return
        ends = {writer, server_writer}
        self._ends |= ends
        await asyncio.gather(self._there(reader, server_writer, flows), self._back(server_reader, writer, flows))
        self._ends -= ends

    async def _there(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flows: asyncio.Event) -> None:
        try:
            while chunk := await reader.read(CHUNK):
                await flows.wait()
                if self._last_words and self._last_words in chunk:
                    first, words, chunk = chunk.partition(self._last_words)
                    writer.write(first + words)
                    self.stop()
                    await flows.wait()
                writer.write(chunk)
                await writer.drain()
        except GONE:
            return
        finally:
            await flows.wait()
            writer.close()

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flows: asyncio.Event) -> None:
        try:
            while chunk := await (self._response(reader) if self.kafka else reader.read(CHUNK)):
                await flows.wait()
                writer.write(chunk)
                await writer.drain()
        except GONE:
            return
        finally:
            await flows.wait()
            writer.close()

    async def _response(self, reader: asyncio.StreamReader) -> bytes:
        """One whole response of a broker, with the wire's address in the place of the broker's."""
        length = await reader.readexactly(NUMBER.size)
        body = await reader.readexactly(NUMBER.unpack(length)[0])
        return length + body.replace(_told(self.host, self.port), _told(HERE, self.own_port))


def _told(host: str, port: int) -> bytes:
    """A broker's address as its protocol has it; exchanged for one as long, the response keeps its length."""
    assert len(host) == len(HERE), f"a wire leads to a broker on this machine only, not to {host}"
    return host.encode() + NUMBER.pack(port)


@asynccontextmanager
async def postgres_wire(bench: Bench) -> AsyncIterator[tuple[Wire, Bench]]:
    """A wire to Postgres, and the bench of whoever is at its other end."""
    parts = urlsplit(bench.postgres)
    async with Wire(parts.hostname or HERE, parts.port or 5432).laid() as wire:
        place = f"{parts.netloc.rpartition('@')[0]}@{HERE}:{wire.own_port}"
        yield wire, replace(bench, postgres=parts._replace(netloc=place).geturl())


@asynccontextmanager
async def kafka_wire(bench: Bench) -> AsyncIterator[tuple[Wire, Bench]]:
    """The same to Kafka."""
    host, _, port = bench.kafka.rpartition(":")
    async with Wire(host, int(port), kafka=True).laid() as wire:
        yield wire, replace(bench, kafka=f"{HERE}:{wire.own_port}")
