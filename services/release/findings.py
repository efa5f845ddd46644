"""What is found of a release by what had happened when it was given, whenever that was recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.declarations import Declared, Version
from contracts.doubts import concerns
from contracts.release import GoodsReleased, ReleaseFindingsRecorded, ReleaseFindingsWithdrawn
from contracts.showings import Showing
from contracts.values import Instant, MovementId, Regime
from decider import Matter, Stream, all_changed, in_order, without
from law import Facts, Finding, Ground
from law.naming import same_name
from law.rule import Fact, rule
from release.goods import Items, Part, Released, items_of, named
from release.grounds import on_record_then, requirements_open_then, unfulfilled_then
from release.on_record import OnRecord
from release.upstream import Arrival, Clearance, Crossing, Presentation

Noted: TypeAlias = ReleaseFindingsRecorded | ReleaseFindingsWithdrawn


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Those of the release that stand: recorded, and not withdrawn."""

    noted: tuple[Finding, ...] = ()


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
def other_regimes_than_declared(_: Fact, part: Part, declared: Declared) -> tuple[Finding, ...]:
    """Art. 5(1)(20) [F6]: goods are released under the regime in which they are placed, each item's declared one."""
    then = declared.as_of(part.released)
    if then is None:
        facts: Facts = (("declaration", "not on record"), *named(part.items), ("released", part.regime))
        return (Finding(rule="F6", article="5(1)(20)", facts=facts),)
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
def goods_in_doubt(_: Fact, items: Items, clearance: Clearance) -> tuple[Finding, ...]:
    """Art. 22(4) [K6]: goods that are in doubt may be released, and what is doubtful stands beside it."""
    found = clearance.declared.doubts
    return tuple(each for each in found if not items or any(concerns(each, number) for number in items))


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


@rule()
def released_without_being_shown(
    _: Fact, part: Part, arrival: Arrival, presentation: Presentation, declared: Declared
) -> Finding | None:
    """Art. 37(2) [P1]: goods that have crossed are shown to customs before they go; no ground to refuse, but noted.

    Not of those to which the chapter does not apply; and where no crossing is on record, that is noted by itself.
    """
    shown = [each for each in presentation.showings.shown if each.at is None or happened_by(part.released, each.at)]
    left = not_shown(part, arrival, shown)
    if not left or (shown and others_remain(part, declared)):
        return None
    vehicles: Facts = (("movements", left),) if shown else ()
    return Finding(rule="P1", article="37(2)", facts=(*named(part.items), *vehicles, ("shown", "not on record")))


def not_shown(part: Part, arrival: Arrival, shown: Sequence[Showing]) -> tuple[MovementId, ...]:
    """The vehicles whose goods had crossed by then, and to which the chapter applies, and of which none were shown."""
    vehicles = {each.movement for each in arrival.crossings}
    return tuple(
        each.movement
        for each in arrival.crossings
        if happened_by(part.released, each.at)
        and not arrival.exemptions.of({each.movement}, part.released)
        and not any(is_of(showing, each, vehicles) for showing in shown)
    )


def is_of(showing: Showing, crossing: Crossing, vehicles: Collection[MovementId]) -> bool:
    """What names no vehicle, or none that is known, is of each that had crossed by then."""
    if showing.movement in vehicles:
        return showing.movement == crossing.movement
    return showing.at is None or crossing.at <= showing.at


def others_remain(part: Part, declared: Declared) -> bool:
    """Which goods are with which vehicle nobody says: those of an item may be with the one that was shown."""
    then = declared.as_of(part.released)
    return bool(part.items) and then is not None and len(part.items) < len(then.items)


@rule()
def stated_by_another_post(_: Fact, part: Part) -> Finding | None:
    """Art. 5(1)(20) [L1]: a release is an act of customs, and that it was given is stated by the post that gave it."""
    if part.given is None:
        return None
    places = (part.by.checkpoints if part.by else None) or ()
    if part.given.post in places:
        return None
    return Finding(
        rule="L1", article="5(1)(20)", facts=(*named(part.items), ("post", part.given.post), ("stated_by", places))
    )


def grounds_then(part: Part, arrival: Arrival, clearance: Clearance, on_record: OnRecord) -> tuple[Finding, ...]:
    """A requirement that was open at its time and, against a release that was given, what was on record by then."""
    unmet = (*requirements_open_then(part.fact, part, arrival, clearance), *unfulfilled_then(part, clearance))
    seen = on_record_then(part, arrival, clearance, on_record)
    return (
        *(noted(each, "while it is on record") for each in seen if each not in unmet),
        *(noted(each, "before it is met") for each in unmet),
    )


def noted(ground: Ground, how: str) -> Finding:
    facts = tuple(sorted((*ground.facts, ("released", how))))
    return Finding(rule=ground.rule, article=ground.article, layer=ground.layer, facts=facts)


def findings(
    part: Part, arrival: Arrival, presentation: Presentation, clearance: Clearance, on_record: OnRecord
) -> tuple[Finding, ...]:
    fact, declared = part.fact, clearance.declared
    found = (
        release_before_any_crossing(fact, arrival.crossed, part),
        released_without_being_shown(fact, part, arrival, presentation, declared),
        undeclared_items(fact, part, declared),
        goods_declared_otherwise_since(fact, part, declared),
        stated_by_another_post(fact, part),
    )
    return (
        *(each for each in found if each),
        *other_regimes_than_declared(fact, part, declared),
        *part.doubts,
        *grounds_then(part, arrival, clearance, on_record),
    )


def late_findings(
    asked: Stream,
    arrival: Arrival,
    presentation: Presentation,
    clearance: Clearance,
    released: Released,
    of_acts: OnRecord,
    on_record: Findings,
) -> list[Noted]:
    """What was recorded after the release says of it, and what was found of it too early."""
    found = (findings(part, arrival, presentation, clearance, of_acts) for part in released.parts)
    return all_changed(
        tuple(dict.fromkeys(each for of_part in found for each in of_part)),
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


MATTER = Matter(folds=(recorded,), follows=(late_findings,))
