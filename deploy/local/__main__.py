"""`python -m deploy.local`: the local stack's commands. `--help` lists them."""

import argparse
import asyncio
import sys
import time

from rich.console import Console

from deploy.audit import replay as replaying
from deploy.audit import verifying
from deploy.local import issuer, jars, logs, services
from deploy.local.command_line import commands_of, run
from deploy.local.failure import StackError
from deploy.local.stack import Stack
from deploy.local.table import as_json, as_table
from deploy.local.telling import Plain, telling
from law import checkpoints


def up(arguments: argparse.Namespace) -> int:
    """start everything and wait until it is ready"""
    with telling() as tell:
        stack = Stack.from_environment(tell, () if arguments.servers else None, bound=arguments.foreground)
        stack.up()
    if not arguments.foreground:
        Console().print(as_table(stack.status()))
        return 0
    try:
        print("everything is up; Ctrl-C stops it", flush=True)
        while stack.status().running:
            time.sleep(0.2)
    finally:
        stack.down()
    return 0


def down(_: argparse.Namespace) -> int:
    """stop everything that was started here"""
    with telling() as tell:
        tell.show("stopping")
        stopped = Stack.from_environment(tell).down()
        tell.say("stopped" if stopped else "nothing was running")
    return 0


def status(arguments: argparse.Namespace) -> int:
    """say what runs; exit 0 only if everything is up"""
    stack = Stack.from_environment(Plain())
    now = stack.status()
    if arguments.json:
        print(as_json(stack, now))
    elif not now.programs:
        print("not running; `make up` starts it")
    else:
        Console().print(as_table(now))
    if not arguments.json and (lacking := stack.folder.lacks_room()):
        print(lacking)
    return 0 if now.up else 1


def show_logs(arguments: argparse.Namespace) -> int:
    """print the logs: of one program or of all"""
    folder = Stack.from_environment(Plain()).folder
    for line in logs.lines(folder, arguments.name, arguments.lines, arguments.follow):
        print(line, flush=True)
    return 0


def stop(arguments: argparse.Namespace) -> int:
    """stop one program and leave it stopped"""
    Stack.from_environment(Plain()).stop(arguments.name)
    return 0


def start(arguments: argparse.Namespace) -> int:
    """start one program that was stopped"""
    Stack.from_environment(Plain()).start(arguments.name)
    return 0


def clean(_: argparse.Namespace) -> int:
    """stop everything and delete its state"""
    stack = Stack.from_environment(Plain())
    had = stack.folder.path.exists()
    left = stack.clean()
    if not had:
        print(f"there is nothing to delete in {stack.folder.path}")
        return 0
    print(f"{stack.folder.path} is deleted" + (f", but for {', '.join(left)}: tests run there" if left else ""))
    return 0


def fetch(arguments: argparse.Namespace) -> int:
    """fetch Kafka's jars and start nothing"""
    with telling() as tell:
        found = jars.fetch(tell, tools=arguments.tools)
        tell.say(f"{len(found)} jars are in {jars.cache()}")
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """compare topics, journals and states; exit 1 names the first disagreement"""
    stack = Stack.from_environment(Plain())
    if not stack.folder.ours() and not stack.own_postgres:
        raise StackError("there is no stack here to verify; `make up` starts one")
    return asyncio.run(verifying.verify(stack.kafka, stack.postgres_admin, arguments.prefix))


def replay(arguments: argparse.Namespace) -> int:
    """decide everything on record again, under this code and its acts; exit 1 names what comes out otherwise"""
    stack = Stack.from_environment(Plain())
    if not stack.folder.ours() and not stack.own_postgres:
        raise StackError("there is no stack here to decide again; `make up` starts one")
    return asyncio.run(replaying.replay(stack.kafka, stack.postgres_admin, arguments.prefix))


def token(arguments: argparse.Namespace) -> int:
    """print a development token"""
    stack = Stack.from_environment(Plain())
    if not services.development():
        raise StackError("outside SERHET_ENV=development there is no token issuer: ask your own")
    if unknown := [code for code in arguments.checkpoint if checkpoints.find(code) is None]:
        raise StackError(f"there is no checkpoint {', '.join(unknown)}; codes are such as FRP-MIX")
    subject = arguments.subject or "@".join(("-".join(arguments.role), *arguments.checkpoint))
    try:
        told = issuer.make_token(
            stack.folder.path,
            subject=subject,
            roles=arguments.role,
            checkpoints=arguments.checkpoint,
            party=arguments.party,
        )
    except FileNotFoundError as error:
        raise StackError(f"there is no issuer in {stack.folder.path} yet; `make up` makes one") from error
    print(told)
    return 0


def parser() -> argparse.ArgumentParser:
    whole, command = commands_of("deploy.local", "Serhet's local stack")
    begin = command("up", up)
    begin.add_argument("--foreground", action="store_true", help="stay; Ctrl-C stops everything")
    begin.add_argument("--servers", action="store_true", help="Kafka and PostgreSQL only")
    command("down", down)
    command("status", status).add_argument("--json", action="store_true")
    show = command("logs", show_logs)
    show.add_argument("name", nargs="?")
    show.add_argument("-n", "--lines", type=int, default=20, metavar="N")
    show.add_argument("-f", "--follow", action="store_true")
    command("stop", stop).add_argument("name")
    command("start", start).add_argument("name")
    command("clean", clean)
    command("verify", verify).add_argument("--prefix", default="", help="read topics of this prefix, such as a copy's")
    command("replay", replay).add_argument("--prefix", default="", help="likewise")
    asked = command("token", token)
    asked.add_argument("--role", action="append", choices=issuer.ROLES, required=True)
    asked.add_argument("--checkpoint", action="append", default=[])
    asked.add_argument("--party", help="whom the subject acts for: a number, @, and who gave it")
    asked.add_argument("--subject", help="a person's or a machine's id")
    command("fetch", fetch).add_argument("--tools", action="store_true", help="Kafka's command line tools, too")
    return whole


if __name__ == "__main__":
    sys.exit(run(parser()))
