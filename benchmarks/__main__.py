"""`make bench`: all measurements in one run; `ONLY=throughput` one part, `QUICK=1` short and small.

Parts: throughput, latency, replay, growth, standing. Kafka, PostgreSQL and the services run in a folder and on ports of
their own, and all of it goes in the end. What was measured is written into `latest.json`, the plot and the table in
`README.md`, unless it was quick; lines of other parts stay as they are.
"""

import argparse
import asyncio
import os
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from statistics import median

from benchmarks import growth, latency, replay, report, standing, throughput
from benchmarks.figures import collected
from benchmarks.rows import ROWS
from benchmarks.settings import FULL, QUICK, Settings
from benchmarks.stage import Stage, staged
from benchmarks.throughput import Measured
from deploy.local.failure import StackError
from deploy.local.telling import telling

PARTS = ("throughput", "latency", "replay", "growth", "standing")
SECONDS_MAX = 30 * 60.0
"""A run is given up after so long."""
PACE, PACE_UNKNOWN = "lifecycles_per_second", 20.0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument("--quick", action="store_true", help="short and small; nothing is written")
    asked = parser.parse_args()
    parts, settings = [asked.only] if asked.only else PARTS, QUICK if asked.quick else FULL
    load = os.getloadavg()[0]
    try:
        measured = asyncio.run(_bounded(parts, settings))
    except (StackError, TimeoutError) as error:
        print(f"bench: {error or 'given up: it took too long'}")
        return 1
    except KeyboardInterrupt:
        print("bench: interrupted; the stack is gone")
        return 130
    report.show(collected(ROWS, measured))
    if not asked.quick:
        report.write(measured, load)
    return 0


async def _bounded(parts: list[str] | tuple[str, ...], settings: Settings) -> dict[str, list[float]]:
    measured: dict[str, list[float]] = defaultdict(list)
    with telling() as tell, staged(tell) as stage:
        async with asyncio.timeout(SECONDS_MAX):
            for part in parts:
                async for name, value in _part(part, stage, settings, measured):
                    measured[name].append(value)
                    tell.say(f"{name:<24} {value:>12,.2f}")
    return measured


def _part(part: str, stage: Stage, settings: Settings, measured: dict[str, list[float]]) -> AsyncIterator[Measured]:
    match part:
        case "throughput":
            return throughput.measure(stage, settings)
        case "latency":
            return latency.measure(stage, settings, _pace(measured))
        case "replay":
            return replay.measure(stage, settings)
        case "growth":
            return growth.measure(stage, settings)
        case _:
            return standing.measure(stage, settings)


def _pace(measured: dict[str, list[float]]) -> float:
    """Half of what this run reached, or the last one did."""
    if reached := measured.get(PACE):
        return median(reached) / 2
    return float(report.last().get(PACE, 2 * PACE_UNKNOWN)) / 2


if __name__ == "__main__":
    sys.exit(main())
