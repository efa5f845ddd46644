"""`python -m deploy.demo`: a day at the border on the local stack, checked and verified; the stack stays up.

Exit 0 only if every shipment came out as the script says and the services' records agree.
"""

import asyncio
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from itertools import chain
from types import FrameType

from rich.console import Console

from chassis.service import find_services
from client import Client, ServiceError
from deploy.audit.verifying import verify
from deploy.demo import script
from deploy.demo.actors import Actors, Tokens
from deploy.demo.acts import MovementActs
from deploy.demo.acts_on_goods import GoodsActs
from deploy.demo.border import Border
from deploy.demo.day import Day
from deploy.demo.listening import everything_heard, listening
from deploy.demo.lives import Life
from deploy.demo.living import Living, lives
from deploy.demo.outcomes import Found, differences, found_by, led_otherwise
from deploy.demo.playing import Stalled, play
from deploy.demo.progress import progress
from deploy.demo.summary import summary
from deploy.demo.tally import Tally
from deploy.demo.waiting import Asking
from deploy.local.failure import StackError
from deploy.local.issuer import make_token
from deploy.local.stack import Stack
from deploy.local.telling import Live, Plain, on_terminal

INTERRUPTED = 130
REQUESTS_AT_ONCE = 16
WORTH_A_LOOK = (
    ("ART4-3", "prohibited, release refused, sent back"),
    ("FRP3-5", "medicines, withheld, then permitted and released"),
    ("KNU17-1", "prohibited, stored, the term over"),
    ("ASB-F14", "a flight that unloads at Aşgabat and at Mary"),
    ("NST3", "a flight that was not to stop, and did"),
    ("FRP3", "a truck with a broken seal"),
)


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return demo()
    except (StackError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; the stack stays as it is (make down stops it)", file=sys.stderr)
        return INTERRUPTED


def demo() -> int:
    console, began = Console(highlight=False), time.monotonic()
    stack = _up()
    up_after, day = time.monotonic() - began, Day.today()
    movements, goods = script.load().movements, script.load().goods
    console.print(
        f"\nA day at the border: {len(movements)} vehicles and lines with {len(goods)} consignments; "
        f"every id begins with {day.stamp}"
    )
    seldom = lives(day)
    try:
        found = asyncio.run(_day(stack, day, seldom, console))
    except (ServiceError, Stalled) as error:
        print(error, file=sys.stderr)
        return 1
    played = time.monotonic() - began - up_after
    console.print(summary(script.load(), found, seldom))
    if wrong := [*differences(script.load(), day, found), *led_otherwise(seldom, day, found)]:
        print(f"{len(wrong)} came out otherwise than the script says:", *wrong, sep="\n  ", file=sys.stderr)
        return 1
    console.print("every shipment came out as the script says")
    if asyncio.run(verify(stack.kafka, stack.postgres_admin)) != 0:
        print("the records do not agree: see above", file=sys.stderr)
        return 1
    checked = time.monotonic() - began - up_after - played
    console.print(f"\nstack {up_after:.0f} s, day {played:.0f} s, verification {checked:.0f} s. The stack stays up:")
    _tell_what_next(stack, day)
    return 0


def _up() -> Stack:
    with ExitStack() as ending:
        tell = ending.enter_context(Live()) if on_terminal() else Plain()
        stack = Stack.from_environment(tell)
        stack.up()
        tell.say(f"the stack is up in {stack.folder.path}")
    return stack


async def _day(stack: Stack, day: Day, seldom: tuple[Life, ...], console: Console) -> Mapping[str, Found]:
    addresses = {service.name: (stack.door(service.name),) for service in stack.services}
    topics = {name: service.topic for name, service in find_services().items()}
    auditor = make_token(stack.folder.path, subject="auditor", roles=("auditor",))
    tally, tokens = Tally(script.load(), day, seldom), Tokens(stack.folder.path)
    async with (
        Client(addresses, at_once=REQUESTS_AT_ONCE) as client,
        listening(stack.kafka, topics, tally),
    ):
        border = Border(tokens, MovementActs(tally.script, day), client, tally)
        actors = Actors(tokens, GoodsActs(tally.script, day), client, tally)
        living = Living(tokens, seldom, client, tally)
        with progress(tally, console) as shown:
            asking = Asking(tally.script, day, client, auditor)
            await play(chain(border.parts(), actors.parts(), living.parts()), tally, asking, shown.show)
        await everything_heard(topics, client, auditor, tally)
    return found_by(tally, seldom)


def _tell_what_next(stack: Stack, day: Day) -> None:
    lines = [(f"make follow ID={day.id(key)}", what) for key, what in WORTH_A_LOOK]
    lines += [("make status", "what runs"), ("make verify", "the audit again")]
    lines += [(f"{stack.door(each.name)}/openapi.json", f"the doors of {each.name}") for each in stack.services]
    for command, what in (*lines, ("make down", "stops it; the records stay")):
        print(f"  {command:<41} {what}")


def _interrupt(_: int, __: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)  # Which a running loop turns into an orderly end.


if __name__ == "__main__":
    sys.exit(main())
