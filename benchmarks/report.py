"""What a run came to: the table on screen, `latest.json`, the plot, and the table between the marks in `README.md`."""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure, collected
from benchmarks.plot import bars
from benchmarks.rows import ROWS
from deploy.local.folder import write_whole

FOLDER = Path(__file__).parent
LATEST = FOLDER / "latest.json"
HEADLINES = ("lifecycles_per_second", "share_of_bare_loop")
BEGIN, END = "<!-- the table, written by `make bench` -->", "<!-- the table ends -->"
COLUMNS = 140
HEAD = ("what", "median", "spread", "aim")
BARS = {
    "bare_loop": "bare loop",
    "lifecycles_per_second": "Serhet",
    "faststream_batch": "FastStream, a batch a transaction",
    "faststream_docs": "FastStream, as in its docs",
}


def show(figures: Sequence[Figure]) -> None:
    table = Table(box=None, pad_edge=False)
    for name in HEAD:
        table.add_column(name, justify="right" if name in {"median", "spread"} else "left")
    for figure in figures:
        table.add_row(*figure.cells())
    console = Console()
    console.width = max(console.width, COLUMNS)
    console.print(table)


def write(measured: Mapping[str, Sequence[float]], load: float) -> None:
    """What was not measured in this run stays as it stands. `load`: what wanted the processors before, best nothing."""
    now = {"measured": datetime.now(UTC).isoformat(timespec="seconds"), "load_before": round(load, 2)}
    known: dict[str, Any] = last()["figures"]
    known |= {name: {"values": list(values), **now} for name, values in measured.items()}
    figures = collected(ROWS, {name: said["values"] for name, said in known.items()})
    by_name = {figure.row.name: figure for figure in figures}
    said = {
        "processors": os.cpu_count(),
        **{name: round(by_name[name].median, 3) for name in HEADLINES if name in by_name},
        "figures": {name: known[name] | figure.as_json() for name, figure in by_name.items()},
    }
    write_whole(LATEST, json.dumps(said, indent=1, ensure_ascii=False) + "\n")
    if drawn := [(label, by_name[name]) for name, label in BARS.items() if name in by_name]:
        write_whole(FOLDER / "latest.svg", bars("lifecycles per second, all on the same two cores", drawn))
    page = FOLDER / "README.md"
    write_whole(page, filled(page.read_text(encoding="utf-8"), in_markdown(figures)))


def last() -> dict[str, Any]:
    """What `latest.json` says, of any run so far."""
    read: dict[str, Any] = json.loads(LATEST.read_text(encoding="utf-8")) if LATEST.exists() else {"figures": {}}
    return read


def in_markdown(figures: Sequence[Figure]) -> str:
    lines = [" | ".join(cells) for cells in (HEAD, ("---", "---:", "---:", "---"), *(f.cells() for f in figures))]
    return "\n".join(f"| {line} |" for line in lines)


def filled(page: str, table: str) -> str:
    """The page with the table between its marks. Raises ValueError where they are not there."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks its marks: {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"
