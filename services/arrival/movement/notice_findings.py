"""When a notice is missing, late, or short of what is usual or agreed: for each checkpoint (Art. 37(2-1))."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from arrival.movement.arrivals import mode_of
from arrival.movement.duty import is_due, procedure
from arrival.movement.noticed import Found, Notice, Statement
from arrival.movement.route import Route
from arrival.movement.vehicle import Vehicle
from arrival.movement.visits import Visit, Visits
from contracts.arrival import NoticeFindingsRecorded, NoticeFindingsWithdrawn
from contracts.digest import digest
from contracts.values import CheckpointCode, Mode
from decider import Matter, Stream, all_changed
from law import Finding, defaults
from law.rule import AS_AMENDED_IN_2023, Fact, Happened, both, rule
from law.rulebook import FindingLayer


def findings_follow(asked: Stream, route: Route, vehicle: Vehicle, visits: Visits, notice: Notice) -> list[Found]:
    """What the findings on the notice are by all that is known, as far as the record says otherwise."""
    return all_changed(
        findings(mode_of(vehicle, visits, route), vehicle, visits, notice),
        notice.findings,
        begin=lambda new: NoticeFindingsRecorded(movement=asked.id, findings=new),
        end=lambda gone: NoticeFindingsWithdrawn(movement=asked.id, findings=gone),
    )


def findings(mode: Mode | None, vehicle: Vehicle, visits: Visits, notice: Notice) -> tuple[Finding, ...]:
    """Of each checkpoint by itself; none of a vehicle outside the chapter when it crossed (Art. 37(3))."""
    if vehicle.exemption:
        return ()
    found = (*(lacking_content(each) for each in notice.counting), *of_arrivals(mode, visits, notice))
    return tuple(finding for finding in found if finding)


def of_arrivals(mode: Mode | None, visits: Visits, notice: Notice) -> Iterator[Finding | None]:
    """By when it came there first: a notice has to be given once of each checkpoint."""
    for visit in first_of_each(visits.places):
        layer, given = is_due(visit.fact, mode, visit.checkpoint), notice.told(visit.checkpoint, visit.at)
        if layer and given is None:
            yield missing_notice(visit.fact, visit, layer)
        if given and given.received:
            told = Happened(given.received, given.known)
            yield late_notice(both(visit.fact, told), given, visit, layer) if layer else None
            yield short_lead(both(told, visit.fact), mode or given.mode, visit)


def first_of_each(visits: Iterable[Visit]) -> Iterator[Visit]:
    """They stand in the order of time."""
    seen: set[CheckpointCode] = set()
    for visit in visits:
        if visit.checkpoint not in seen:
            seen.add(visit.checkpoint)
            yield visit


@rule(AS_AMENDED_IN_2023)
def missing_notice(_: Fact, visit: Visit, layer: FindingLayer) -> Finding | None:
    """Art. 37(2-1) [A9]: only of a vehicle that is there, where one was due, is it noted that no notice came."""
    return Finding(rule="A9", article="37(2-1)", layer=layer, facts=(("checkpoint", visit.checkpoint),))


@rule(AS_AMENDED_IN_2023)
def late_notice(_: Fact, given: Statement, visit: Visit, layer: FindingLayer) -> Finding | None:
    """Art. 37(2-1) [A4]: a notice that is due comes before the vehicle does; with it or after it is late.

    What counts is when customs had received it; where it was stated to have been given at another time, that shows.
    """
    if given.received is None or given.received < visit.at:
        return None
    submitted = (("submitted", given.at.isoformat()),) if given.at and given.at != given.received else ()
    facts = (
        ("arrived", visit.at.isoformat()),
        ("checkpoint", visit.checkpoint),
        ("received", given.received.isoformat()),
        *submitted,
    )
    return Finding(rule="A4", article="37(2-1)", layer=layer, facts=facts)


@rule(AS_AMENDED_IN_2023)
def short_lead(notice: Fact, mode: Mode | None, visit: Visit) -> Finding | None:
    """Art. 37(2-1) [A4]: the law sets no time between notice and arrival, so less than is usual is shown and not late.

    What the procedure agreed for the checkpoint wants goes before what is usual.
    """
    if mode is None or notice.occurred >= visit.at:
        return None
    agreed = procedure(notice, visit.checkpoint, mode)
    wanted = (agreed and agreed.lead) or defaults.lead(mode, occurred=notice.occurred, recorded=notice.recorded)
    if wanted is None or visit.at - notice.occurred >= timedelta(minutes=wanted):
        return None
    given = (visit.at - notice.occurred) // timedelta(minutes=1)
    facts = (("checkpoint", visit.checkpoint), ("minutes", str(given)), ("minutes_wanted", str(wanted)))
    if agreed and agreed.lead:
        return Finding(rule="A2", article="37(2-1)", layer=agreed.layer, facts=facts)
    return Finding(rule="A4", article=f"default:arrival.notice.lead.{mode}", layer="default", facts=facts)


def lacking_content(given: Statement) -> Finding | None:
    return lacking(Happened(given.received, given.known), given) if given.received else None


@rule(AS_AMENDED_IN_2023)
def lacking(notice: Fact, given: Statement) -> Finding | None:
    """Art. 37(2-1) [A2]: what the agreed procedure asks for and the notice does not tell is noted, and it stands.

    Place and time are all that the article itself asks for (Art. 8(2)), so without a procedure nothing lacks.
    """
    agreed = procedure(notice, given.checkpoint, given.mode)
    lacks = tuple(sorted(each for each in agreed.asks if is_silent_on(given, each))) if agreed else ()
    if agreed is None or not lacks:
        return None
    facts = (("checkpoint", given.checkpoint), ("lacks", lacks), ("procedure", agreed.version))
    return Finding(rule="A2", article="37(2-1)", layer=agreed.layer, facts=facts)


def is_silent_on(given: Statement, name: str) -> bool:
    return getattr(given, name) in (None, NOTHING)


NOTHING = digest(())
"""What is told of several, where nothing is."""
MATTER = Matter(follows=(findings_follow,))
