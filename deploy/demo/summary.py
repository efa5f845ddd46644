"""The day in a table: how much came to what, and under which articles, as the services' own events say."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from rich import box
from rich.table import Table

from deploy.demo.outcomes import Found
from deploy.demo.script import Script


class Line(NamedTuple):
    """A line of the summary: which events, and which findings, give it its articles."""

    name: str
    counts: Callable[[Found], bool]
    events: tuple[str, ...] = ()
    rule: str | None = None


GOODS_LINES = (
    Line(
        "released, and clearance completed",
        lambda of: of.outcome == "completed",
        ("GoodsReleased", "ClearanceCompleted"),
    ),
    Line("  of these: proof of origin missing", lambda of: of.outcome == "completed" and "L8" in of.rules, rule="L8"),
    Line("  of these: packages missing", lambda of: of.outcome == "completed" and "P2" in of.rules, rule="P2"),
    Line("  of these: paid only after release", lambda of: of.paid_after_release, ("PaymentReceived",)),
    Line("  of these: after the end of a regime", lambda of: "RegimeEnded" in of.types, ("RegimeEnded",)),
    Line("released, and their regime runs on", lambda of: of.outcome == "running", ("GoodsReleased",)),
    Line(
        "prohibited, and sent back by the carrier",
        lambda of: of.outcome == "sent back",
        ("ImportProhibited", "ImmediateExportOrdered", "ImmediateExportDone"),
    ),
    Line("  of these: release asked, and refused", lambda of: "ReleaseRefused" in of.types, ("ReleaseRefused",)),
)
TRUCK_LINES = (
    Line("announced before they came", lambda of: "ArrivalNotified" in of.types, ("ArrivalNotified",)),
    Line(
        "crossed and shown to customs", lambda of: "VehiclePresented" in of.types, ("BorderCrossed", "VehiclePresented")
    ),
    Line("  of these: a seal not intact", lambda of: "P2" in of.rules, rule="P2"),
)


def summary(script: Script, found: Mapping[str, Found]) -> Table:
    table = Table("outcome", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("count", justify="right")
    table.add_column("articles")
    for title, keys, lines in (("trucks", script.trucks, TRUCK_LINES), ("consignments", script.goods, GOODS_LINES)):
        table.add_row(f"[bold]{title}[/]", str(len(keys)), "")
        told = [found[key] for key in keys]
        for line in lines:
            counted = [each for each in told if line.counts(each)]
            table.add_row(f"  {line.name}", str(len(counted)), ", ".join(_articles(line, counted)))
        table.add_section()
    return table


def _articles(line: Line, counted: list[Found]) -> list[str]:
    of_events = {e["data"]["article"] for each in counted for e in each.events if e["type"] in line.events}
    of_findings = {f["article"] for each in counted for f in each.findings() if f["rule"] == line.rule}
    return sorted(of_events | of_findings)
