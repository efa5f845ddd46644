"""What a campaign came to, as a table and as JSON."""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.faults.campaign import Done, Outcome


def show(outcome: Outcome) -> None:
    """The table, and below it what was judged."""
    table = Table(box=None, pad_edge=False)
    for name in ("what was done", "times", "own start: median", "until all was well again: median", "longest"):
        table.add_column(name, justify="left" if name == "what was done" else "right")
    for row in _rows(outcome):
        figures = (f"{row[name]:.1f} s" if row[name] else "" for name in ("start_s", "median_s", "longest_s"))
        table.add_row(row["what"], str(row["times"]), *figures)
    console = Console()
    console.print()
    console.print(table)
    console.print()
    console.print(f"all together: median {_all(outcome)['median_s']} s, longest {_all(outcome)['longest_s']} s")
    console.print()
    console.print(_clients(outcome))
    console.print()
    console.print(str(outcome), markup=False, highlight=False, soft_wrap=True)


def _clients(outcome: Outcome) -> Table:
    """What one client sent, what another one's single commands took meanwhile, and what the process held."""
    table = Table(box=None, pad_edge=False)
    for name in ("what one client sent", "another's: median", "longest", "memory before", "at most"):
        table.add_column(name, justify="left" if name == "what one client sent" else "right")
    for row in _costs(outcome):
        waits = (f"{row[name]:,} ms" for name in ("median_ms", "longest_ms"))
        table.add_row(row["what"], *waits, *(f"{row[name]} MiB" for name in ("before_mib", "peak_mib")))
    return table


def _costs(outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {
            "what": what,
            "median_ms": round(median(cost.seconds) * 1000),
            "longest_ms": round(cost.longest * 1000),
            "before_mib": cost.before,
            "peak_mib": cost.peak,
        }
        for what, cost in sorted(outcome.costs.items())
    ]


def write(outcome: Outcome, scale: float, path: Path) -> None:
    report = outcome.report
    figures = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "scale": scale,
        "processors": os.cpu_count(),
        "seconds": round(outcome.seconds),
        "well_again": _all(outcome),
        "faults": _rows(outcome),
        "clients": _costs(outcome),
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
    """By what was done: how long it took until all was well again, from when what was taken away was back."""
    done: dict[str, list[Done]] = defaultdict(list)
    for each in outcome.done:
        done[each.what].append(each)
    return [
        {"what": what, "times": len(found), "start_s": _median(one.start_seconds for one in found), **_figures(found)}
        for what, found in sorted(done.items())
    ]


def _all(outcome: Outcome) -> dict[str, float]:
    return _figures(outcome.done)


def _figures(done: Sequence[Done]) -> dict[str, float]:
    seconds = [one.seconds for one in done]
    return {"median_s": _median(seconds), "longest_s": round(max(seconds, default=0.0), 1)}


def _median(seconds: Iterable[float]) -> float:
    return round(median(list(seconds) or [0.0]), 1)
