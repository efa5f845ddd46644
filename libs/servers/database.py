"""Sessions with a service's own database: what they assert, where they lead, what becomes of one on a dead line."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache, partial, wraps
from importlib.resources import files
from typing import Any, NamedTuple

import asyncpg

from telemetry.logs import log

PASSING = (
    OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError, asyncpg.TransactionRollbackError, asyncpg.ObjectNotInPrerequisiteStateError,
    asyncpg.IdleInTransactionSessionTimeoutError, asyncpg.UniqueViolationError, asyncpg.InvalidCatalogNameError,
    asyncpg.InvalidAuthorizationSpecificationError, asyncpg.UndefinedTableError, asyncpg.InternalClientError,
    asyncpg.PostgresSystemError,
)  # fmt: skip
"""What a database says while it is away or not made yet, or when two processes met: the same is tried again."""
SESSIONS, READING_SESSIONS = 5, 2
SESSION = {
    "timezone": "UTC", "jit": "off", "plan_cache_mode": "force_custom_plan", "synchronous_commit": "on",
    "lock_timeout": "5s", "statement_timeout": "7s", "idle_in_transaction_session_timeout": "5s",
    "default_transaction_isolation": "read committed",
}  # fmt: skip
SERVER = {"fsync": "on"}
"""What no session sets and each asserts: what was answered is not lost with the machine's power."""
ANSWER_SECONDS, CONNECT_SECONDS = 8.0, 4.0
"""Within these a statement is answered and a session opened; beyond, the line is taken for dead."""
KEEPALIVE = {
    "tcp_keepalives_idle": "3", "tcp_keepalives_interval": "2", "tcp_keepalives_count": "3",
    "tcp_user_timeout": "9000",
}  # fmt: skip
"""Of a socket in the file system there is nothing to keep alive, so this is not asserted."""
SOCKET = {"TCP_KEEPIDLE": 3, "TCP_KEEPINTVL": 2, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 9000}
"""The same at this end of the line, where the system knows these options."""
SLEEP_SECONDS = 10.0
"""Who holds a transaction and says nothing for so long is stopped, or gone."""
AWAKE_SECONDS = 1.0
"""So often whoever works within a transaction says something: a fifth of what the server waits."""
WHOLE_SECONDS = 0.25
"""How often a pool is looked at, whether all of its sessions are open."""


class WrongSession(Exception):  # noqa: N818 - a state of the world, named as one
    """A session without the settings that were asked for."""


def is_passing(error: Exception) -> bool:
    """Whether the same may work later. What asyncpg cannot encode is an InterfaceError too, and will never."""
    return isinstance(error, PASSING) and not isinstance(error, ValueError)


@cache
def statement(package: str, name: str) -> str:
    """The statement in a package's `sql/<name>.sql`."""
    return files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


sql = partial(statement, "servers")


class Home(NamedTuple):
    """Where a session leads: which database, by its oid, of which start of the server."""

    database: int
    started: datetime


