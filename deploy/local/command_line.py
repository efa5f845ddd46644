"""Command lines of the rooms that work on a stack: commands with their help, and what is said where one fails."""

import argparse
import errno
import signal
import sys
from collections.abc import Callable
from types import FrameType

from deploy.local.failure import StackError

Act = Callable[[argparse.Namespace], int]
Adder = Callable[[str, Act], argparse.ArgumentParser]

INTERRUPTED = 130


def commands_of(module: str, description: str) -> tuple[argparse.ArgumentParser, Adder]:
    """The command line of `python -m module`, and what adds a command to it; a command's docstring is its help."""
    whole = argparse.ArgumentParser(prog=f"python -m {module}", description=description)
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, act: Act) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=act.__doc__, description=act.__doc__)
        added.set_defaults(act=act)
        return added

    return whole, add


def run(parser: argparse.ArgumentParser) -> int:
    """Run what was typed; the exit status. A StackError, Ctrl-C and a full disk end in a sentence."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    arguments = parser.parse_args()
    try:
        act: Act = arguments.act
        return act(arguments)
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return 1
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print(f"there is no room for {error.filename or 'it'}: free some, then do the same again", file=sys.stderr)
        return 1


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
