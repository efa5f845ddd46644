"""Releasing goods under a regime, what is only noted at it, and what withholds it (Arts 5(1)(20), 5(1)(21)(a))."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, assert_never

from contracts.declarations import Declared, Version
from contracts.doubts import concerns
from contracts.names import OfConsignment
from contracts.permits import Requirements
from contracts.release import (
    GoodsReleased,
    ReleaseFindingsRecorded,
    ReleaseFindingsWithdrawn,
    ReleaseRefused,
    ReleaseWithheld,
)
from contracts.values import ConsignmentId, Instant, ItemNumbers, Regime
from decider import Input, Matter, OpenPoint, all_changed, in_order, opens, replace, without
from law import Facts, Finding, Ground
from law.naming import plain, same_name
from law.rule import Fact, rule
from release.goods import Items, Part, Released, items_of, named, part_of, still_to_release
from release.grounds import grounds, refuses
from release.upstream import Arrival, Clearance, Presentation, Readiness

Noted: TypeAlias = ReleaseFindingsRecorded | ReleaseFindingsWithdrawn
Decided: TypeAlias = GoodsReleased | ReleaseRefused | ReleaseWithheld


@dataclass(frozen=True, kw_only=True)
class ReleaseGoods(OfConsignment):
    """The officer releases goods under a regime; whether it runs for a term is the officer's word (Art. 5(1)(20)).

    Without `items` all that is not released yet.
    """

    items: ItemNumbers = ()
    regime: Regime
    runs_for_a_term: bool = False


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Those of the release that stand: recorded, and not withdrawn."""

    noted: tuple[Finding, ...] = ()


def release(
    asked: Input[ReleaseGoods],
    arrival: Arrival,
    clearance: Clearance,
    released: Released,
) -> list[Decided]:
    """By the grounds on record when it is asked for, also where the release is said to have been given before.

    One that was given under another name of these goods stands: what is on record here against it comes after it.
    What has been released is not released again: to place goods under another regime afterwards is another act.
    """
    said, id_ = asked.content, asked.content.consignment
    of = still_to_release(said.items, clearance.declared, released)
    if of is None:
        return []
    part = Part(
        items=of,
        regime=said.regime,
        runs_for_a_term=said.runs_for_a_term,
        released=asked.occurred,
        known=asked.recorded,
    )
    part = replace(part, doubts=goods_in_doubt(asked, part.items, clearance))
    against = () if asked.told else grounds(asked, of, said.regime, clearance)
    if against:
        return [no_release(id_, part, against, clearance.requirements)]
    return [goods_may_go(id_, part, findings(part, arrival, clearance.declared))]


@rule(by="officer")
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


def no_release(id_: ConsignmentId, asked: Part, against: tuple[Ground, ...], requirements: Requirements) -> Decided:
    """Refused where a ground refuses; where requirements alone are not met, withheld until they are."""
    leading, items, regime = against[0], asked.items, asked.regime
    rule, article, layer = leading.rule, leading.article, leading.layer
    if any(refuses(each) for each in against):
        return ReleaseRefused(
            consignment=id_, article=article, rule=rule, layer=layer, items=items, regime=regime, grounds=against
        )
    return ReleaseWithheld(
        consignment=id_,
        article=article,
        rule=rule,
        layer=layer,
        items=items,
        regime=regime,
        grounds=against,
        who=must_act(against, requirements),
    )


def must_act(withholding: tuple[Ground, ...], requirements: Requirements) -> Literal["declarant", "officer", "agency"]:
    """The declarant where he has to do something, the officer or a body where nothing but their word is missing."""
    waiting = {plain(each.kind) for each in requirements.referred}
    found = {who_fulfils(dict(each.facts), waiting) for each in withholding}
    return "declarant" if "declarant" in found else "officer" if "officer" in found else "agency"


def who_fulfils(facts: Mapping[str, Any], referred: Set[str]) -> Literal["declarant", "officer", "agency"]:
    if "agency" in facts:
        return "agency"
    return "officer" if plain(facts.get("permit", "")) in referred else "declarant"


def happened_by(released: Instant | None, fact: Instant | None) -> bool:
    """Whether it was recorded sooner or later says nothing; where it is not on record when the release was, it had."""
    return fact is not None and (released is None or fact <= released)


@rule()
def release_before_any_crossing(_: Fact, crossed: Instant | None, part: Part) -> Finding | None:
    """Art. 5(1)(21)(a) [F4]: import runs from the actual crossing to release, so a release has a crossing before it.

    The article defines import and forbids nothing, so where no crossing before it is on record, that is noted.
    """
    if happened_by(part.released, crossed):
        return None
    return Finding(rule="F4", article="5(1)(21)(a)", facts=(("crossing", "not on record"), *named(part.items)))


@rule()
def goods_in_doubt(_: Fact, items: Items, clearance: Clearance) -> tuple[Finding, ...]:
    """Art. 22(4) [K6]: goods that are in doubt may be released, and what is doubtful stands beside it."""
    found = clearance.declared.doubts
    return tuple(each for each in found if not items or any(concerns(each, number) for number in items))


