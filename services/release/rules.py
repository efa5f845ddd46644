"""What a release is, what is only noted at it, and when clearance has come to its end."""

from contracts.release import (
    ClearanceCompleted,
    ClearanceCompletionWithdrawn,
    GoodsReleased,
    ReleaseFindingsRecorded,
    ReleaseFindingsWithdrawn,
)
from contracts.values import ConsignmentId, Instant, ItemNumber, Regime
from law import Finding
from law.findings import Facts
from release.items import Unit, numbers, part_of, touched, units
from release.parts import Clearance, Consignment, End, Part, Release
from release.recorded import Own


def goods_may_go(consignment: ConsignmentId, part: Part, findings: tuple[Finding, ...]) -> GoodsReleased:
    """Art. 5(1)(20) [L1]: customs lets the goods go, and for which use is said by the regime that it names."""
    return GoodsReleased(
        consignment=consignment,
        items=part.items,
        regime=part.regime,
        runs_for_a_term=part.runs_for_a_term,
        findings=findings,
        released=part.released,
    )


def happened_by(released: Instant | None, fact: Instant | None) -> bool:
    """Whether it was recorded sooner or later says nothing; where it is not on record when the release was, it had."""
    return fact is not None and (released is None or fact <= released)


def import_has_begun(crossed: Instant | None, part: Part) -> Finding | None:
    """Art. 5(1)(21)(a) [F4]: import runs from the actual crossing to release, so a release has a crossing before it.

    The article defines import and forbids nothing, so where no crossing before it is on record, that is noted.
    """
    if happened_by(part.released, crossed):
        return None
    return Finding(rule="F4", article="5(1)(21)(a)", facts=(("crossing", "not on record"), *named(part.items)))


def regimes_are_the_declared_ones(part: Part, clearance: Clearance) -> tuple[Finding, ...]:
    """Art. 5(1)(20) [F6]: goods are released under the regime in which they are placed, each item's declared one."""
    if not happened_by(part.released, clearance.declared):
        return (other_regime(part, None, part.items),)
    if not clearance.items:
        return () if part.regime == clearance.regime else (other_regime(part, clearance.regime, part.items),)
    of_it = [item for item in clearance.items if not part.items or item.number in part.items]
    found = []
    for declared in sorted({item.regime for item in of_it} - {part.regime}, key=str):
        items = tuple(item.number for item in of_it if item.regime == declared)
        as_one = not part.items and len(items) == len(of_it)
        found.append(other_regime(part, declared, () if as_one else items))
    return tuple(found)


def other_regime(part: Part, declared: Regime | None, items: tuple[ItemNumber, ...]) -> Finding:
    facts: Facts = (("declared", declared),) if declared else ()
    return Finding(rule="F6", article="5(1)(20)", facts=(*facts, *named(items), ("released", part.regime)))


def items_are_declared(part: Part, clearance: Clearance) -> Finding | None:
    """Art. 5(1)(20) [L1]: what customs lets go is goods that were declared; a number that no item has is noted."""
    unknown = tuple(each for each in part.items if each not in numbers(clearance))
    if not unknown or not happened_by(part.released, clearance.declared):
        return None
    return Finding(rule="L1", article="5(1)(20)", facts=(("declared", "not under this number"), *named(unknown)))


def named(items: tuple[ItemNumber, ...]) -> Facts:
    return (("items", tuple(str(each) for each in items)),) if items else ()


def findings(part: Part, consignment: Consignment) -> tuple[Finding, ...]:
    """Of a release, by what had happened when it was given, whenever that was recorded."""
    clearance = consignment.clearance
    begun, declared = import_has_begun(consignment.arrival.crossed, part), items_are_declared(part, clearance)
    return (*(each for each in (begun, declared) if each), *regimes_are_the_declared_ones(part, clearance))


def late_findings(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    """What was recorded after the release says of it, and what was found of it too early."""
    own = consignment.own
    now = tuple(dict.fromkeys(each for part in own.parts for each in findings(part, consignment)))
    gone = tuple(each for each in own.findings if each not in now)
    new = tuple(each for each in now if each not in own.findings)
    found: list[Own] = [ReleaseFindingsWithdrawn(consignment=id_, findings=gone)] if gone else []
    return [*found, ReleaseFindingsRecorded(consignment=id_, findings=new)] if new else found


def clearance_is_complete(consignment: Consignment, items: tuple[ItemNumber, ...] = ()) -> bool:
    """Art. 29(2) [C4]: clearance ends once goods are placed, their regime has run, and all is paid and approved.

    The conditions may be met in any order; of some items it may have ended while that of others still goes on.
    """
    own, clearance = consignment.own, consignment.clearance
    placed = all(goods_are_placed(unit, consignment) for unit in {*items} or units(consignment))
    run = all(regime_has_run(unit, own) for unit in {*items} or units(consignment))
    return (
        bool(own.parts)
        and placed
        and run
        and payments_are_collected(clearance)
        and approvals_are_given(clearance, items)
    )


def goods_are_placed(unit: Unit, consignment: Consignment) -> bool:
    """Art. 29(2) [C4]: each item is placed under a regime by its release, unless it may not come in and has left."""
    clearance = consignment.clearance
    if part_of(unit, consignment.own):
        return True
    of_it = (unit,) if unit is not None else ()
    return clearance.exported and any(touched(each, of_it, clearance) for each in clearance.prohibitions)


def regime_has_run(unit: Unit, own: Release) -> bool:
    """Art. 29(2) [C4]: only a regime for a term has an end to wait for, and none ends before its goods are released."""
    part = part_of(unit, own)
    return part is None or not part.runs_for_a_term or any(end_counts(each, unit, part) for each in own.ends)


def end_counts(end: End, unit: Unit, part: Part) -> bool:
    """Where either instant is not stated, the end counts."""
    if not is_of(end, unit):
        return False
    return end.ended is None or part.released is None or end.ended >= part.released


def is_of(end: End, unit: Unit) -> bool:
    return not end.items or unit in end.items


def end_is_new(items: tuple[ItemNumber, ...], ended: Instant, consignment: Consignment) -> bool:
    """One end is enough once it counts; until then a later one may be the one that will, and an earlier one cannot."""
    own = consignment.own
    as_one = part_of(None, own)
    asked: set[Unit] = {*items} or units(consignment) | (set() if as_one else {None})
    return any(not has_ended(unit, own) and not said_before(unit, ended, own) for unit in asked)


def has_ended(unit: Unit, own: Release) -> bool:
    part = part_of(unit, own)
    return part is not None and any(end_counts(each, unit, part) for each in own.ends)


def said_before(unit: Unit, ended: Instant, own: Release) -> bool:
    return any(is_of(each, unit) and (each.ended is None or each.ended >= ended) for each in own.ends)


def payments_are_collected(clearance: Clearance) -> bool:
    """Art. 29(2) [L9]: payments are computed and collected before clearance ends; a release does not wait for them."""
    return clearance.assessed is not None and clearance.received >= clearance.assessed


def approvals_are_given(clearance: Clearance, items: tuple[ItemNumber, ...]) -> bool:
    """Art. 29(2) para 2 [C5]: goods under state control are cleared to the end once each body has approved of them."""
    asked = {each.requires for each in clearance.controls if touched(each, items, clearance)}
    return asked <= {each.agency for each in clearance.approvals if each.granted}


def completion(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    complete = clearance_is_complete(consignment)
    if complete == consignment.own.completed:
        return []
    return [ClearanceCompleted(consignment=id_) if complete else ClearanceCompletionWithdrawn(consignment=id_)]
