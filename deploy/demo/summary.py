"""The day in a table: how much came to what, and under which articles, as the services' own events say."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rich import box
from rich.table import Table

from deploy.demo.lives import Life
from deploy.demo.outcomes import Found, named
from deploy.demo.script import Script


class Line(NamedTuple):
    """A line of the summary: which events, and which findings, give it its articles."""

    name: str
    counts: Callable[[Found], bool]
    events: tuple[str, ...] = ()
    rule: str | None = None


def comes_to(outcome: str) -> Callable[[Found], bool]:
    return lambda of: of.outcome == outcome


def has(*events: str) -> Callable[[Found], bool]:
    return lambda of: all(of.types[event] for event in events)


def found(rule: str) -> Callable[[Found], bool]:
    return lambda of: rule in of.rules


def crossed_unannounced(of: Found) -> bool:
    return of.was_recorded_before("BorderCrossed", "ArrivalNotified")


def was_missed(of: Found) -> bool:
    return any(finding["rule"] == "A9" for finding in of.findings())


def has_another_checkpoint(of: Found) -> bool:
    """Than the one that was planned, or that its first call is."""
    return any(event["data"].get("replaces") for event in of.all("CheckpointDetermined"))


def unloaded_twice(mode: str) -> Callable[[Found], bool]:
    def counts(of: Found) -> bool:
        arrivals = [event["data"] for event in of.all("VehicleArrived") if event["data"]["mode"] == mode]
        return sum("unload" in (said.get("work") or ()) for said in arrivals) > 1

    return counts


def called_without_cargo_work(of: Found) -> bool:
    arrivals = (event["data"] for event in of.all("VehicleArrived"))
    return any(said["mode"] == "air" and not said.get("work") for said in arrivals)


def unannounced_by_road(of: Found) -> bool:
    by_road = any(event["data"]["mode"] == "road" for event in of.all("BorderCrossed"))
    return by_road and not of.types["ArrivalNotified"] and not was_missed(of)


def parted_from_its_vehicle(of: Found) -> bool:
    return of.vehicle is not None and of.checkpoint not in (None, of.vehicle.checkpoint)


def exempt(*exemptions: str) -> Callable[[Found], bool]:
    return lambda of: (
        without_being_shown(of)
        and any(event["data"]["exemption"] in exemptions for event in of.all("Chapter8NotApplicable"))
    )


def was_moved(of: Found) -> bool:
    return "ReportUse" in of.heard and not of.types["UseBlocked"]


def by_origin(of: Found) -> bool:
    return any(event["data"].get("origin") for event in of.all("ImportProhibited"))


def without_being_shown(of: Found) -> bool:
    return of.outcome == "completed" and not of.types["GoodsPresented"]


MOVEMENT_LINES = (
    Line("announced", has("ArrivalNotified"), ("ArrivalNotified",)),
    Line("  of these: crossed with no notice yet", crossed_unannounced, ("BorderCrossed",)),
    Line("  of these: after arrival, so late", found("A4"), rule="A4"),
    Line("  of these: with less lead than agreed", found("A2/by-law"), rule="A2/by-law"),
    Line("  of these: with less lead than usual", found("A4/default"), rule="A4/default"),
    Line(
        "  of these: missed, and then found given",
        lambda of: bool(of.types["NoticeFindingsWithdrawn"]) and not of.rules,
        ("NoticeFindingsWithdrawn",),
    ),
    Line("arrived without a notice that was due", was_missed, rule="A9"),
    Line("  of these: by road, where it was agreed", found("A9/by-law"), rule="A9/by-law"),
    Line("came by road unannounced, which is free", unannounced_by_road),
    Line("crossed and shown to customs", has("VehiclePresented"), ("BorderCrossed", "VehiclePresented")),
    Line("  of these: a seal not intact", found("P2"), rule="P2"),
    Line("  of these: unloading at two airports", unloaded_twice("air"), ("CheckpointDetermined",)),
    Line("  of these: unloading at two ports", unloaded_twice("sea"), ("CheckpointDetermined",)),
    Line("  of these: landing without cargo work", called_without_cargo_work, ("CheckpointDetermined",)),
    Line("  of these: elsewhere than planned", has_another_checkpoint, ("CheckpointDetermined",)),
    Line("    and that was told beforehand", has("JourneyChanged", "VehiclePresented"), ("JourneyChanged",)),
    Line("not subject to being shown", has("Chapter8NotApplicable"), ("Chapter8NotApplicable",)),
    Line("  of these: stopped against the plan", has("StopRecorded"), ("StopRecorded",)),
    Line("  of these: and lost the exemption", has("ExemptionLost"), ("ExemptionLost",)),
)
GOODS_LINES = (
    Line("released, and clearance completed", comes_to("completed"), ("GoodsReleased", "ClearanceCompleted")),
    Line("  of these: proof of origin missing", lambda of: of.outcome == "completed" and "L8" in of.rules, rule="L8"),
    Line("  of these: packages missing", lambda of: of.outcome == "completed" and "P2" in of.rules, rule="P2"),
    Line("  of these: shown elsewhere", lambda of: of.outcome == "completed" and "P8" in of.rules, rule="P8"),
    Line("  of these: not at their vehicle's post", parted_from_its_vehicle, ("CheckpointDetermined",)),
    Line("  of these: by pipeline or line, not shown", exempt("pipeline", "power_line"), ("Chapter8NotApplicable",)),
    Line("  of these: crossing by air, not shown", exempt("non_stop"), ("Chapter8NotApplicable",)),
    Line(
        "  of these: permit shown, no defect",
        lambda of: of.types["RestrictionSatisfied"] > 0 and "K1" not in of.rules,
        ("RestrictionSatisfied",),
    ),
    Line(
        "  of these: permit defect, accepted",
        lambda of: of.types["RestrictionSatisfied"] > 0 and "K1" in of.rules,
        ("PermitRecorded", "PermitDecided"),
    ),
    Line("  of these: first withheld", has("ReleaseWithheld", "GoodsReleased"), ("ReleaseWithheld",)),
    Line("  of these: approved by a body", has("AgencyApprovalGranted"), ("AgencyApprovalGranted",)),
    Line("    and only after release", lambda of: of.comes_after_release("AgencyApprovalGranted")),
    Line(
        "  of these: paid only after release",
        lambda of: of.comes_after_release("PaymentReceived"),
        ("PaymentReceived",),
    ),
    Line("  of these: after the end of a regime", has("RegimeEnded"), ("RegimeEnded",)),
    Line("  of these: in parts, two regimes", lambda of: len(of.regimes) > 1, ("GoodsReleased",)),
    Line("  of these: use or disposal blocked", has("UseBlocked"), ("UseBlocked",)),
    Line("  of these: moved under control before", was_moved),
    Line("  of these: a ground surfaced after", has("GroundAfterRelease"), ("GroundAfterRelease",)),
    Line("released, and their regime runs on", comes_to("running"), ("GoodsReleased",)),
    Line("released, and payment awaited", comes_to("unpaid"), ("PaymentAssessed",)),
    Line("released, and approval refused", comes_to("not approved"), ("AgencyApprovalRefused",)),
    Line("restricted, and no permit that holds", comes_to("withheld"), ("RestrictionOpened", "ReleaseWithheld")),
    Line(
        "prohibited, and sent back by the carrier",
        comes_to("sent back"),
        ("ImportProhibited", "ImmediateExportOrdered", "ImmediateExportDone"),
    ),
    Line("  of these: by their origin alone", by_origin, ("ImportProhibited",)),
    Line("  of these: release asked, and refused", has("ReleaseRefused"), ("ReleaseRefused",)),
    Line("  of these: in time, recorded days later", has("StorageTermEndWithdrawn"), ("StorageTermEndWithdrawn",)),
    Line("prohibited, in storage for three days", comes_to("stored"), ("TemporaryStorageStarted",)),
    Line("term over, referred to the officer", comes_to("referred"), ("StorageTermEnded", "DisposalReferred")),
)


def summary(script: Script, told: Mapping[str, Found], lives: Sequence[Life] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("outcome", no_wrap=True)
    table.add_column("count", justify="right")
    table.add_column("articles", overflow="fold")
    for title, keys, lines in (
        ("vehicles and lines", script.movements, MOVEMENT_LINES),
        ("consignments", script.goods, GOODS_LINES),
    ):
        table.add_row(f"[bold]{title}[/]", str(len(keys)), "")
        for name, count, articles in counted([told[key] for key in keys], lines):
            table.add_row(f"  {name}", str(count), ", ".join(articles))
        table.add_section()
    table.add_row("[bold]lives of a kind that comes seldom[/]", str(len(lives)), "")
    for life in lives:
        table.add_row(f"  {life.name}", "1", ", ".join(articles_of(life, told[life.key])))
    return table


def articles_of(life: Life, found: Found) -> list[str]:
    return sorted({event["data"]["article"] for event in found.events if event["type"] in life.cites} | {*life.under})


def counted(told: list[Found], lines: tuple[Line, ...]) -> list[tuple[str, int, list[str]]]:
    """Each line's name, how many it counts, and the articles of what it counts."""
    which = [(line, [each for each in told if line.counts(each)]) for line in lines]
    return [(line.name, len(those), _articles(line, those)) for line, those in which]


def _articles(line: Line, those: list[Found]) -> list[str]:
    of_events = {event["data"]["article"] for each in those for event in each.events if event["type"] in line.events}
    if not line.rule:
        return sorted(of_events)
    return sorted(of_events | {f["article"] for each in those for f in each.findings() if named(f) == line.rule})
