"""Whether permits meet what acts require of the goods, and which of them the officer sees (Art. 7(1) para 3, 7(5))."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeAlias

from clearance.goods import may_be, since_when
from clearance.measures import all_have_to_leave, that_may_come_in, touches
from clearance.permit_decisions import Decision, Decisions, decision_on
from clearance.permit_defects import Defects, judged
from clearance.permits import Permit, Permits, nine_digits, number_of
from clearance.upstream import Arrival, Goods, Presentation
from contracts.clearance import (
    PermitReferralWithdrawn,
    PermitReferred,
    RestrictionSatisfactionWithdrawn,
    RestrictionSatisfied,
)
from contracts.declarations import Declared
from contracts.measures import Measure, Measures
from contracts.permits import Met, Referral, Requirements, permitted, unmet
from contracts.values import ConsignmentId, GoodsCode, Word
from decider import Matter, OpenPoint, Stream, each_changed, opens, replace
from law import Finding
from law.naming import plain, same_name
from law.rule import Fact, rule


@rule()
def goods_not_named(_: Fact, kind: Word, permits: Permits, measures: Measures) -> Finding | None:
    """Art. 7(5) [K1]: goods that need a permit of this kind are named by their code in one of those presented."""
    of_it = (permit for permit in permits.standing if same_name(permit.kind, kind))
    named = {nine_digits(line) for permit in of_it for line in permit.lines}
    needed = {code for each in measures.restrictions if same_name(each.requires, kind) for code in each.codes}
    codes = tuple(sorted(code for code in needed if not may_be(code, named)))
    return Finding(rule="K1", article="7(5)", facts=(("goods not named", codes),)) if codes else None


@rule()
def requirement_is_met(
    _: Fact, restriction: Measure, permit: Permit, word: Decision | None, found: Defects
) -> tuple[GoodsCode, ...]:
    """Art. 7(1) para 3 [L5]: restricted goods come in by the permit that names them, or that the officer accepts.

    One with a defect meets nothing by itself; one that is for less than is declared meets what it is enough for.
    """
    if word and word.accepted:
        return restriction.codes
    if found.of_it:
        return ()
    named = {nine_digits(line) for line in permit.lines}
    return tuple(code for code in restriction.codes if may_be(code, named) and code not in found.beyond)


Satisfaction: TypeAlias = tuple[Met, tuple[GoodsCode, ...]]
"""Of one act and permit, with the codes of all."""


def requirements_met(
    asked: Stream,
    arrival: Arrival,
    declared: Declared,
    measures: Measures,
    permits: Permits,
    decisions: Decisions,
    requirements: Requirements,
) -> list[RestrictionSatisfied | RestrictionSatisfactionWithdrawn]:
    """Asked anew at every input, so that permit, decision and restriction may be recorded in any order."""
    found = judged(arrival, declared, measures, permits)
    now = [
        met
        for each in measures.restrictions
        for permit in permits.standing
        if same_name(permit.kind, each.requires)
        for defects in (found[number_of(permit.kind, permit.number)],)
        for met in met_by(permit, decision_on(permit, decisions), each, defects)
    ]
    return each_changed(
        by_permit(now),
        by_permit(requirements.met),
        begins=lambda one: now_met(asked.id, *one),
        ends=lambda one: no_more_met(asked.id, *one),
        less=lambda these, those: by_permit({*of_all(these)} - {*of_all(those)}),
    )


def met_by(permit: Permit, word: Decision | None, restriction: Measure, found: Defects) -> Iterator[Met]:
    """Since the permit was presented or, where it is the officer's word that counts, since he accepted it."""
    alone = requirement_is_met(permit.fact, restriction, permit, None, found)
    for code in requirement_is_met(permit.fact, restriction, permit, word, found):
        yield Met(
            act=restriction.act,
            layer=restriction.layer,
            kind=permit.kind,
            number=permit.number,
            code=code,
            at=word.at if word and code not in alone else permit.at,
        )


def by_permit(met: Iterable[Met]) -> list[Satisfaction]:
    found = []
    for _, group in groupby(sorted({*met}, key=by_since), key=lambda each: by_since(each)[:4]):
        alike = tuple(group)
        found.append((alike[0], tuple(each.code for each in alike)))
    return found


