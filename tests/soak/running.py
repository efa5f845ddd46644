"""A long run: the machine's most is measured, then part of it is kept up while samples are taken, then the audit."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from deploy.local.stack import Stack
from deploy.local.telling import Silent, Tell
from tests.faults import campaign, damage, quiet
from tests.faults.damage import Fault, Scene
from tests.faults.evidence import Log
from tests.faults.gathering import SERVICES
from tests.faults.load import CONSIGNMENTS, LORRIES
from tests.faults.shipments import STEPS, convoy
from tests.soak.judging import Course, courses
from tests.soak.sampling import Figures, Sample, of_programs, of_standing

SHARE = 0.4
"""Of what the machine does at most."""
PACING_SECONDS, WARMING_SECONDS_MAX = 30.0, 60.0
SAMPLE_SECONDS = 5.0
SAMPLES_MIN = 8
REST_SECONDS_MAX = 20.0
"""Or a convoy would not come to its end any more."""


@dataclass(kw_only=True)
class Outcome:
    """What a run came to."""

    minutes: float
    most: float = 0.0
    """Commands accepted in a second when nobody rested."""
    samples: list[Sample] = field(default_factory=list)
    stuck: Sequence[str] = ()
    audit: str = ""

    @property
    def rate(self) -> float:
        """Commands accepted in a second, over all samples."""
        first, last = self.samples[0], self.samples[-1]
        return (last.commands - first.commands) / max(last.at - first.at, 1.0)

    @property
    def courses(self) -> list[Course]:
        return courses(self.samples, SERVICES)

    @property
    def unfit(self) -> str:
        """Why it says nothing of growth; empty where it does."""
        if len(self.samples) < SAMPLES_MIN:
            return f"{len(self.samples)} samples are too few"
        return "" if self.rate > SHARE * self.most / 2 else "the load fell away"

    @property
    def whole(self) -> bool:
        if self.stuck or self.audit or self.unfit:
            return False
        return all(each.level is not False for each in self.courses)


async def run(stack: Stack, folder: Path, minutes: float, tell: Tell | None = None) -> Outcome:
    """Load for so many minutes, besides what finding its pace takes; then quiet, then the audit."""
    outcome = Outcome(minutes=minutes)

    async def soak(scene: Scene) -> None:
        outcome.most = await pace(scene)
        await keep_sampling(scene, minutes * 60, outcome.samples)

    with Log(folder / "soak.jsonl") as log:
        load = campaign.new_load(stack, "K1", log, rest=0.0)
        scene = Scene(stack=stack, load=load, log=log, folder=folder, tell=tell or Silent())
        stuck = await campaign.damaged(scene, [Fault(what=f"{minutes:g} minutes of load", do=soak)], [])
    outcome.stuck = stuck + await campaign.settled(scene)
    scene.tell.show("the audit compares topics, journals and states")
    outcome.audit = await campaign.audited(stack)
    return outcome


async def pace(scene: Scene) -> float:
    """Finds how long to rest, in two steps: full load, then what it would have to be, corrected by how it was."""
    scene.tell.show("warming up")
    enough, until = campaign.WORKERS * commands_of_a_convoy(), time.monotonic() + WARMING_SECONDS_MAX
    await damage.until(lambda: scene.log.commands.total() >= enough or time.monotonic() > until, "it warms up")
    most = await _rate(scene, "at full load")
    measured = most
    for _ in range(2):
        scene.load.rest = rest_for(SHARE * most, measured, scene.load.rest)
        measured = await _rate(scene, f"resting {scene.load.rest:.1f} s between two steps")
    scene.tell.say(f"at full load {most:,.0f} commands a second, now {measured:,.0f}")
    return most


async def _rate(scene: Scene, doing: str) -> float:
    """Commands accepted in a second, for a while; by then most of what began at another pace has come to its end."""
    scene.tell.show(f"finding the pace: {doing}")
    await asyncio.sleep(PACING_SECONDS / 2)
    began, before = time.monotonic(), scene.log.commands.total()
    await asyncio.sleep(PACING_SECONDS)
    return (scene.log.commands.total() - before) / (time.monotonic() - began)


def rest_for(wanted: float, measured: float, rest: float) -> float:
    """The seconds to rest for a rate of commands, given the rate that was measured at a rest; within bounds."""
    at_once = campaign.WORKERS * commands_of_a_convoy()
    more = (at_once / max(wanted, 1.0) - at_once / max(measured, 1.0)) / len(STEPS)
    return min(max(0.0, rest + more), REST_SECONDS_MAX)


def commands_of_a_convoy() -> float:
    """How many are accepted of one, on an average: every other one is sent twice."""
    lorries = convoy("K0", 0, LORRIES, CONSIGNMENTS)
    return 1.5 * sum(len(step.commands(lorries)) for step in STEPS)


async def keep_sampling(scene: Scene, seconds: float, samples: list[Sample]) -> None:
    """Adds a sample every few seconds."""
    began = time.monotonic()
    while (at := time.monotonic() - began) <= seconds:
        commands = scene.log.commands.total()
        samples.append(Sample(at=at, commands=commands, figures=await asyncio.to_thread(_figures, scene)))
        scene.tell.show(f"{at / 60:.0f} of {seconds / 60:g} minutes, {commands:,} commands")
        await asyncio.sleep(SAMPLE_SECONDS)


def _figures(scene: Scene) -> Figures:
    try:
        return {**of_programs(scene.stack.status()), **of_standing(quiet.read(scene.databases))}
    except psycopg.Error as error:
        raise damage.Stuck(f"a database does not answer: {error}") from error
