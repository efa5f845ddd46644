"""The database side of a batch: one transaction, locks always in the same order, SQL in files of its own."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

from chassis.write.batch import Batch
from chassis.write.effects import LoadedStream
from chassis.write.inputs import AGENDA_COLUMNS, ConsumerPosition, ParkedRecord, PartitionHead, Receipt
from decider.input import who_waits_where
from entries.entry import LARGEST_BYTES, Entry, Line, read_document
from servers.database import PASSING as PASSING
from servers.database import Database as Database
from servers.database import is_passing as is_passing
from servers.database import statement

sql = partial(statement, "chassis")
"""The statement in `sql/<name>.sql`."""
Connection = Any  # asyncpg ships no types
AS_ROW = attrgetter("partition", "position", "stream", "kind", "type", "recorded", "traceparent", "chain", "value")
"""An entry as a row of the journal."""
BY_NAME = itemgetter(0, 1)
"""In this order rows are locked."""
WIDTHS = (9, 1 + len(PartitionHead._fields), 7, 2 + len(Receipt._fields), 2 + len(ConsumerPosition._fields), 3)
"""Columns of what a batch writes, table by table, as `write_batch.sql` numbers them."""


class OtherStateVersion(Exception):  # noqa: N818 - a state of the world, named as one
    """The states in the database are of another shape than this process folds."""

    def __init__(self, there: int, here: int) -> None:
        super().__init__(f"states have the shape {there}, this process folds {here}")
        self.newer = there > here


async def load(
    connection: Connection, batch: Batch, partitions: Iterable[int], streams: Iterable[str],
    keys: Iterable[tuple[str, str]] = (), asking: Sequence[str] = (), *, room: int = 2**62,
) -> None:  # fmt: skip
    """Locks the ends of the partitions, in order, then reads all that deciding on these streams and keys needs.

    The first is read, and of the rest what begins within the `room`; what does not is named in the batch. Of those that
    are `asking` what they hold, all entries are read. Raises OtherShape where the states there are not those that this
    service's deciders fold.
    """
    sorted_ = sorted(set(partitions))
    for row in await connection.fetch(sql("lock_counters"), sorted_):
        if row["shape"] != batch.service.state_version:
            raise OtherStateVersion(row["shape"], batch.service.state_version)
        batch.writer.heads[row["partition"]] = PartitionHead(row["position"], row["chain"], row["recorded"])
    names = _columns(list(dict.fromkeys(keys)), width=2)
    read = await connection.fetchrow(sql("read_for_batch"), sorted_, list(dict.fromkeys(streams)), *names, room)
    batch.writer.now = read["now"]
    batch.writer.consumed = {
        (upstream, partition): ConsumerPosition(*consumed) for upstream, partition, *consumed in read["fences"]
    }
    for stream, partition, sequence, state in read["states"]:
        if state is None:
            batch.unread.add(stream)
        else:
            _read_state(batch.loaded(stream, partition), sequence, state)
    for one in (ParkedRecord(*row) for row in read["parked"]):
        batch.loaded(one.stream, one.partition).parked.append(one)
    for row in await connection.fetch(sql("read_past"), list(dict.fromkeys(asking))) if asking else ():
        batch.loaded(row["stream"], row["partition"]).past.append(row["value"])
    batch.unread |= {name for name, loaded in batch.states.items() if loaded.parked and not loaded.parked[0].value}
    await _read_answers(connection, batch, read["receipts"], room)


async def _read_answers(connection: Connection, batch: Batch, receipts: Iterable[Any], room: int) -> None:
    """Reads the entries by which keys were answered, as long as there is room."""
    for client, key, partition, first, size in receipts:
        if room <= 0:
            batch.unread.add((client, key))
            continue
        entries = await read_entries(connection, partition, first, size)
        room -= sum(len(entry.value) for entry in entries)
        batch.remembered[client, key] = entries


async def read_entries(connection: Connection, partition: int, first: int, size: int) -> list[Entry]:
    """The input at a position and what it led to, `size` entries in all."""
    lines = await connection.fetch(sql("read_journal"), partition, first, first + size - 1, LARGEST_BYTES)
    return [Entry.of(partition, Line(*line), read_document(line["value"])) for line in lines]


def _read_state(loaded: LoadedStream, sequence: int, stored: bytes) -> None:
    loaded.sequence = sequence
    try:
        loaded.before = loaded.kind.states.load(stored)
        loaded.state = loaded.before.state
    except ValueError as error:
        loaded.unread = f"its state is of another version than this one: {type(error).__name__}"


async def save(connection: Connection, batch: Batch) -> None:
    """Writes everything that the batch decided, or took back."""
    writer, changed = batch.writer, [loaded for loaded in batch.states.values() if loaded.changed]
    await _write(
        connection,
        [AS_ROW(entry) for entry in writer.entries],
        [(partition, *writer.heads[partition]) for partition in {entry.partition for entry in writer.entries}],
        [_state_row(loaded) for loaded in changed if not loaded.unread],
        [(*name, *receipt) for name, receipt in batch.new_receipts.items()],
        [(*name, *writer.consumed[name]) for name in batch.moved_positions],
        list(writer.numbers),
    )
    if unread := [(loaded.stream, loaded.sequence) for loaded in changed if loaded.unread]:
        await connection.execute(sql("count_entries"), *_columns(unread, width=2))
    if batch.writer.internal_commands:
        rows = [told.row() for told in batch.writer.internal_commands]
        await connection.copy_records_to_table("agenda", records=rows, columns=AGENDA_COLUMNS)
    if batch.settled:
        await connection.execute(sql("take_off_agenda"), *_columns(batch.settled, width=2))
    let_go = set(batch.unparked)
    if newly_parked := [one for one in batch.newly_parked if one not in let_go]:
        await connection.copy_records_to_table("parked", records=newly_parked, columns=ParkedRecord._fields)
    if let_go:
        await connection.execute(sql("take_off_shelf"), *_columns([one[:2] for one in let_go], width=2))


async def write_states(
    connection: Connection, loaded: Iterable[LoadedStream], numbers: Sequence[tuple[str, str, int]] = ()
) -> None:
    await _write(connection, (), (), [_state_row(one) for one in loaded], (), (), numbers)


async def _write(connection: Connection, *tables: Sequence[Sequence[Any]]) -> None:
    """Rows for all tables in one statement: a question to the database costs more than a few rows do."""
    columns = [_columns(sorted(rows, key=BY_NAME), width) for rows, width in zip(tables, WIDTHS, strict=True)]
    if any(tables):
        await connection.execute(sql("write_batch"), *chain.from_iterable(columns))


async def read_positions(connection: Connection, partitions: Iterable[int]) -> dict[tuple[str, int], ConsumerPosition]:
    rows = await connection.fetch(sql("read_positions"), list(partitions))
    return {
        (r["upstream"], r["partition"]): ConsumerPosition(r["position"], r["chain"], r["offset_next"]) for r in rows
    }


def _state_row(loaded: LoadedStream) -> tuple[Any, ...]:
    stored, points = loaded.written or (loaded.kind.states.dump(loaded.state), loaded.kind.open_points(loaded.state))
    due = min((at for at, _ in loaded.kind.due(loaded.state)), default=None)
    return loaded.stream, loaded.partition, loaded.sequence, stored, *who_waits_where(points), due


def _columns(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    """Rows turned into the columns that `unnest` takes."""
    return [list(column) for column in zip(*rows, strict=True)] or [[]] * width
