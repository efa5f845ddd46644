"""What the whole campaign does, and what is left of it at a small scale."""

from collections import Counter
from random import Random

import pytest

from tests.faults.gathering import SERVICES
from tests.faults.plan import planned


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
