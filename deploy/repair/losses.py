"""What a database that was set aside held and the one in its place does not: lost, and repeated by the same key."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
from rich.console import Console
from rich.table import Table
from rich.text import Text

from chassis.write.inputs import INTERNAL
from deploy.local.folder import Folder, write_private
from deploy.local.stack import Stack
from deploy.local.telling import Tell
from deploy.repair import databases
from deploy.repair.databases import connected, sql

SHOWN = 40
DROP = ".venv/bin/python -m deploy.repair drop"
KEYS_AT_ONCE = 1_000


@dataclass(frozen=True, kw_only=True)
class Lost:
    """A command that was answered and is nowhere any more. The client that sends it again under its key repeats it."""

    service: str
    client: str
    idempotencykey: str
    type: str
    stream: str
    recorded: str
    id: str
    data: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Losses:
    """Everything that is lost, and the file in which it stands as JSON lines, if there is anything."""

    lost: Sequence[Lost]
    file: Path | None


async def settle(stack: Stack, names: Iterable[str], tell: Tell) -> Losses:
    """Find and write down what is lost of all databases of these services that were set aside and not compared yet."""
    lost = [each for name in names for each in await _lost(stack, name, tell)]
    file = _write_down(stack.folder, lost)
    for name in names:
        databases.forget(stack.folder, name)
    return Losses(lost=lost, file=file)


async def _lost(stack: Stack, service: str, tell: Tell) -> Iterable[Lost]:
    found: dict[tuple[str, str], Lost] = {}
    for kept in databases.remembered(stack.folder, service):
        async with connected(stack) as session:
            if not await databases.exists(session, kept):
                continue  # It was dropped by hand, or never came to be.
        tell.say(f"{service}: its database until now is kept as {kept}; to drop it: {DROP} {kept}")
        try:
            found |= {(each.client, each.idempotencykey): each for each in await compare(stack, service, kept)}
        except asyncpg.PostgresError as error:
            tell.say(f"{kept} cannot be read, so what it alone held is not listed: {error}")
    return found.values()


async def compare(stack: Stack, service: str, kept: str) -> list[Lost]:
    """The inputs with a client's key behind the point up to which both journals agree, and whose key is not known."""
    async with connected(stack, kept) as old, connected(stack, service) as new:
        mine, theirs = await databases.session_ends(old), await databases.session_ends(new)
        lost: list[Lost] = []
        for partition, end in sorted(mine.items()):
            agreed = await _agreed(old, new, partition, min(end, theirs.get(partition, 0)))
            rows = await old.fetch(sql("read_inputs"), partition, agreed) if agreed < end else ()
            lost += _with_keys(service, rows)
        known = await _known(new, lost)
        return [each for each in lost if (each.client, each.idempotencykey) not in known]


async def _agreed(old: Any, new: Any, partition: int, end: int) -> int:
    """The last position up to which both journals are the same: where the chain is, everything before it is."""
    low, high = 0, end
    at = high
    while low < high:
        asked = [await session.fetchval(CHAIN_AT, partition, at) for session in (old, new)]
        if asked[0] is not None and asked[0] == asked[1]:
            low = at
        else:
            high = at - 1
        at = (low + high + 1) // 2
    return low


CHAIN_AT = "SELECT chain FROM journal WHERE partition = $1 AND position = $2"


def _with_keys(service: str, rows: Iterable[Any]) -> list[Lost]:
    """Those that came from outside: what a service told itself follows from them again."""
    found = []
    for row in rows:
        read = json.loads(row["value"])
        client, key = read.get("client"), read.get("idempotencykey")
        if client and key and client != INTERNAL:
            common = {"service": service, "client": client, "idempotencykey": key, "id": read.get("id", "")}
            when = row["recorded"].isoformat()
            found.append(
                Lost(**common, type=row["type"], stream=row["stream"], recorded=when, data=read.get("data", {}))
            )
    return found


async def _known(session: Any, lost: Sequence[Lost]) -> set[tuple[str, str]]:
    known: set[tuple[str, str]] = set()
    for begin in range(0, len(lost), KEYS_AT_ONCE):
        some = lost[begin : begin + KEYS_AT_ONCE]
        clients, keys = [each.client for each in some], [each.idempotencykey for each in some]
        known |= {(row["client"], row["key"]) for row in await session.fetch(sql("read_known_keys"), clients, keys)}
    return known


def _write_down(folder: Folder, lost: Sequence[Lost]) -> Path | None:
    """In a file that only its owner reads."""
    if not lost:
        return None
    path = folder / f"lost-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.jsonl"
    write_private(path, "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in lost))
    return path


def show(console: Console, found: Losses) -> None:
    """A table for whoever asked, and where the whole of it lies."""
    if not found.lost:
        console.print("nothing was lost: every command that was answered is there")
        return
    console.print(
        f"LOST: {len(found.lost)} commands that were answered and had not reached their topics. The client that sends "
        f"one again under its own key repeats it. With their contents they stand in {found.file}",
        soft_wrap=True,
    )
    table = Table("service", "client", "key", "command", "stream", "recorded", box=None, pad_edge=False)
    for each in found.lost[:SHOWN]:
        row = (each.service, each.client, each.idempotencykey, each.type, each.stream, each.recorded)
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    if len(found.lost) > SHOWN:
        console.print(f"and {len(found.lost) - SHOWN} more")
