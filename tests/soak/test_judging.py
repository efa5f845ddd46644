"""What counts as growth, and what does not."""

import math
import subprocess
import sys
import time
from random import Random

import psutil  # type: ignore[import-untyped]
import pytest

from deploy.local.status import ProgramStatus, StackStatus, State
from tests.faults.quiet import Standing
from tests.faults.shipments import STEPS
from tests.soak.figures import told
from tests.soak.judging import BOUNDS, HOUR, Course, courses, is_level, slope
from tests.soak.running import REST_SECONDS_MAX, SHARE, Outcome, commands_of_a_convoy, rest_for
from tests.soak.sampling import (
    BEHIND,
    BYTES,
    FILES,
    MEMORY,
    RESTARTS,
    SOCKETS,
    TO_TELL,
    UNPUBLISHED,
    Sample,
    of_programs,
    of_standing,
)

EVERY, TWENTY_MINUTES = 5.0, 1200.0


def course(figure: list[float], what: str = MEMORY, judged: bool = True, seconds: float = TWENTY_MINUTES) -> Course:
    """Of one figure, sampled evenly over these seconds."""
    step = seconds / (len(figure) - 1)
    samples = [Sample(at=n * step, commands=0, figures={("release", what): value}) for n, value in enumerate(figure)]
    (found,) = courses(samples, ["release"] if judged else [])
    return found


def times(seconds: float = TWENTY_MINUTES) -> list[float]:
    return [n * EVERY for n in range(int(seconds / EVERY) + 1)]


def test_a_leak_of_a_megabyte_a_minute_is_found_under_noise() -> None:
    chance = Random(1)  # noqa: S311
    found = course([100 + at / 60 + chance.uniform(-3, 3) for at in times()])
    assert found.level is False
    assert found.late == pytest.approx(60, abs=8)


def test_noise_and_a_single_leap_are_no_growth() -> None:
    chance = Random(2)  # noqa: S311
    assert course([100 + chance.uniform(-5, 5) for _ in times()]).level is True
    assert course([100.0 if at < 800 else 140.0 if at < 900 else 100.0 for at in times()]).level is True


def test_what_fills_in_the_beginning_and_comes_to_an_end_is_level() -> None:
    assert course([100 + 50 * (1 - math.exp(-at / 150)) for at in times()]).level is True


def test_what_begins_to_grow_after_a_while_is_found() -> None:
    assert course([100.0 if at < 400 else 100 + (at - 400) / 30 for at in times()]).level is False


