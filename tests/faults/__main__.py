"""`make faults`: everything that is done to a stack, under load, and the judgement; `N=0.1` a tenth of it,
`ONLY=disk` what has that word in its name.

Two processes of each service, Kafka and PostgreSQL, in a folder and on ports of their own; all of it goes in the end.
Exit 1 if anything is wrong. The figures of the last run stand in `benchmarks/faults.json`.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from deploy.local.failure import StackError
from deploy.local.telling import telling
from tests.faults import campaign, figures, plan
from tests.faults.campaign import Outcome
from tests.faults.place import place

FIGURES = Path(__file__).parents[2] / "benchmarks" / "faults.json"
REST_SECONDS = 1.0
"""Steady, and gentle enough that the checker can hold half an hour of it in memory."""
SEED = 1
SECONDS_MAX, SECONDS_MAX_MORE = 1200.0, 4800.0
"""A run is given up after so long, and so much more for all of it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-n", dest="scale", type=float, default=1.0, help="0.1 is a tenth of everything")
    parser.add_argument("only", nargs="*", metavar="WORD", help="only what has one of these words in its name")
    options = parser.parse_args()
    scale: float = options.scale
    try:
        outcome = asyncio.run(_bounded(scale, options.only))
    except (StackError, TimeoutError) as error:
        print(f"faults: {error or 'given up: it took too long'}")
        return 1
    except KeyboardInterrupt:
        print("faults: interrupted; the stack is gone")
        return 130
    figures.show(outcome)
    if not options.only:
        figures.write(outcome, scale, FIGURES)
    where = "not written" if options.only else FIGURES
    print(f"faults: {'nothing lost, doubled, out of order or altered' if outcome.whole else 'WRONG'} ({where})")
    return 0 if outcome.whole else 1


async def _bounded(scale: float, only: Sequence[str]) -> Outcome:
    print("starting a stack with two processes of each service")
    with tempfile.TemporaryDirectory() as name, place(Path(name)) as there, telling() as tell:
        if there.no_disks:
            tell.say(f"no disk is filled, for none can be mounted here: {there.no_disks}")
        faults = plan.planned(scale, Random(SEED), disks=not there.no_disks)  # noqa: S311  (the same in every run)
        faults = [fault for fault in faults if not only or any(word in fault.what for word in only)]
        tell.say(f"{len(faults)} faults, in an order of their own")
        async with asyncio.timeout(SECONDS_MAX + scale * SECONDS_MAX_MORE):
            return await campaign.run(
                there.stack, "F0", Path(name), faults, tell=tell, lines=there.lines, hooks=there.hooks,
                rest=REST_SECONDS,
            )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