@rule()
def other_regimes_than_declared(_: Fact, part: Part, declared: Declared) -> tuple[Finding, ...]:
    """Art. 5(1)(20) [F6]: goods are released under the regime in which they are placed, each item's declared one."""
    then = declared.as_of(part.released)
    if then is None:
        return (other_regime(part, None, part.items),)
    if not then.items:
        return () if same_name(part.regime, then.regime) else (other_regime(part, then.regime, part.items),)
    of_it = [item for item in items_of(then) if not part.items or item.number in part.items]
    found = []
    others = {item.regime for item in of_it if not same_name(item.regime, part.regime)}
    for regime in sorted(others, key=str):
        items = tuple(item.number for item in of_it if item.regime == regime)
        as_one = not part.items and len(items) == len(of_it)
        found.append(other_regime(part, regime, () if as_one else items))
    return tuple(found)


def other_regime(part: Part, regime: Regime | None, items: Items) -> Finding:
    facts: Facts = (("declared", regime),) if regime else ()
    return Finding(rule="F6", article="5(1)(20)", facts=(*facts, *named(items), ("released", part.regime)))


@rule()
def undeclared_items(_: Fact, part: Part, declared: Declared) -> Finding | None:
    """Art. 5(1)(20) [L1]: what customs lets go is goods that were declared; a number that no item has is noted."""
    then = declared.as_of(part.released)
    unknown = tuple(each for each in part.items if then and each > len(then.items))
    if not unknown:
        return None
    return Finding(rule="L1", article="5(1)(20)", facts=(("declared", "not under this number"), *named(unknown)))


@rule()
def goods_declared_otherwise_since(_: Fact, part: Part, declared: Declared) -> Finding | None:
    """Art. 5(1)(20) [L1]: a release is of goods as they were declared then; what is declared since changes none of it.

    So where they are declared as others now, or not at all, that is noted.
    """
    then, now = declared.as_of(part.released), declared.stands
    if then is None or same_goods(then, now, part):
        return None
    how = "otherwise since" if now else "no longer"
    return Finding(rule="L1", article="5(1)(20)", facts=(("declared", how), *named(part.items)))


def same_goods(then: Version, now: Version | None, part: Part) -> bool:
    """A part is released as what its items are; where the declaration has none, the goods as one by their regime."""
    if now is None:
        return False
    if not (then.items or now.items):
        return then.regime == now.regime
    before, since = (
        [each for each in items_of(of) if not part.items or each.number in part.items] for of in (then, now)
    )
    return before == since


def findings(part: Part, arrival: Arrival, declared: Declared) -> tuple[Finding, ...]:
    """Of a release, by what had happened when it was given, whenever that was recorded."""
    fact = part.fact
    found = (
        release_before_any_crossing(fact, arrival.crossed, part),
        undeclared_items(fact, part, declared),
        goods_declared_otherwise_since(fact, part, declared),
    )
    return (*(each for each in found if each), *other_regimes_than_declared(fact, part, declared), *part.doubts)


def late_findings(
    asked: Input[object], arrival: Arrival, declared: Declared, released: Released, on_record: Findings
) -> list[Noted]:
    """What was recorded after the release says of it, and what was found of it too early."""
    now = tuple(dict.fromkeys(each for part in released.parts for each in findings(part, arrival, declared)))
    return all_changed(
        now,
        on_record.noted,
        begin=lambda new: ReleaseFindingsRecorded(consignment=asked.id, findings=new),
        end=lambda gone: ReleaseFindingsWithdrawn(consignment=asked.id, findings=gone),
    )


def recorded(on_record: Findings, event: GoodsReleased | Noted) -> Findings:
    match event:
        case GoodsReleased(findings=found) | ReleaseFindingsRecorded(findings=found):
            return Findings(noted=in_order({*on_record.noted, *found}))
        case ReleaseFindingsWithdrawn(findings=gone):
            return Findings(noted=without(on_record.noted, gone))
        case _:
            assert_never(event)


@opens("ReleaseGoods")
def still_to_be_released(
    presentation: Presentation,
    readiness: Readiness,
    clearance: Clearance,
    released: Released,
) -> Iterator[OpenPoint]:
    """Of the goods that are ready some are not released, and nothing on record stands in their way."""
    items: list[Items] = [(number,) for number in readiness.items if part_of(number, released) is None]
    as_one: list[Items] = [()] if readiness.as_a_whole and not released.parts else []
    if any(not grounds(readiness.fact, each, None, clearance) for each in (*items, *as_one)):
        since, place = readiness.fact.occurred, presentation.checkpoint
        yield OpenPoint(act="ReleaseGoods", who="officer", article="5(1)(20)", place=place, since=since)


MATTER = Matter(
    commands=(release,),
    folds=(recorded,),
    follows=(late_findings,),
    open_points=(still_to_be_released,),
    unfolded=(ReleaseRefused, ReleaseWithheld),  # A refusal changes nothing: it may be asked again.
)
