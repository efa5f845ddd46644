"""`make faults`: everything that is done to a stack, under load, and the judgement; `N=0.1` a tenth of it.

Two processes of each service, Kafka and PostgreSQL, in a folder and on ports of their own; all of it goes in the end.
Exit 1 if anything is wrong. The figures of the last run stand in `benchmarks/faults.json`.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from random import Random

from deploy.local.failure import StackError
from deploy.local.telling import telling
from deploy.local.testing import local_stack
from tests.faults import campaign, figures, plan
from tests.faults.campaign import Outcome
from tests.faults.gathering import SERVICES
from tests.faults.lines import Lines

FIGURES = Path(__file__).parents[2] / "benchmarks" / "faults.json"
REST_SECONDS = 1.0
"""Steady, and gentle enough that the checker can hold half an hour of it in memory."""
SEED = 1
SECONDS_MAX, SECONDS_MAX_MORE = 1200.0, 4800.0
"""A run is given up after so long, and so much more for all of it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-n", dest="scale", type=float, default=1.0, help="0.1 is a tenth of everything")
    scale: float = parser.parse_args().scale
    try:
        outcome = asyncio.run(_bounded(scale))
    except (StackError, TimeoutError) as error:
        print(f"faults: {error or 'given up: it took too long'}")
        return 1
    except KeyboardInterrupt:
        print("faults: interrupted; the stack is gone")
        return 130
    figures.show(outcome)
    figures.write(outcome, scale, FIGURES)
    print(f"faults: {'nothing lost, doubled, out of order or altered' if outcome.whole else 'WRONG'} ({FIGURES})")
    return 0 if outcome.whole else 1


async def _bounded(scale: float) -> Outcome:
    faults = plan.planned(scale, Random(SEED))  # noqa: S311  (the same in every run)
    print(f"{len(faults)} faults, in an order of their own; starting a stack with two processes of each service")
    lines, folder = Lines(), tempfile.TemporaryDirectory()
    with local_stack(names=SERVICES, processes=2, lines=lines.laid) as stack, folder as place, telling() as tell:
        async with asyncio.timeout(SECONDS_MAX + scale * SECONDS_MAX_MORE):
            return await campaign.run(stack, "F0", Path(place), faults, tell=tell, lines=lines, rest=REST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
