"""Processor time and memory of the stack's programs, as the operating system counts them."""

import time
from collections.abc import Iterable

import psutil  # type: ignore[import-untyped]

from client import SERVICES
from deploy.local.stack import Stack

SERVERS = ("postgres", "kafka")
MB = 1_000_000


def processes(stacks: Iterable[Stack]) -> dict[str, psutil.Process]:
    """The programs of these stacks by name: services, and servers where they are ours."""
    programs = (program for stack in stacks for program in stack.status().programs)
    return {program.name: psutil.Process(program.pid) for program in programs if program.pid and program.alive}


def spent(running: dict[str, psutil.Process]) -> dict[str, float]:
    """Seconds of processor time until now, children included, of services, PostgreSQL, Kafka, and of ourselves."""
    taken = {name: seconds(process) for name, process in running.items()}
    services = sum(taken.get(name, 0.0) for name in SERVICES)
    return {"services": services, "sender": time.process_time()} | {
        name: taken[name] for name in SERVERS if name in taken
    }


def seconds(process: psutil.Process) -> float:
    """Processor time of a process and its children."""
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            times = each.cpu_times()
            total += times.user + times.system
        except psutil.NoSuchProcess:
            continue
    return total


def memory_mb(process: psutil.Process) -> float:
    """What the process holds in memory now."""
    return float(process.memory_info().rss) / MB
