"""Goods in doubt: papers and declaration say different things, and an officer decides what they are (Arts 19, 22)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clearance.compared import Compared, Difference, compared
from clearance.goods import Part, since_when
from clearance.measures import prohibitions, restricted_goods, touched_by
from clearance.upstream import Arrival, Presentation
from contracts.declarations import Declared, GoodsDecision, decided_on, doubted
from contracts.doubts import (
    Evidence,
    EvidenceKind,
    GoodsDoubtDecided,
    GoodsDoubtWithdrawn,
    GoodsInDoubt,
)
from contracts.goods import OriginArea
from contracts.measures import Measure
from contracts.names import OfConsignment
from contracts.stating import Amendable, StatementDiffers, stated, stater
from contracts.values import Country, Instant, ItemNumber, NineDigits, Text
from decider import Input, Matter, OpenPoint, Stream, all_changed, opens, replace
from law import Facts, Finding
from law.rule import Fact, Happened, rule

AUXILIARY: frozenset[EvidenceKind] = frozenset({"shipping_papers", "expert_opinion"})


@dataclass(frozen=True, kw_only=True)
class DecideOnGoodsInDoubt(OfConsignment):
    """The officer decides by evidence what goods are, and measures follow from that (Arts 19(3), 22(2)-(4)).

    An `item`, or without one goods that no item declares. A code or an origin that he leaves out is as it is declared;
    with neither item nor code, nothing is there beside the declared goods. A later decision goes before an earlier one.
    """

    item: ItemNumber | None = None
    code: NineDigits | None = None
    origin: Country | None = None
    origin_area: OriginArea | None = None
    evidence: Evidence
    reason: Text | None = None


def of_a_decision() -> Amendable:
    """An act of customs: another one under the same time differs, and a later one stands in its place."""
    return Amendable(article="22(2)", rule="K4", states=DecideOnGoodsInDoubt, amends=())


def decided(asked: Input[DecideOnGoodsInDoubt], declared: Declared) -> list[GoodsDoubtDecided | StatementDiffers]:
    """Recorded also where papers or declaration are recorded only later."""
    said = asked.content
    word = GoodsDecision(
        item=said.item, code=said.code, origin=said.origin, origin_area=said.origin_area,
        evidence=tuple(sorted({*said.evidence})), at=asked.occurred, known=asked.recorded,
    )  # fmt: skip
    of_then = (each for each in declared.decided if each.at == word.at and each.item == word.item)
    stands = next((each for each in of_then if each.item is not None or each.code == word.code), None)
    of_origin_alone = said.code is None and (said.origin or said.origin_area)
    says = origin_is_established if of_origin_alone else customs_classifies
    return stated(asked, word, stands, of_a_decision(), lambda: says(asked, word))


@rule(by="officer")
def customs_classifies(asked: Input[DecideOnGoodsInDoubt], word: GoodsDecision) -> GoodsDoubtDecided:
    """Art. 22(2) [K4]: goods that are declared under a wrong code are classified by customs itself, and that binds."""
    noted = auxiliary_evidence_alone(asked, word.evidence)
    return goods_are_decided(asked, word, findings=(noted,) if noted else ())


@rule(by="officer")
def origin_is_established(asked: Input[DecideOnGoodsInDoubt], word: GoodsDecision) -> GoodsDoubtDecided:
    """Art. 19(3) [O15]: customs establishes the origin of goods once their proof was held against shipping papers."""
    return goods_are_decided(asked, word, findings=(), article="19(3)", rule="O15")


def goods_are_decided(asked: Input[DecideOnGoodsInDoubt], word: GoodsDecision, **cited: Any) -> GoodsDoubtDecided:
    return GoodsDoubtDecided(
        consignment=asked.content.consignment, item=word.item, code=word.code, origin=word.origin,
        origin_area=word.origin_area, evidence=word.evidence, reason=asked.content.reason, decided=word.at,
        stated_by=stater(asked.subject), **cited,
    )  # fmt: skip


@rule()
def auxiliary_evidence_alone(_: Fact, evidence: tuple[EvidenceKind, ...]) -> Finding | None:
    """Art. 22(4) [K6]: shipping papers and expert opinions help to classify, so a decision on these alone is noted."""
    if not {*evidence} <= AUXILIARY:
        return None
    return Finding(rule="K6", article="22(4)", facts=(("evidence", evidence),))


@rule()
def codes_that_differ(_: Fact, found: Compared) -> Finding | None:
    """Art. 22(4) [K6]: papers that name other goods than are declared help customs to classify, and decide nothing.

    So the officer is asked which goods they are. Where papers leave a code open, they differ from none.
    """
    of = found.codes
    if of is None:
        return None
    facts: Facts = (("declared", of.declared or "by no item"), *items(of.items), ("papers", of.papers or "not named"))
    return Finding(rule="K6", article="22(4)", facts=facts)


@rule()
def origins_that_differ(_: Fact, found: Compared) -> tuple[Finding, ...]:
    """Art. 19(1) para 2 [O13]: an origin that papers show otherwise than declared is doubtful, and customs may ask."""
    return tuple(of_origin(code, each) for code, each in found.origins)


def of_origin(code: str, of: Difference) -> Finding:
    facts: Facts = (("code", code), ("declared", of.declared), *items(of.items), ("papers", of.papers))
    return Finding(rule="O13", article="19(1) para 2", facts=facts)


@rule()
def measures_in_papers_alone(_: Fact, found: Compared) -> tuple[Finding, ...]:
    """Art. 19(3) [O15]: what papers alone say of code and origin prohibits nothing until customs has decided.

    So nobody has to take the goods out for that, and nobody is refused their release. Of items that are declared
    without an origin the restrictions that go by it are in doubt alike.
    """
    parts = (Part(came_in=found.came_in, goods=found.alone),)
    if not found.declared:
        return tuple(seen_alone(each, found) for each in prohibitions(parts))
    by_origin = (*prohibitions(parts), *touched_by(restricted_goods, parts))
    return tuple(seen_alone(each, found) for each in by_origin if each.origin is not None)


def seen_alone(of: Measure, found: Compared) -> Finding:
    named: Facts = (("act", of.act), ("citation", of.citation), ("codes", of.codes))
    if of.origin is None:
        return Finding(rule="K6", article="22(4)", facts=named)
    return Finding(rule="O15", article="19(3)", facts=(*named, *items(found.items_of(of.codes)), ("origin", of.origin)))


@rule()
def declared_otherwise_since(_: Fact, found: Compared) -> Finding | None:
    """Art. 22(3) [K5]: what customs decided of goods binds, so goods declared as others since are looked at anew."""
    of = found.since
    facts: Facts = (("decided", of.papers), ("declared", of.declared), *items(of.items)) if of else ()
    return Finding(rule="K5", article="22(3)", facts=facts) if facts else None


def items(numbers: tuple[ItemNumber, ...]) -> Facts:
    return (("items", tuple(str(each) for each in numbers)),) if numbers else ()


def in_doubt(arrival: Arrival, declared: Declared) -> tuple[Finding, ...]:
    """All that is to be decided on, by the crossing and by what was declared until now."""
    found = compared(arrival, declared)
    if found is None:
        return ()
    of = Happened(found.came_in.occurred, found.known)
    single = (codes_that_differ(of, found), declared_otherwise_since(of, found))
    several = (*origins_that_differ(of, found), *measures_in_papers_alone(of, found))
    return (*(each for each in single if each), *several)


def doubts(asked: Stream, arrival: Arrival, declared: Declared) -> list[GoodsInDoubt | GoodsDoubtWithdrawn]:
    """The same whichever was recorded first, papers, declaration or decision."""

    def begin(new: tuple[Finding, ...]) -> GoodsInDoubt:
        return GoodsInDoubt(consignment=asked.id, article=new[0].article, rule=new[0].rule, findings=new)

    def end(gone: tuple[Finding, ...]) -> GoodsDoubtWithdrawn:
        return GoodsDoubtWithdrawn(consignment=asked.id, article=gone[0].article, rule=gone[0].rule, findings=gone)

    return all_changed(in_doubt(arrival, declared), declared.doubts, begin=begin, end=end)


@opens("DecideOnGoodsInDoubt")
def still_to_be_decided(arrival: Arrival, presentation: Presentation, declared: Declared) -> Iterator[OpenPoint]:
    """The officer's, and nothing else waits for it but the goods' readiness."""
    if declared.doubts:
        article, since = declared.doubts[0].article, doubted_since(arrival, declared)
        yield OpenPoint(
            act="DecideOnGoodsInDoubt", who="officer", article=article, place=presentation.checkpoint, since=since
        )


def doubted_since(arrival: Arrival, declared: Declared) -> Instant | None:
    """When the first of what is in doubt came to be, by what had happened until then."""
    since: Instant | None = None
    said = {*(each.at for each in declared.versions), *(each.at for each in declared.decided)}
    for at in sorted({*said, *(each.at for each in arrival.crossings)}):
        then = in_doubt(arrival_as_of(at, arrival), declared_until(at, declared))
        since = since or at if any(each in then for each in declared.doubts) else None
    return since or since_when(arrival, declared.fact)


def arrival_as_of(at: Instant, arrival: Arrival) -> Arrival:
    return replace(arrival, crossings=tuple(each for each in arrival.crossings if each.at <= at))


def declared_until(at: Instant, declared: Declared) -> Declared:
    """With what was declared and decided by then, and withdrawn only later."""
    said = (each for each in declared.versions if each.at <= at)
    versions = (
        replace(each, withdrawn=None, struck=False) if each.withdrawn and at < each.withdrawn else each for each in said
    )
    decided = tuple(each for each in declared.decided if each.at <= at)
    return replace(declared, versions=tuple(versions), decided=decided)


MATTER = Matter(commands=(decided,), folds=(decided_on, doubted), follows=(doubts,), open_points=(still_to_be_decided,))
