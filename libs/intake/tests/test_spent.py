"""How long a turn may take: processor time, looked at seldom."""

import time

import pytest

from intake.turns import LOOK_SECONDS, Spent


class Clocks:
    """The wall's and the processor's, and how often the slow one was looked at."""

    def __init__(self) -> None:
        self.wall = self.own = 100.0
        self.looks = 0

    def goes_on(self, wall: float, own: float) -> None:
        self.wall += wall
        self.own += own

    def processor(self) -> float:
        self.looks += 1
        return self.own


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    its = Clocks()
    monkeypatch.setattr(time, "monotonic", lambda: its.wall)
    monkeypatch.setattr(time, "thread_time", its.processor)
    return its


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1])
def test_the_time_is_up_when_it_is_spent_and_little_later(clocks: Clocks, share: float) -> None:
    spent, step = Spent(), 0.0001
    while not spent.is_over(0.025):
        clocks.goes_on(step, step * share)
    assert 0.025 < clocks.own - 100.0 <= 0.025 + (LOOK_SECONDS + step) * share
    assert clocks.looks < 60, "of 250 to 2,500 inputs"


def test_waiting_for_the_processor_is_no_work(clocks: Clocks) -> None:
    spent = Spent()
    for _ in range(100):
        clocks.goes_on(1.0, 0.0)
        assert not spent.is_over(0.025)


def test_what_took_longer_than_all_of_it_is_seen_at_once(clocks: Clocks) -> None:
    spent = Spent()
    assert not spent.is_over(0.025)
    clocks.goes_on(0.2, 0.2)
    assert spent.is_over(0.025)
