"""What a process says, line by line on standard output: bounded, without what it was sent, and never an error itself.

An exception is told by where it passed and by how its message begins. The values of local variables are not told: they
are whole batches, which take minutes to write, and hold keys and whose acts they were.
"""

import logging
import os
import re
import traceback
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter

CHARACTERS_MAX = 300
"""Of one value, or of one line about an exception."""
LINES_MAX = 40
"""Of an exception with all that led to it."""
FRAMES_MAX = 12
"""Of one exception: the last ones, where it was raised."""
QUOTED = re.compile(r" \[type=|(\n|\\n)DETAIL:| argument \$\d+: ")
"""Behind these pydantic, PostgreSQL and its client quote what they were given."""


class Output:
    """Standard output. A full disk, or a reader who has gone, costs lines and nothing else; how many is told later."""

    def __init__(self) -> None:
        self._lost = 0

    def write(self, text: str) -> None:
        told = f"\n{self._lost} lines could not be written here\n{text}" if self._lost else text
        encoded = told.encode(errors="backslashreplace")
        try:
            whole = os.write(1, encoded) == len(encoded)
        except OSError:
            whole = False
        self._lost = 0 if whole else self._lost + 1

    def flush(self) -> None:
        """Nothing is kept back."""


def _cut(value: Any) -> Any:
    """Numbers as they are, and how anything else begins."""
    return value if isinstance(value, int | float) else QUOTED.split(str(value)[:CHARACTERS_MAX], maxsplit=1)[0]


def _bounded(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    return {name: value if name == "exc_info" else _cut(value) for name, value in event.items()}


def _said(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {_cut(error)}"
    except Exception:  # noqa: BLE001 - its message is a fault of its own, which must not become ours
        return type(error).__name__


def _told(exc_info: Any) -> str:
    """An exception and what led to it, the last first; of a group the first."""
    lines, left = list[str](), [exc_info[1]]
    while left and len(lines) < LINES_MAX:
        error = left.pop()
        frames = traceback.extract_tb(error.__traceback__, limit=-FRAMES_MAX)
        lines += [_said(error), *(f"  {each.filename}:{each.lineno} {each.name}: {each.line}" for each in frames)]
        behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        left += [one for one in (behind, *getattr(error, "exceptions", ())[:1]) if one is not None]
    return "\n".join(line[:CHARACTERS_MAX] for line in lines[:LINES_MAX])


STEPS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level, structlog.dev.set_exc_info, structlog.processors.TimeStamper("iso", utc=True),
    _bounded, structlog.processors.ExceptionRenderer(_told), structlog.dev.ConsoleRenderer(colors=False),
]  # fmt: skip
OUTPUT: Any = Output()
structlog.configure(processors=STEPS, logger_factory=structlog.WriteLoggerFactory(OUTPUT))
log = structlog.get_logger()


def take_over() -> None:
    """What the libraries say, warnings and worse, goes the same way."""
    handler = logging.StreamHandler(OUTPUT)
    handler.setFormatter(ProcessorFormatter(processors=[ProcessorFormatter.remove_processors_meta, *STEPS]))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
