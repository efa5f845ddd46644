"""`python -m deploy.repair`: brings back what was lost, or is held up, on any stack. `--help` lists the commands."""

import argparse
import asyncio
import sys
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console

from deploy.audit import verifying
from deploy.local import services
from deploy.local.command_line import commands_of, run
from deploy.local.failure import StackError
from deploy.local.stack import Stack
from deploy.local.telling import Plain, Tell, telling
from deploy.repair import losses, rebuilding, restoring, topics

Outcome = TypeVar("Outcome")

AGAIN = "interrupted half-way: run the same command again"


def rebuild(arguments: argparse.Namespace) -> int:
    """bring back a lost side of the log from the other one; afterwards everything runs"""
    with telling() as tell:
        stack = Stack.from_environment(tell)
        stack.up_without_services()
        found = _alone(stack, _rebuild(stack, arguments, tell), tell)
    if found is not None:
        losses.show(Console(), found)
    with telling() as tell:
        replace(stack, tell=tell).up()
    return 0 if arguments.no_verify else asyncio.run(verifying.verify(stack.kafka, stack.postgres_admin))


async def _rebuild(stack: Stack, arguments: argparse.Namespace, tell: Tell) -> losses.Losses | None:
    if arguments.source == "kafka":
        return await rebuilding.from_kafka(stack, arguments.name, tell, arguments.anyway)
    await rebuilding.from_journal(stack, arguments.name, tell, arguments.anyway)
    return None


def copy(arguments: argparse.Namespace) -> int:
    """copy a service's database to a file while the service runs"""
    stack = Stack.from_environment(Plain())
    asyncio.run(restoring.copy(stack, arguments.name, arguments.file))
    print(f"{arguments.file} is a copy of the database of {arguments.name}")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """put a copy in the place of a service's database while the service runs"""
    with telling() as tell:
        stack = Stack.from_environment(tell)
        if not stack.status().running:
            raise StackError("the stack is not running: make up")
        found = _alone(stack, restoring.restore(stack, arguments.name, arguments.file, tell), tell)
    losses.show(Console(), found)
    return 0


def widen(arguments: argparse.Namespace) -> int:
    """have a service's topic take whatever its relay sends, and our settings; nothing is stopped"""
    (service,) = services.chosen([arguments.name])
    topics.widen(Stack.from_environment(Plain()).kafka, [service.topic])
    print(f"{service.topic} takes it now; the relay tries again within 15 s")
    return 0


def drop(arguments: argparse.Namespace) -> int:
    """drop a database that was set aside"""
    asyncio.run(restoring.drop(Stack.from_environment(Plain()), arguments.database))
    print(f"{arguments.database} is dropped")
    return 0


def _alone(stack: Stack, work: Coroutine[Any, Any, Outcome], tell: Tell) -> Outcome:
    """Do it while no other command works on this stack."""
    try:
        with stack.folder.locked():
            return asyncio.run(work)
    except KeyboardInterrupt:
        tell.say(AGAIN)
        raise


def parser() -> argparse.ArgumentParser:
    whole, command = commands_of("deploy.repair", "Bring back what was lost, or is held up")
    asked = command("rebuild", rebuild)
    asked.add_argument(
        "--from", dest="source", choices=("kafka", "journal"), required=True, help="the side that is whole"
    )
    asked.add_argument("name", nargs="*", help="services; all unless named")
    asked.add_argument("--anyway", action="store_true", help="even where one side alone holds what then is gone")
    asked.add_argument("--no-verify", action="store_true", help="without the audit afterwards")
    for name, act in (("copy", copy), ("restore", restore)):
        asked = command(name, act)
        asked.add_argument("name", help="the service")
        asked.add_argument("file", type=Path)
    command("widen", widen).add_argument("name", help="the service")
    command("drop", drop).add_argument("database", help="as it was named when it was set aside")
    return whole


if __name__ == "__main__":
    sys.exit(run(parser()))
