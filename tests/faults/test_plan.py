"""What the whole campaign does, and what is left of it at a small scale."""

from collections import Counter
from random import Random

import pytest

from tests.faults.gathering import SERVICES
from tests.faults.plan import LEAPS, planned
from tests.faults.strange import CODECS
from tests.hostile.loads import LOADS


def counted(scale: float) -> Counter[str]:
    return Counter(fault.what for fault in planned(scale, Random(1)))  # noqa: S311


@pytest.mark.parametrize(("scale", "kills", "freezes", "servers"), [(1, 20, 5, 5), (0.1, 2, 1, 1), (0.01, 1, 1, 1)])
def test_everything_is_done_as_often_as_it_should_be(scale: float, kills: int, freezes: int, servers: int) -> None:
    found = counted(scale)
    for service in SERVICES:
        both = found[f"{service}: both processes killed"]
        assert found[f"{service}: a process killed"] + 2 * both == kills
        assert found[f"{service}: a process frozen"] == freezes
        assert found[f"{service}: started late"] == (service != "arrival")
    assert found["Kafka killed"] == found["PostgreSQL killed"] == servers


def test_the_order_is_by_chance_and_the_same_in_every_run() -> None:
    first, again = ([fault.what for fault in planned(1, Random(1))] for _ in range(2))  # noqa: S311
    assert first == again
    assert first != sorted(first)


def test_all_kinds_are_in_it_and_no_disk_is_filled_where_none_can_be_mounted() -> None:
    found = counted(1)
    for what in (
        "the services' clocks leap an hour ahead", "the services' clocks leap an hour back",
        "the databases' clock leaps an hour ahead", "the databases' clock leaps an hour back",
    ):  # fmt: skip
        assert found[what] == LEAPS
    for what in ("all lines to Kafka dead", "PostgreSQL out of reach"):
        assert found[what] == 5
    assert {f"strangers' records, compressed: {codec}" for codec in CODECS} <= set(found)
    assert {f"{service}: requests at every limit" for service in SERVICES} <= set(found)
    assert {f"one client: {load.__name__.replace('_', ' ')}" for load in LOADS} <= set(found)
    assert sum(what.startswith("clearance: a version back") for what in found) == 1
    assert sum("disk" in what for what in found) == 3
    assert not any("disk" in fault.what for fault in planned(1, Random(1), disks=False))  # noqa: S311
