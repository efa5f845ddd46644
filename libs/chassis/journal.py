"""The database side of a batch: one transaction, locks always in the same order, SQL in files of its own."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

import asyncpg

from chassis import log
from chassis.batch import Batch
from chassis.deciding import Held
from chassis.entry import Entry, Line, read_document
from chassis.inputs import Fence, Receipt, Shelved, Tail, Told

Connection = Any  # asyncpg ships no types
PASSING = (
    OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError, asyncpg.TransactionRollbackError, asyncpg.ObjectNotInPrerequisiteStateError,
    asyncpg.IdleInTransactionSessionTimeoutError, asyncpg.UniqueViolationError, asyncpg.InvalidCatalogNameError,
    asyncpg.InvalidAuthorizationSpecificationError, asyncpg.UndefinedTableError, asyncpg.InternalClientError,
)  # fmt: skip
"""What a database says while it is away or not made yet, or when two processes met: the same is tried again."""
AS_ROW = attrgetter("partition", "position", "stream", "kind", "type", "recorded", "traceparent", "chain", "value")
"""An entry as a row of the journal."""
BY_NAME = itemgetter(0, 1)
"""In this order rows are locked."""
WIDTHS = (9, 1 + len(Tail._fields), 7, 2 + len(Receipt._fields), 2 + len(Fence._fields))
"""Columns of what a batch writes, table by table, as `write_batch.sql` numbers them."""
SESSIONS = 5
SESSION = {
    "timezone": "UTC", "jit": "off", "plan_cache_mode": "force_custom_plan",
    "lock_timeout": "5s", "statement_timeout": "10s", "idle_in_transaction_session_timeout": "5s",
}  # fmt: skip
KEEPALIVE = {"tcp_keepalives_idle": "5", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
"""Of a socket in the file system there is nothing to keep alive, so this is not asserted."""


class WrongSession(Exception):  # noqa: N818 - a state of the world, named as one
    """A session without the settings that were asked for."""


class OtherShape(Exception):  # noqa: N818 - a state of the world, named as one
    """The states in the database are of another shape than this process folds."""

    def __init__(self, there: int, here: int) -> None:
        super().__init__(f"states have the shape {there}, this process folds {here}")
        self.newer = there > here


def is_passing(error: Exception) -> bool:
    """Whether the same may work later. What asyncpg cannot encode is an InterfaceError too, and will never."""
    return isinstance(error, PASSING) and not isinstance(error, ValueError)


@cache
def sql(name: str) -> str:
    """The statement in `sql/<name>.sql`."""
    return files("chassis").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


class Database:
    """A service's own database. `opened` counts its sessions: behind a new one, it may be an older copy of itself."""

    pool: Any = None
    opened = 0

    async def _begin(self, connection: Connection) -> None:
        """Asserts what the design rests on: between us and the database something may forget settings."""
        for row in await connection.fetch(sql("read_settings"), list(SESSION)):
            if row["value"] != SESSION[row["name"]]:
                raise WrongSession(f"{row['name']} is {row['value']}, not {SESSION[row['name']]}: is there a pooler?")
        self.opened += 1

    @classmethod
    async def connect(cls, url: str, service: str) -> "Database":
        """Sessions that wait for nobody for long, plan for the data that is there now, and live until they are cut."""
        database = cls()
        database.pool = await asyncpg.create_pool(
            url, min_size=SESSIONS, max_size=SESSIONS, max_queries=2**62, max_inactive_connection_lifetime=0,
            server_settings={**SESSION, **KEEPALIVE, "application_name": f"serhet-{service}"},
            init=database._begin, reset=_as_it_is, command_timeout=15,
        )  # fmt: skip
        return database

    async def clear_way(self, error: Exception) -> None:
        """Where a lock did not come, ends other sessions of this service that hold some and say nothing."""
        if not isinstance(error, asyncpg.LockNotAvailableError):
            return
        try:
            await self.pool.execute(sql("end_sleepers"))
        except PASSING as passing:
            log.info("sleepers were not ended", error=repr(passing))


async def _as_it_is(connection: Connection) -> None:
    """Leaves a session as it is: nothing here outlasts its transaction, and a reset is one more question each time."""


