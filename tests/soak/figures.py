"""What a long run came to, as a table and as JSON."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.soak.judging import BOUNDS, Course
from tests.soak.running import SHARE, Outcome
from tests.soak.sampling import RESTARTS

POINTS_MAX = 40
"""So many samples stand in the JSON; the slopes are those of all."""
JUDGED = {True: "level", False: "GROWS", None: "not judged"}


def show(outcome: Outcome) -> None:
    """The table, and below it what was judged."""
    table = Table(box=None, pad_edge=False)
    for name in ("who", "what", "first", "last", "most", "an hour adds, at first", "later", ""):
        table.add_column(name, justify="left" if name in ("who", "what", "") else "right")
    for each in outcome.courses:
        if each.what != RESTARTS or each.last:
            table.add_row(each.who, each.what, *_numbers(each), JUDGED[each.level])
    console = Console()
    console.print()
    console.print(table)
    console.print()
    console.print(told(outcome), markup=False, highlight=False, soft_wrap=True)


def _numbers(course: Course) -> list[str]:
    return [f"{value:,.0f}" for value in (course.first, course.last, course.most, course.early, course.late)]


def told(outcome: Outcome) -> str:
    """In words: how much of what load, and what is wrong."""
    lines = [
        f"{outcome.minutes:g} minutes at {outcome.rate:,.0f} commands a second, "
        f"{100 * outcome.rate / max(outcome.most, 1.0):.0f} percent of what was taken at most",
        *(f"{each.who}: {each.what} grows by {each.late:,.0f} in an hour" for each in outcome.courses if _grows(each)),
        *([f"not to be judged: {outcome.unfit}"] if outcome.unfit else []),
        *(f"stuck: {each}" for each in outcome.stuck),
        f"audit: {outcome.audit or 'agrees'}",
    ]
    return "\n".join(lines)


def _grows(course: Course) -> bool:
    return course.level is False


def write(outcome: Outcome, path: Path) -> None:
    figures = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "minutes": outcome.minutes,
        "processors": os.cpu_count(),
        "commands_per_second_at_most": round(outcome.most, 1),
        "share_wanted": SHARE,
        "commands_per_second": round(outcome.rate, 1),
        "bounds": {what: vars(bound) for what, bound in BOUNDS.items()},
        "courses": [_rounded(each) for each in outcome.courses],
        "samples": _thinned(outcome),
        "unfit": outcome.unfit,
        "stuck": list(outcome.stuck),
        "audit": outcome.audit or "agrees",
        "whole": outcome.whole,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _rounded(course: Course) -> dict[str, Any]:
    return {name: round(value, 1) if isinstance(value, float) else value for name, value in vars(course).items()}


def _thinned(outcome: Outcome) -> list[dict[str, Any]]:
    every = -(-len(outcome.samples) // POINTS_MAX)
    return [
        {
            "at": round(each.at),
            "commands": each.commands,
            **{f"{who}: {what}": round(value, 1) for (who, what), value in sorted(each.figures.items())},
        }
        for each in outcome.samples[::every]
    ]
