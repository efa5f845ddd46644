"""What a release is, what refuses it, what is only noted at it, and when clearance has come to its end."""

from dataclasses import replace

from contracts.release import (
    ClearanceCompleted,
    GoodsReleased,
    GroundAfterRelease,
    GroundAfterReleaseWithdrawn,
    ReleaseFindingsRecorded,
    ReleaseFindingsWithdrawn,
)
from contracts.values import ConsignmentId, Instant, NineDigits, Regime
from law import Finding, Ground
from release.parts import Clearance, Consignment, Own, Prohibition, Release


def goods_may_go(
    consignment: ConsignmentId,
    regime: Regime,
    runs_for_a_term: bool,
    released: Instant,
    findings: tuple[Finding, ...],
) -> GoodsReleased:
    """Art. 5(1)(20) [L1]: customs lets the goods go, and for which use is said by the regime that it names."""
    return GoodsReleased(
        consignment=consignment,
        regime=regime,
        runs_for_a_term=runs_for_a_term,
        findings=findings,
        released=released,
    )


def grounds_to_refuse(prohibitions: tuple[Prohibition, ...]) -> tuple[Ground, ...]:
    """Art. 7(1) [L2]: goods whose import is prohibited leave and are not released; each act is named."""
    return tuple(
        Ground(
            rule="L2",
            article="7(1)",
            layer=each.layer,
            facts=(("act", each.act), ("citation", each.citation), ("codes", each.codes)),
        )
        for each in prohibitions
    )


def grounds_after_release(own: Release, prohibitions: tuple[Prohibition, ...]) -> tuple[Ground, ...]:
    """Art. 7(1) [L2]: a prohibition that comes on record after the release undoes nothing; each act and code is named.

    What is to be done with the goods is the officer's to say.
    """
    if not own.released:
        return ()
    return tuple(
        ground for each in prohibitions for code in each.codes for ground in grounds_to_refuse((of_one(each, code),))
    )


def of_one(prohibition: Prohibition, code: NineDigits) -> Prohibition:
    return replace(prohibition, codes=(code,))


def happened_by(released: Instant | None, fact: Instant | None) -> bool:
    """Whether it was recorded sooner or later says nothing; where it is not on record when the release was, it had."""
    return fact is not None and (released is None or fact <= released)


def import_has_begun(crossed: Instant | None, released: Instant | None) -> Finding | None:
    """Art. 5(1)(21)(a) [F4]: import runs from the actual crossing to release, so a release has a crossing before it.

    The article defines import and forbids nothing, so where no crossing before it is on record, that is noted.
    """
    if happened_by(released, crossed):
        return None
    return Finding(rule="F4", article="5(1)(21)(a)", facts=(("crossing", "not on record"),))


def regime_is_the_declared_one(released: Regime, declared: Regime | None) -> Finding | None:
    """Art. 5(1)(20) [F6]: goods are released under the regime in which they are placed, the declared one."""
    if released == declared:
        return None
    facts = (("declared", declared), ("released", released)) if declared else (("released", released),)
    return Finding(rule="F6", article="5(1)(20)", facts=facts)


def clearance_is_complete(own: Release, clearance: Clearance) -> bool:
    """Art. 29(2) [C4]: clearance ends once goods are placed, their regime has run, and all is paid, in any order."""
    return own.released and regime_has_run(own) and payments_are_collected(clearance)


def regime_has_run(own: Release) -> bool:
    """Art. 29(2) [C4]: only a regime for a term has an end to wait for, and none ends before its goods are released."""
    return not own.runs_for_a_term or end_counts(own)


def end_counts(own: Release) -> bool:
    """Where either instant is not stated, the end counts."""
    if own.ended_at is None or own.released_at is None:
        return own.regime_ended
    return own.ended_at >= own.released_at


def end_is_new(ended: Instant, own: Release) -> bool:
    """One end is enough once it counts; until then a later one may be the one that will, and an earlier one cannot."""
    if not own.regime_ended:
        return True
    counted = own.released and end_counts(own)
    return not counted and own.ended_at is not None and ended > own.ended_at


def payments_are_collected(clearance: Clearance) -> bool:
    """Art. 29(2) [L9]: payments are computed and collected before clearance ends; a release does not wait for them."""
    return clearance.assessed is not None and clearance.received >= clearance.assessed


def findings(regime: Regime, released: Instant | None, consignment: Consignment) -> tuple[Finding, ...]:
    """Of a release, by what had happened when it was given, whenever that was recorded."""
    clearance = consignment.clearance
    declared = clearance.regime if happened_by(released, clearance.declared) else None
    found = (import_has_begun(consignment.arrival.crossed, released), regime_is_the_declared_one(regime, declared))
    return tuple(finding for finding in found if finding)


def late_findings(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    """What was recorded after the release says of it, and what was found of it too early."""
    own = consignment.own
    if own.regime is None:
        return []  # Not released, or recorded without its regime: then nothing more is concluded.
    now = findings(own.regime, own.released_at, consignment)
    gone = tuple(each for each in own.findings if each not in now)
    new = tuple(each for each in now if each not in own.findings)
    found: list[Own] = [ReleaseFindingsWithdrawn(consignment=id_, findings=gone)] if gone else []
    return [*found, ReleaseFindingsRecorded(consignment=id_, findings=new)] if new else found


def late_grounds(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    own = consignment.own
    now = grounds_after_release(own, consignment.clearance.prohibitions)
    gone = tuple(each for each in own.grounds_after if each not in now)
    new = tuple(each for each in now if each not in own.grounds_after)
    found: list[Own] = [GroundAfterReleaseWithdrawn(consignment=id_, grounds=gone)] if gone else []
    return [*found, GroundAfterRelease(consignment=id_, grounds=new)] if new else found


def completion(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    if consignment.own.completed or not clearance_is_complete(consignment.own, consignment.clearance):
        return []
    return [ClearanceCompleted(consignment=id_)]
