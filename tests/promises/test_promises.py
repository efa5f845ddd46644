"""Promises of the law, held against lives at random; each says how often its subject occurred."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from rich.console import Console

from tests.promises.lives import Said, lived, orders
from tests.promises.promised import PROMISES

OCCURS_MIN = 200


def held(examples: int, **more: Any) -> Counter[str]:
    """How often the subject of each promise occurred in so many lives, in all of which it was kept."""
    occurred = Counter[str]()

    @settings(max_examples=examples, deadline=None, **more, suppress_health_check=[HealthCheck.too_slow])
    @given(order=orders())
    def each_is_kept(order: tuple[Said, ...]) -> None:
        life = lived(order)
        for promise in PROMISES:
            occurred[promise.__name__] += promise(life)

    each_is_kept()
    for name, times in occurred.items():
        Console().print(f"{times:6,} {name.replace('_', ' ')}")
    return occurred


def test_each_promise_is_kept() -> None:
    assert min(held(100, derandomize=True, database=None, phases=[Phase.generate]).values()) > 0


@pytest.mark.long
def test_each_promise_is_kept_in_many_more_lives() -> None:
    assert min(held(3000).values()) >= OCCURS_MIN
