"""Latency at half load: vehicles begin at a steady pace, each with ten consignments, whether or not others are done."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson
from confluent_kafka import Consumer, KafkaException

from benchmarks.figures import percentile
from benchmarks.sending import Sender, new_client, new_sender
from benchmarks.settings import Settings
from benchmarks.shipments import CONSIGNMENTS, STEPS
from benchmarks.stage import Stage
from benchmarks.throughput import Measured, until_read
from benchmarks.watching import Watch, at_the_end, watching
from client.scenarios.road import numbered

LIFECYCLES = "customs.release.v1"
HOP = ("customs.arrival.v1", "customs.presentation.v1")
"""The hop that shows in entries: what `presentation` determines has an event of `arrival` as its cause."""


async def measure(stage: Stage, settings: Settings, pace: float) -> AsyncIterator[Measured]:
    """`pace` is in lifecycles per second."""
    with stage.services():
        for number in range(settings.rounds):
            stage.tell.show(f"latency, round {number + 1}: {pace:.0f} lifecycles/s")
            run = f"L{number}-{int(time.time())}"
            for measured in await _round(stage, settings, run, pace / CONSIGNMENTS):
                yield measured


async def _round(stage: Stage, settings: Settings, run: str, vehicles_per_second: float) -> list[Measured]:
    hops = at_the_end(stage.kafka, *HOP)
    try:
        with watching(stage.kafka, LIFECYCLES) as watch:
            async with new_client(stage.stack) as client:
                warming, sender = (new_sender(stage.stack, name, client) for name in (f"{run}w", run))
                await warming.at_pace(vehicles_per_second, settings.warm_seconds)
                await sender.at_pace(vehicles_per_second, settings.seconds)
            await until_read(watch, (len(warming.begun) + len(sender.begun)) * CONSIGNMENTS)
        entries = await asyncio.to_thread(_drained, hops)
    finally:
        hops.close()
    asks = {step.route.command for step in STEPS if step.route.reads_latest}
    posts = [seconds for name, taken in sender.seconds.items() if name not in asks for seconds in taken]
    releases = [seconds for name in asks for seconds in sender.seconds[name]]
    timed = {
        "post": posts,
        "hop": hop_seconds(entries, run),
        "release": releases,
        "lifecycle": lifecycles(sender, watch),
    }
    pace = len(sender.begun) * CONSIGNMENTS / settings.seconds
    return [("paced_lifecycles", pace), *(each for name, taken in timed.items() for each in _percentiles(name, taken))]


def _percentiles(name: str, seconds: Iterable[float]) -> list[Measured]:
    taken = sorted(seconds)
    return [(f"{name}_p{percent}_ms", percentile(taken, percent) * 1000) for percent in (50, 99)]


def lifecycles(sender: Sender, watch: Watch) -> list[float]:
    """Seconds from a vehicle's first POST until each of its consignments was read as completed."""
    ends = {stream.partition("/")[2]: at for stream, at in watch.read.items()}
    found = []
    for movement, begun in sender.begun.items():
        found += [ends[each] - begun for each in numbered(movement, CONSIGNMENTS)]
    return found


def hop_seconds(entries: Iterable[Mapping[str, Any]], run: str) -> list[float]:
    """Seconds between an event's being recorded and what it led to in another service being recorded there.

    Of the shipments of this run alone; both stamps are of the database's clock.
    """
    of_run = [entry for entry in entries if f".{run.upper()}_" in entry["subject"]]
    recorded = {entry["id"]: datetime.fromisoformat(entry["recordedtime"]) for entry in of_run}
    causes = ((entry, entry["causationid"]) for entry in of_run if entry.get("causationid") in recorded)
    return [
        (recorded[entry["id"]] - recorded[cause]).total_seconds()
        for entry, cause in causes
        if entry["source"] != f"/services/{cause.partition('/')[0]}"
    ]


def _drained(consumer: Consumer) -> list[dict[str, Any]]:
    """The documents that are there, to where nothing more comes."""
    found = []
    while records := consumer.consume(10_000, timeout=1.0):
        for record in records:
            if record.error():
                raise KafkaException(record.error())
            found.append(orjson.loads(record.value() or b"{}"))
    return found