def test_a_socket_a_minute_is_found() -> None:
    assert course([30 + at // 60 for at in times()], SOCKETS).level is False


@pytest.mark.parametrize("what", [BEHIND, UNPUBLISHED, TO_TELL])
def test_falling_behind_is_found_and_a_backlog_that_comes_and_goes_is_not(what: str) -> None:
    assert course([at * 2 for at in times()], what).level is False
    assert course([400 * (n % 3) for n, _ in enumerate(times())], what).level is True


def test_a_process_that_was_started_again_is_found() -> None:
    assert course([0.0 if at < 700 else 1.0 for at in times()], RESTARTS).level is False
    assert course([0.0 for _ in times()], RESTARTS).level is True


def test_a_short_run_is_not_judged_by_a_slope_that_it_cannot_measure() -> None:
    assert course([100 + at / 20 for at in times(60)], seconds=60).level is True
    assert course([100 + at for at in times(60)], seconds=60).level is False


def test_servers_are_shown_and_not_judged() -> None:
    found = course(times(), judged=False)
    assert found.level is None
    assert found.late == pytest.approx(HOUR)


def test_a_slope_is_bent_by_no_outlier() -> None:
    assert slope([(0, 0), (1, 2), (2, 4), (3, 900), (4, 8), (5, 10)]) == 2
    assert slope([(0, 1)]) == slope([]) == 0


def test_a_figure_is_shown_by_how_it_began_and_ended_and_its_most() -> None:
    found = course([1.0, 1.0, 7.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 3.0], FILES)
    assert (found.who, found.what, found.first, found.last, found.most) == ("release", FILES, 1, 3, 7)


@pytest.mark.parametrize(("late", "level"), [(BOUNDS[MEMORY].hourly, True), (BOUNDS[MEMORY].hourly + 1, False)])
def test_the_bound_is_what_an_hour_may_add(late: float, level: bool) -> None:
    assert is_level(BOUNDS[MEMORY], early=0, late=late, seconds=HOUR) == level


def test_the_pace_is_found_by_resting() -> None:
    """A convoy of w seconds at work, sent by twelve: the rate follows from the rest, and the rest from the rate."""
    work, steps, workers = 6.0, len(STEPS), 12

    def rate(rest: float) -> float:
        return workers * commands_of_a_convoy() / (work + steps * rest)

    rest = rest_for(SHARE * rate(0), rate(0), 0)
    assert rate(rest) == pytest.approx(SHARE * rate(0))
    assert rest_for(rate(0) * 2, rate(0), 0) == 0
    assert rest_for(0, rate(0), 0) == REST_SECONDS_MAX


PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"


def test_a_program_is_measured_with_all_that_it_started() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE) as program:
        own = psutil.Process(program.pid)
        while not own.children():
            time.sleep(0.05)
        time.sleep(0.5)
        measured_with_children(own)
        program.communicate(b"\n")


def measured_with_children(own: psutil.Process) -> None:
    all_of_it = [own, *own.children()]
    now = StackStatus(
        running=True,
        programs=(
            ProgramStatus(name="release", state=State.UP, pid=own.pid, restarts=2),
            ProgramStatus(name="prepare", state=State.DONE),
        ),
    )
    found = of_programs(now)
    assert {who for who, _ in found} == {"release"}
    assert found["release", RESTARTS] == 2
    memory = sum(each.memory_full_info().pss for each in all_of_it) / BYTES
    assert found["release", MEMORY] == pytest.approx(memory, rel=0.2)
    assert found["release", FILES] == sum(each.num_fds() for each in all_of_it)


def test_behind_is_what_others_have_written_and_a_reader_has_not_applied() -> None:
    standing = Standing(
        ends={("arrival", 0): 10, ("arrival", 1): 5, ("release", 0): 4},
        consumed={("release", "arrival", 0): 7, ("release", "arrival", 1): 5},
        cursors={("arrival", 0): 10, ("release", 0): 1},
        left_to_tell={"arrival": 6},
    )
    assert of_standing(standing) == {
        ("release", BEHIND): 3,
        ("arrival", UNPUBLISHED): 0,
        ("release", UNPUBLISHED): 3,
        ("arrival", TO_TELL): 6,
    }


def a_run(rate: float, count: int, audit: str = "") -> Outcome:
    """A quiet one, on a machine that takes a hundred commands a second."""
    figures = {("release", MEMORY): 80.0}
    samples = [Sample(at=n * EVERY, commands=int(n * EVERY * rate), figures=figures) for n in range(count)]
    return Outcome(minutes=1, most=100.0, samples=samples, audit=audit)


def test_a_run_says_something_only_with_enough_samples_under_its_load() -> None:
    assert a_run(40, 12).whole
    assert told(a_run(40, 12)).splitlines() == [
        "1 minutes at 40 commands a second, 40 percent of what was taken at most",
        "audit: agrees",
    ]
    assert not a_run(40, 3).whole
    assert "not to be judged: 3 samples are too few" in told(a_run(40, 3))
    assert not a_run(10, 12).whole
    assert "not to be judged: the load fell away" in told(a_run(10, 12))
    assert not Outcome(minutes=1, samples=a_run(40, 1).samples).whole
    assert not a_run(40, 12, audit="WRONG").whole
    assert told(a_run(40, 12, audit="WRONG")).endswith("audit: WRONG")
