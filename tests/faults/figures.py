"""What a campaign came to, as a table and as JSON."""

import json
import os
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.faults.campaign import Outcome


def show(outcome: Outcome) -> None:
    """The table, and below it what was judged."""
    table = Table(box=None, pad_edge=False)
    for name in ("what was done", "times", "until everything went on: median", "longest"):
        table.add_column(name, justify="left" if name == "what was done" else "right")
    for row in _rows(outcome):
        table.add_row(row["what"], str(row["times"]), f"{row['median_s']:.1f} s", f"{row['longest_s']:.1f} s")
    console = Console()
    console.print()
    console.print(table)
    console.print()
    console.print(str(outcome), markup=False, highlight=False, soft_wrap=True)


def write(outcome: Outcome, scale: float, path: Path) -> None:
    report = outcome.report
    figures = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "scale": scale,
        "processors": os.cpu_count(),
        "seconds": round(outcome.seconds),
        "faults": _rows(outcome),
        "sent_again": dict(outcome.repetitions),
        "judged": {name: value for name, value in vars(report).items() if name != "defects"},
        "defects": [str(defect) for defect in report.defects],
        "stuck": list(outcome.stuck),
        "audit": outcome.audit or "agrees",
        "whole": outcome.whole,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _rows(outcome: Outcome) -> list[dict[str, Any]]:
    taken: dict[str, list[float]] = defaultdict(list)
    for each in outcome.done:
        taken[each.what].append(each.seconds)
    return [
        {"what": what, "times": len(found), "median_s": round(median(found), 1), "longest_s": round(max(found), 1)}
        for what, found in sorted(taken.items())
    ]
