"""What a process says of what went wrong: little, at once, and nothing of what it was sent."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import asyncpg
import pytest
from pydantic import TypeAdapter, ValidationError

from telemetry import logs
from telemetry.logs import log

BYTES_MAX = logs.LINES_MAX * (logs.CHARACTERS_MAX + 1) + 500
SECRET = "key-4711-of-somebody"  # noqa: S105 - what must not be found in a log

Said = Callable[[], str]


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str]) -> Said:
    return lambda: capfd.readouterr().out


@pytest.fixture
def taken_over(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a process of its own."""
    level = logging.root.level
    monkeypatch.setattr(logging.root, "handlers", [])
    logs.take_over()
    yield
    logging.root.setLevel(level)


def fall(depth: int = 0) -> None:
    """Raises, deep down, amid what a batch holds."""
    body, held = SECRET * 5_000_000, dict.fromkeys(range(100_000), SECRET)
    if depth:
        fall(depth - 1)
    raise ValueError("it does not hold", len(body), len(held))


def test_an_exception_amid_much_is_told_in_few_bytes_and_without_values(said: Said) -> None:
    try:
        fall()
    except ValueError:
        log.exception("a command raised", case="arrival/1/2")
    text = said()
    assert len(text) < 1_500
    assert SECRET not in text
    assert "a command raised" in text
    assert "case=arrival/1/2" in text
    assert "ValueError: ('it does not hold', 100000000, 100000)" in text
    assert "test_logs.py" in text


def test_however_an_exception_came_about_it_is_told_in_bounded_bytes(said: Said) -> None:
    def chained(length: int) -> Exception:
        before = ValueError("the first")
        for number in range(length):
            try:
                raise ValueError("x" * 1_000_000, number) from before
            except ValueError as error:
                before = error
        return ExceptionGroup("many", [before] * 50)

    def deep() -> None:
        deep()

    with pytest.raises(RecursionError) as fell:
        deep()
    for error in (chained(500), chained(1), fell.value, ValueError("x\n" * 1_000_000)):
        log.error("it happened", exc_info=error, much="y" * 1_000_000, more=["z" * 1_000_000])
        text = said()
        assert len(text) < BYTES_MAX, error
        assert type(error).__name__ in text


def test_what_an_exception_quotes_of_its_input_is_not_told(said: Said) -> None:
    known = asyncpg.UniqueViolationError('duplicate key violates "receipts_pkey"')
    known.detail = f"Key (client, key)=({SECRET}) already exists."
    unfit = asyncpg.DataError(f"invalid input for query argument $3: ['{SECRET}'] (expected str)")
    with pytest.raises(ValidationError) as malformed:
        TypeAdapter(dict[str, int]).validate_python({"weight": SECRET})
    for error in (known, unfit, malformed.value):
        log.error("it happened", exc_info=error, error=str(error), again=repr(error))
        text = said()
        assert SECRET not in text
        assert type(error).__name__ in text
    assert "weight" in text, "which field it was is said"


def test_an_exception_whose_message_raises_is_told_by_its_name(said: Said) -> None:
    class Mute(Exception):  # noqa: N818 - what it is
        def __str__(self) -> str:
            raise RuntimeError("no words")

    log.error("it happened", exc_info=Mute())
    assert "Mute" in said()


@pytest.mark.usefixtures("taken_over")
def test_what_libraries_say_goes_the_same_way(said: Said) -> None:
    try:
        fall()
    except ValueError:
        logging.getLogger("asyncio").exception("Exception in %s", "a task")
    logging.getLogger("a.library").warning("no broker at %s", "b" * 10_000)
    logging.getLogger("a.library").info("two lines for every call")
    text = said()
    assert len(text) < 4_000
    assert SECRET not in text
    assert [word for word in ("Exception in a task", "it does not hold", "no broker at b") if word not in text] == []
    assert "every call" not in text


FULL = """
import os
from chassis import log
try:
    raise ValueError("broken")
except ValueError:
    for _ in range(3):
        log.exception("a command raised")
os.dup2(2, 1)
log.info("there is room again")
"""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no disk that is always full here")
def test_a_full_disk_costs_lines_and_nothing_else_and_how_many_is_told() -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run([sys.executable, "-c", FULL], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "3 lines could not be written here" in ran.stderr
    assert "there is room again" in ran.stderr