async def load(
    connection: Connection, batch: Batch, partitions: Iterable[int], streams: Iterable[str],
    keys: Iterable[tuple[str, str]] = (),
) -> None:  # fmt: skip
    """Locks the ends of the partitions, in order, then reads all that deciding on these streams and keys needs.

    Raises OtherShape where the states there are not those that this service's deciders fold.
    """
    sorted_ = sorted(set(partitions))
    for row in await connection.fetch(sql("lock_counters"), sorted_):
        if row["shape"] != batch.service.shape:
            raise OtherShape(row["shape"], batch.service.shape)
        batch.ledger.tails[row["partition"]] = Tail(row["position"], row["chain"], row["recorded"])
    names = _columns(sorted(set(keys)), width=2)
    read = await connection.fetchrow(sql("read_for_batch"), sorted_, sorted(set(streams)), *names)
    batch.ledger.now = read["now"]
    batch.ledger.fences = {(upstream, partition): Fence(*fence) for upstream, partition, *fence in read["fences"]}
    for stream, partition, sequence, state in read["states"]:
        kind = batch.service.kind_of(stream)
        assert kind is not None
        batch.states[stream] = Held(kind, stream, partition, kind.load(state), sequence)
    for one in (Shelved(*row) for row in read["parked"]):
        batch.held(one.stream, one.partition).shelf.append(one)
    for client, key, partition, first, size in read["receipts"]:
        lines = await connection.fetch(sql("read_journal"), partition, first, first + size - 1)
        entries = [Entry.of(partition, Line(*line), read_document(line["value"])) for line in lines]
        batch.remembered[client, key] = entries


async def save(connection: Connection, batch: Batch) -> None:
    """Writes everything that the batch decided, or took back."""
    ledger = batch.ledger
    await _write(
        connection,
        [AS_ROW(entry) for entry in ledger.entries],
        [(partition, *ledger.tails[partition]) for partition in {entry.partition for entry in ledger.entries}],
        [_state_row(held) for held in batch.states.values() if held.changed],
        [(*name, *receipt) for name, receipt in batch.new_receipts.items()],
        [(*name, *ledger.fences[name]) for name in batch.moved_fences],
    )
    if batch.told:
        await connection.copy_records_to_table("agenda", records=batch.told, columns=Told._fields)
    if batch.settled:
        await connection.execute(sql("take_off_agenda"), *_columns(batch.settled, width=2))
    let_go = set(batch.unshelved)
    if shelved := [one for one in batch.shelved if one not in let_go]:
        await connection.copy_records_to_table("parked", records=shelved, columns=Shelved._fields)
    if let_go:
        await connection.execute(sql("take_off_shelf"), *_columns([one[:2] for one in let_go], width=2))


async def write_states(connection: Connection, held: Iterable[Held]) -> None:
    await _write(connection, (), (), [_state_row(one) for one in held], (), ())


async def _write(connection: Connection, *tables: Sequence[Sequence[Any]]) -> None:
    """Rows for all tables in one statement: a question to the database costs more than a few rows do."""
    columns = [_columns(sorted(rows, key=BY_NAME), width) for rows, width in zip(tables, WIDTHS, strict=True)]
    if any(tables):
        await connection.execute(sql("write_batch"), *chain.from_iterable(columns))


async def read_fences(connection: Connection, partitions: Iterable[int]) -> dict[tuple[str, int], Fence]:
    rows = await connection.fetch(sql("read_fences"), list(partitions))
    return {(r["upstream"], r["partition"]): Fence(r["position"], r["chain"], r["offset_next"]) for r in rows}


def _state_row(held: Held) -> tuple[Any, ...]:
    stored, points = held.written or (held.kind.dump(held.state), held.kind.open_points(held.state))
    place = next((point.place for point in points if point.place), None)
    acts = ",".join(point.act for point in points)
    due = min((at for at, _ in held.kind.due(held.state)), default=None)
    return held.stream, held.partition, held.sequence, stored, acts, place, due


def _columns(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    """Rows turned into the columns that `unnest` takes."""
    return [list(column) for column in zip(*rows, strict=True)] or [[]] * width