def by_since(met: Met) -> tuple[str, ...]:
    return met.act, met.kind, met.number, str(met.at), met.code


def of_all(satisfactions: Iterable[Satisfaction]) -> Iterator[Met]:
    for one, codes in satisfactions:
        yield from (replace(one, code=code) for code in codes)


def now_met(id_: ConsignmentId, of: Met, codes: tuple[GoodsCode, ...]) -> RestrictionSatisfied:
    return RestrictionSatisfied(
        consignment=id_, layer=of.layer, codes=codes, permit=of.kind, number=of.number, act=of.act, met=of.at
    )


def no_more_met(id_: ConsignmentId, of: Met, codes: tuple[GoodsCode, ...]) -> RestrictionSatisfactionWithdrawn:
    return RestrictionSatisfactionWithdrawn(
        consignment=id_, layer=of.layer, codes=codes, permit=of.kind, number=of.number, act=of.act
    )


def defects(
    permit: Permit,
    found: Defects | None,
    permits: Permits,
    decisions: Decisions,
    measures: Measures,
    requirements: Requirements,
) -> tuple[Finding, ...]:
    """None where nothing waits for this permit, or where the officer has said his word on it."""
    waits = any(same_name(each.requires, permit.kind) and unmet(each, requirements) for each in measures.restrictions)
    if not waits or decision_on(permit, decisions):
        return ()
    unnamed = goods_not_named(permit.fact, permit.kind, permits, measures)
    return (*(found.findings if found else ()), *((unnamed,) if unnamed else ()))


def referrals(
    asked: Stream,
    arrival: Arrival,
    declared: Declared,
    measures: Measures,
    permits: Permits,
    decisions: Decisions,
    requirements: Requirements,
) -> list[PermitReferred | PermitReferralWithdrawn]:
    id_, of = asked.id, judged(arrival, declared, measures, permits)
    found = (
        (each, defects(each, of.get(number_of(each.kind, each.number)), permits, decisions, measures, requirements))
        for each in permits.standing
    )
    now = [Referral(kind=permit.kind, number=permit.number, findings=each) for permit, each in found if each]
    return each_changed(
        sorted({*now}, key=repr),
        sorted({*requirements.referred}, key=repr),
        begins=lambda of: PermitReferred(consignment=id_, permit=of.kind, number=of.number, findings=of.findings),
        ends=lambda of: PermitReferralWithdrawn(
            consignment=id_, permit=of.kind, number=of.number, findings=of.findings
        ),
    )


@opens("PresentPermit", "DecideOnPermit")
def still_to_be_permitted(
    arrival: Arrival,
    declared: Declared,
    presentation: Presentation,
    measures: Measures,
    permits: Permits,
    requirements: Requirements,
) -> Iterator[OpenPoint]:
    """A permit is the declarant's to bring; one that was referred waits for the officer since it was presented."""
    if not measures.restrictions or all_have_to_leave(arrival, declared, measures):
        return
    goods, place = that_may_come_in(arrival, declared, measures), presentation.checkpoint
    since = since_when(arrival, declared.fact)
    unmet_ones = [each for each in measures.restrictions if concerns(each, unmet(each, requirements), goods)]
    needed = {plain(each.requires or "") for each in unmet_ones}
    waiting = {plain(each.kind) for each in requirements.referred}
    if needed - waiting:
        yield OpenPoint(act="PresentPermit", who="declarant", article="7(1) para 3", place=place, since=since)
    if needed & waiting:
        presented = [each.at for each in permits.standing if plain(each.kind) in needed & waiting]
        seen = max(filter(None, (since, min(presented, default=None))), default=None)
        yield OpenPoint(act="DecideOnPermit", who="officer", article="7(5)", place=place, since=seen)


def concerns(measure: Measure, codes: tuple[GoodsCode, ...], goods: tuple[Goods, ...]) -> bool:
    return any(each.code in codes and touches(measure, each) for each in goods)


MATTER = Matter(
    folds=(permitted,),
    follows=(requirements_met, referrals),
    open_points=(still_to_be_permitted,),
)