def _or_gone(ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The same question to the database; where no answer comes, the session ends, and all others are opened anew."""

    @wraps(ask)
    async def asked(session: "Session", *values: Any, **more: Any) -> Any:
        try:
            return await ask(session, *values, **more)
        except TimeoutError:
            session.terminate()
            await session.gone()
            raise

    return asked


class Session(asyncpg.Connection):  # type: ignore[misc]  # asyncpg ships no types
    """A session that ends where no answer comes: to cancel what was asked would take as long on the same line."""

    __slots__ = ("gone", "home")

    fetch = _or_gone(asyncpg.Connection.fetch)
    fetchrow = _or_gone(asyncpg.Connection.fetchrow)
    fetchval = _or_gone(asyncpg.Connection.fetchval)
    execute = _or_gone(asyncpg.Connection.execute)
    copy_records_to_table = _or_gone(asyncpg.Connection.copy_records_to_table)


class Database:
    """A service's own database, by two pools of sessions: one to work, one that only reads, for whoever asks."""

    pool: Any = None
    reading: Any = None
    home: Home | None = None
    """Where the newest session leads: if it is elsewhere than before, this may be an older copy of the database."""

    async def _begin(self, session: Session) -> None:
        """Asserts what the design rests on: between us and the database something may forget settings."""
        session.gone = self._open_anew
        wanted = SESSION | SERVER
        for row in await session.fetch(sql("read_settings"), list(wanted)):
            if row["value"] != wanted[row["name"]]:
                raise WrongSession(f"{row['name']} is {row['value']}, not {wanted[row['name']]}: is there a pooler?")
        keep_alive(session._transport.get_extra_info("socket"))
        session.home = Home(*await session.fetchrow(sql("read_home")))
        if session.home != self.home:
            self.home = session.home
            await self._open_anew()

    async def _open_anew(self) -> None:
        """Each session is opened anew before it is used again."""
        for pool in filter(None, (self.pool, self.reading)):
            await pool.expire_connections()

    @classmethod
    async def connect(cls, url: str, service: str) -> "Database":
        """Sessions that wait for nobody for long, plan for the data that is there now, and live until they are cut."""
        database = cls()
        try:
            database.pool = await database._pool(url, f"serhet-{service}", SESSIONS)
            database.reading = await database._pool(
                url, f"serhet-{service}-reading", READING_SESSIONS, default_transaction_read_only="on"
            )
        except BaseException:
            if database.pool is not None:
                database.pool.terminate()
            raise
        return database

    async def _pool(self, url: str, name: str, size: int, **more: str) -> Any:
        return await asyncpg.create_pool(
            url, min_size=size, max_size=size, max_queries=2**62, max_inactive_connection_lifetime=0,
            server_settings={**SESSION, **KEEPALIVE, **more, "application_name": name}, connection_class=Session,
            init=self._begin, reset=_as_it_is, command_timeout=ANSWER_SECONDS, timeout=CONNECT_SECONDS,
        )  # fmt: skip

    @property
    def missing(self) -> int:
        """How many sessions are not open."""
        return sum(map(_missing, (self.pool, self.reading)))

    async def keep_whole(self) -> None:
        """Opens all sessions at once after a loss, until cancelled: asyncpg opens one by one, ever more slowly."""
        while True:
            await asyncio.sleep(WHOLE_SECONDS)
            for pool in (self.pool, self.reading):
                if missing := _missing(pool):  # So many at the same time are all that are free.
                    asked = (pool.execute("SELECT") for _ in range(missing + pool.get_idle_size()))
                    await asyncio.gather(*asked, return_exceptions=True)

    async def close(self) -> None:
        for pool in (self.reading, self.pool):
            await pool.close()

    def terminate(self) -> None:
        for pool in (self.reading, self.pool):
            pool.terminate()

    async def clear_way(self, error: Exception) -> None:
        """Where a lock did not come, ends other sessions of this service that hold some and say nothing."""
        if not isinstance(error, asyncpg.LockNotAvailableError):
            return
        try:
            await self.pool.execute(sql("end_sleepers"), SLEEP_SECONDS)
        except PASSING as passing:
            log.info("sleepers were not ended", error=repr(passing))


def _missing(pool: Any) -> int:
    size: int = pool.get_min_size() - pool.get_size()
    return size


async def within(session: Session, work: Callable[[], None], is_long: bool) -> None:
    """Does the work within the session's transaction; what is long in a thread, so that the loop goes on.

    The session says something meanwhile: else its server would take it for a sleeper, and end the transaction, however
    often the same is tried.
    """
    if not is_long:
        return work()
    doing = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        while not (await asyncio.wait([doing], timeout=AWAKE_SECONDS))[0]:
            await session.execute("SELECT")
    finally:
        await asyncio.wait([doing])
    return doing.result()


def keep_alive(line: Any) -> None:
    """A line that dies without a word is noticed by the system, whether something is under way on it or not."""
    if line is not None and line.family != socket.AF_UNIX:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in SOCKET.items():
            if (option := getattr(socket, name, None)) is not None:
                line.setsockopt(socket.IPPROTO_TCP, option, value)


async def _as_it_is(session: Session) -> None:
    """Leaves a session as it is: nothing here outlasts its transaction, and a reset is one more question each time."""
