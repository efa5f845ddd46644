"""The notice in advance: who owes it, when it is missing, late, or short of what is usual (Art. 37(2-1))."""

from datetime import timedelta

from arrival.commands import NotifyArrival
from arrival.journey import unloaded_by
from arrival.parts import Movement, Own, Visit, mode_of
from contracts.arrival import ArrivalNotified, NoticeFindingsRecorded, NoticeFindingsWithdrawn
from contracts.values import CheckpointCode, Instant, Mode, MovementId
from law import Finding, OpenPoint, defaults, rulebook
from law.checkpoints import find
from law.rulebook import FindingLayer, Procedure


def is_recorded(notice: NotifyArrival, occurred: Instant, recorded: Instant) -> ArrivalNotified:
    """Art. 37(2-1) [A1]: the checkpoint's administration tells customs beforehand where and when what arrives.

    No article knows a ground to reject a notice, so it is recorded as it came, with when it came.
    """
    agreed = procedure(notice.checkpoint, notice.mode, occurred, recorded)
    return ArrivalNotified(
        movement=notice.movement,
        checkpoint=notice.checkpoint,
        mode=notice.mode,
        expected=notice.expected,
        submitted=occurred,
        procedure=agreed.version if agreed else None,
        vehicle=notice.vehicle,
        carrier=notice.carrier,
        journey=notice.journey,
        consignments=tuple(sorted({*notice.consignments, *unloaded_by(notice.journey)})),
    )


def procedure(checkpoint: CheckpointCode, mode: Mode | None, occurred: Instant, recorded: Instant) -> Procedure | None:
    """Art. 37(2-1) [A2]: notice follows what the checkpoint's administration and customs have agreed, if anything."""
    if mode is None:
        return None
    return rulebook.procedure(checkpoint, mode, occurred=occurred, recorded=recorded, acts=rulebook.loaded())


def is_due(
    mode: Mode | None, checkpoint: CheckpointCode | None, occurred: Instant, recorded: Instant
) -> FindingLayer | None:
    """Art. 37(2-1) [A3]: notice is the duty of the administrations that the article names, of others by a procedure.

    It names airports, ports and railway stations, so a road post owes none unless the procedure agreed for it says so.
    The layer is that of what makes it due.
    """
    place = find(checkpoint) if checkpoint else None
    if place is None or mode is None:
        return None
    if mode != "road" and (place.notice_required == "yes" or (place.notice_required == "rail-only" and mode == "rail")):
        return "code"
    agreed = procedure(place.code, mode, occurred, recorded)
    return "by-law" if agreed and agreed.notice_required else None


def is_not_there_yet(movement: Movement) -> tuple[OpenPoint, ...]:
    """Art. 37(2-1) [A9]: of what crossed unannounced there is no notice yet; it is missing once it has arrived."""
    crossing = movement.crossing
    if crossing is None or not crossing.notice_due or movement.exemption or movement.notice or movement.visits:
        return ()
    return (OpenPoint(act="NotifyArrival", who="administration", article="37(2-1)", place=crossing.place),)


def concluded(id_: MovementId, movement: Movement, recorded: Instant) -> list[Own]:
    """What the findings on the notice are by all that is known, as far as the record says otherwise."""
    now, before = findings(movement, recorded), movement.findings
    gone, new = (tuple(each for each in one if each not in other) for one, other in ((before, now), (now, before)))
    found: list[Own] = [NoticeFindingsWithdrawn(movement=id_, findings=gone)] if gone else []
    return [*found, NoticeFindingsRecorded(movement=id_, findings=new)] if new else found


def findings(movement: Movement, recorded: Instant) -> tuple[Finding, ...]:
    """None of a vehicle that has not arrived, or to which the chapter did not apply when it crossed (Art. 37(3))."""
    if not movement.visits or movement.exemption:
        return ()
    found = (is_missing(movement, recorded), is_late(movement, recorded), lead_is_short(movement, recorded))
    return tuple(finding for finding in found if finding)


def where_due(movement: Movement, recorded: Instant) -> tuple[Visit, FindingLayer] | None:
    """The first place that it came to and that owed a notice."""
    for visit in movement.visits:
        layer = is_due(mode_of(movement), visit.checkpoint, visit.arrived, recorded)
        if layer:
            return visit, layer
    return None


def is_missing(movement: Movement, recorded: Instant) -> Finding | None:
    """Art. 37(2-1) [A9]: only of a vehicle that is there, where one was due, is it noted that no notice came."""
    due = where_due(movement, recorded)
    if movement.notice or due is None:
        return None
    visit, layer = due
    return Finding(rule="A9", article="37(2-1)", layer=layer, facts=(("checkpoint", visit.checkpoint),))


def is_late(movement: Movement, recorded: Instant) -> Finding | None:
    """Art. 37(2-1) [A4]: a notice that is due comes before the vehicle does; with it or after it is late."""
    due, submitted = where_due(movement, recorded), movement.notice.submitted if movement.notice else None
    if submitted is None or due is None or submitted < due[0].arrived:
        return None
    visit, layer = due
    facts = (
        ("arrived", visit.arrived.isoformat()),
        ("checkpoint", visit.checkpoint),
        ("submitted", submitted.isoformat()),
    )
    return Finding(rule="A4", article="37(2-1)", layer=layer, facts=facts)


def lead_is_short(movement: Movement, recorded: Instant) -> Finding | None:
    """Art. 37(2-1) [A4]: the law sets no time between notice and arrival, so less than is usual is shown and not late.

    What the procedure agreed for the checkpoint wants goes before what is usual.
    """
    notice, mode, first = movement.notice, mode_of(movement), movement.visits[0]
    if notice is None or notice.submitted is None or mode is None or notice.submitted >= first.arrived:
        return None
    agreed = procedure(notice.checkpoint, mode, notice.submitted, recorded)
    by_agreement = agreed and agreed.lead
    wanted = by_agreement or defaults.lead(mode, occurred=notice.submitted, recorded=recorded)
    if wanted is None or first.arrived - notice.submitted >= timedelta(minutes=wanted):
        return None
    given = (first.arrived - notice.submitted) // timedelta(minutes=1)
    facts = (("checkpoint", first.checkpoint), ("minutes", str(given)), ("minutes_wanted", str(wanted)))
    if by_agreement:
        return Finding(rule="A2", article="37(2-1)", layer="by-law", facts=facts)
    return Finding(rule="A4", article=f"default:arrival.notice.lead.{mode}", layer="default", facts=facts)
