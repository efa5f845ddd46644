"""When a notice is missing, late, or short of what is usual (Art. 37(2-1))."""

from datetime import timedelta
from typing import TypeAlias

from arrival.movement.arrivals import mode_of
from arrival.movement.duty import is_due, procedure
from arrival.movement.noticed import Found, Notice
from arrival.movement.route import Route
from arrival.movement.vehicle import Vehicle
from arrival.movement.visits import Visit, Visits
from contracts.arrival import NoticeFindingsRecorded, NoticeFindingsWithdrawn
from contracts.values import CheckpointCode, Instant, Mode
from decider import Input, Matter, all_changed
from law import Finding, defaults
from law.rule import AS_AMENDED_IN_2023, Fact, both, rule
from law.rulebook import FindingLayer


def findings_follow(
    asked: Input[object], route: Route, vehicle: Vehicle, visits: Visits, notice: Notice
) -> list[Found]:
    """What the findings on the notice are by all that is known, as far as the record says otherwise."""
    return all_changed(
        findings(mode_of(vehicle, visits, route), vehicle, visits, notice),
        notice.findings,
        begin=lambda new: NoticeFindingsRecorded(movement=asked.id, findings=new),
        end=lambda gone: NoticeFindingsWithdrawn(movement=asked.id, findings=gone),
    )


def findings(mode: Mode | None, vehicle: Vehicle, visits: Visits, notice: Notice) -> tuple[Finding, ...]:
    """None of a vehicle that has not arrived, or to which the chapter did not apply when it crossed (Art. 37(3))."""
    if not visits.places or vehicle.exemption:
        return ()
    due, first, given = where_due(mode, visits), visits.places[0], notice.fact
    found: list[Finding | None] = []
    if due and notice.checkpoint is None:
        found.append(missing_notice(due[0].fact, *due))
    if due and given:
        found.append(late_notice(both(due[0].fact, given), given.occurred, *due))
    if notice.checkpoint and given:
        found.append(short_lead(both(given, first.fact), notice.checkpoint, mode, first))
    return tuple(finding for finding in found if finding)


Due: TypeAlias = tuple[Visit, FindingLayer]
"""A place that owed a notice, and the layer of what made it due."""


def where_due(mode: Mode | None, visits: Visits) -> Due | None:
    """The first place that it came to and that owed a notice."""
    for visit in visits.places:
        layer = is_due(visit.fact, mode, visit.checkpoint)
        if layer:
            return visit, layer
    return None


@rule(AS_AMENDED_IN_2023)
def missing_notice(_: Fact, visit: Visit, layer: FindingLayer) -> Finding | None:
    """Art. 37(2-1) [A9]: only of a vehicle that is there, where one was due, is it noted that no notice came."""
    return Finding(rule="A9", article="37(2-1)", layer=layer, facts=(("checkpoint", visit.checkpoint),))


@rule(AS_AMENDED_IN_2023)
def late_notice(_: Fact, submitted: Instant, visit: Visit, layer: FindingLayer) -> Finding | None:
    """Art. 37(2-1) [A4]: a notice that is due comes before the vehicle does; with it or after it is late."""
    if submitted < visit.at:
        return None
    facts = (
        ("arrived", visit.at.isoformat()),
        ("checkpoint", visit.checkpoint),
        ("submitted", submitted.isoformat()),
    )
    return Finding(rule="A4", article="37(2-1)", layer=layer, facts=facts)


@rule(AS_AMENDED_IN_2023)
def short_lead(notice: Fact, checkpoint: CheckpointCode, mode: Mode | None, first: Visit) -> Finding | None:
    """Art. 37(2-1) [A4]: the law sets no time between notice and arrival, so less than is usual is shown and not late.

    What the procedure agreed for the checkpoint wants goes before what is usual.
    """
    if mode is None or notice.occurred >= first.at:
        return None
    agreed = procedure(notice, checkpoint, mode)
    wanted = (agreed and agreed.lead) or defaults.lead(mode, occurred=notice.occurred, recorded=notice.recorded)
    if wanted is None or first.at - notice.occurred >= timedelta(minutes=wanted):
        return None
    given = (first.at - notice.occurred) // timedelta(minutes=1)
    facts = (("checkpoint", first.checkpoint), ("minutes", str(given)), ("minutes_wanted", str(wanted)))
    if agreed and agreed.lead:
        return Finding(rule="A2", article="37(2-1)", layer=agreed.layer, facts=facts)
    return Finding(rule="A4", article=f"default:arrival.notice.lead.{mode}", layer="default", facts=facts)


MATTER = Matter(follows=(findings_follow,))
