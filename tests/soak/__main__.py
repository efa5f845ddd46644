"""`make soak`: twenty minutes at less than half of what the machine does; whatever grows is named. `MINUTES=2`: short.

A stack in a folder and on ports of its own; all of it goes in the end. Exit 1 if anything grows, or the audit does not
agree. The figures of the last run stand in `benchmarks/soak.json`.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from deploy.local.failure import StackError
from deploy.local.telling import telling
from deploy.testing.stacks import local_stack
from tests.faults.gathering import SERVICES
from tests.soak import figures, running
from tests.soak.running import Outcome

FIGURES = Path(__file__).parents[2] / "benchmarks" / "soak.json"
MINUTES = 20.0
SECONDS_MAX = 1200.0
"""A run is given up after so long beyond its minutes."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-m", dest="minutes", type=float, default=MINUTES)
    minutes: float = parser.parse_args().minutes
    try:
        outcome = asyncio.run(_bounded(minutes))
    except (StackError, TimeoutError) as error:
        print(f"soak: {error or 'given up: it took too long'}")
        return 1
    except KeyboardInterrupt:
        print("soak: interrupted; the stack is gone")
        return 130
    if not outcome.samples:
        print("\n".join(["soak: it did not come to its load", *outcome.stuck]))
        return 1
    figures.show(outcome)
    figures.write(outcome, FIGURES)
    print(f"soak: {'nothing grows' if outcome.whole else 'WRONG'} ({FIGURES})")
    return 0 if outcome.whole else 1


async def _bounded(minutes: float) -> Outcome:
    print(f"{minutes:g} minutes of load; starting a stack")
    with local_stack(names=SERVICES) as stack, tempfile.TemporaryDirectory() as folder, telling() as tell:
        async with asyncio.timeout(SECONDS_MAX + 60 * minutes):
            return await running.run(stack, Path(folder), minutes, tell)


if __name__ == "__main__":
    sys.exit(main())
