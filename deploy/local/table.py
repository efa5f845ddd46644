"""How the status looks to people and to programs; neither form carries a secret."""

import json
from datetime import UTC, datetime

from rich.console import Group
from rich.table import Table
from rich.text import Text

from deploy.local import services
from deploy.local.stack import Stack
from deploy.local.status import GOOD, ProgramStatus, StackStatus
from deploy.local.urls import without_password

TROUBLES_SHOWN = 3


def as_table(status: StackStatus) -> Group:
    """A row for each program, and below it what ails whom."""
    table = Table("name", "pid", "state", "since", "restarts", "address", "health", box=None, pad_edge=False)
    for each in status.programs:
        state = f"[{'green' if each.state in GOOD else 'yellow'}]{each.state}[/]"
        health = "see below" if each.troubles else each.health
        table.add_row(each.name, str(each.pid or ""), state, _ago(each.since), str(each.restarts), each.address, health)
    return Group(table, *(Text(line) for each in status.programs for line in _troubles(each)))


def _troubles(each: ProgramStatus) -> list[str]:
    """What ails a program: the first few, and how to see the rest."""
    if len(each.troubles) < 2:
        return [f"{each.name}: {trouble}" for trouble in each.troubles]
    shown = [f"  {trouble}" for trouble in each.troubles[:TROUBLES_SHOWN]]
    if left := len(each.troubles) - len(shown):
        shown.append(f"  and {left} more: make status JSON=1")
    return [f"{each.name}: {len(each.troubles)} troubles", *shown]


def as_json(stack: Stack, status: StackStatus) -> str:
    """Doors, brokers, databases, and every program."""
    told = {
        "up": status.up,
        "folder": str(stack.folder.path),
        "lacks_room": stack.folder.lacks_room(),
        "doors": {each.name: each.address for each in status.programs if each.address.startswith("http")},
        "brokers": [stack.kafka],
        "databases": _databases(stack, status),
        "programs": [_program(each) for each in status.programs],
    }
    return json.dumps(told, indent=1)


def _databases(stack: Stack, status: StackStatus) -> dict[str, str]:
    """Every service's database, without its password (that is in the state folder, for its owner's eyes)."""
    names = [each.name for each in services.installed() if each.name in status]
    return {name: without_password(stack.postgres(name)) for name in names}


def _program(each: ProgramStatus) -> dict[str, object]:
    told = ("name", "pid", "state", "since", "restarts", "address", "health", "troubles")
    return {name: getattr(each, name) for name in told}


def _ago(since: str) -> str:
    if not since:
        return ""
    seconds = int((datetime.now(UTC) - datetime.fromisoformat(since)).total_seconds())
    hours, rest = divmod(max(seconds, 0), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"
