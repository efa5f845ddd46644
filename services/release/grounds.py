"""What stands in the way of a release: the grounds of the Code's closed list, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.declarations import Declared
from contracts.exports import still_here
from contracts.measures import Measure
from contracts.permits import unmet
from contracts.release import GroundAfterRelease, GroundAfterReleaseWithdrawn, Overseer
from contracts.values import ConsignmentId, GoodsCode, Instant, Regime
from decider import Matter, Stream, all_changed, in_order, replace, without
from law import ClosedListArticle, Facts, Ground
from law.rule import Fact, rule
from release.act_grounds import REFUSES, grounds_of_acts
from release.goods import Items, Part, Released, touched
from release.on_record import OnRecord
from release.upstream import Arrival, Clearance

Said: TypeAlias = GroundAfterRelease | GroundAfterReleaseWithdrawn


PLACES = ("L2", "L7", "L5", "L9", "L10")


@dataclass(frozen=True, kw_only=True)
class Came:
    """A ground that stands against goods that were released, and since when that is known."""

    ground: Ground
    known: Instant


@dataclass(frozen=True, kw_only=True)
class AfterRelease:
    """Grounds against goods that were released, as they stand.

    `grounds` came on record after the release; against `overridden` one was given, and that they were there was known.
    """

    grounds: tuple[Ground, ...] = ()
    overridden: tuple[Ground, ...] = ()
    came: tuple[Came, ...] = ()


@rule()
def prohibited_goods(_: Fact, items: Items, clearance: Clearance) -> tuple[Ground, ...]:
    """Art. 7(1) [L2]: goods whose import is prohibited leave and are not released; each act is named."""
    return tuple(
        ground("L2", "7(1)", each, codes)
        for each in still_here(clearance.measures, clearance.export).prohibitions
        if each.origin is None and (codes := touched(each, items, clearance.declared))
    )


@rule()
def goods_of_a_barred_origin(_: Fact, items: Items, clearance: Clearance) -> tuple[Ground, ...]:
    """Art. 20(1) [L7]: goods of an origin from which they may not come in are refused release, and for that alone."""
    return tuple(
        ground("L7", "20(1)", each, codes)
        for each in still_here(clearance.measures, clearance.export).prohibitions
        if each.origin is not None and (codes := touched(each, items, clearance.declared))
    )


@rule()
def requirements_not_met(_: Fact, items: Items, clearance: Clearance) -> tuple[Ground, ...]:
    """Art. 7(1) para 3 [L5]: restricted goods are released once what an act requires of them is met."""
    return tuple(
        ground("L5", "7(1) para 3", each, codes)
        for each in clearance.measures.restrictions
        if (codes := unmet(each, clearance.requirements, touched(each, items, clearance.declared)))
    )


def ground(rule: str, article: ClosedListArticle, of: Measure, codes: tuple[GoodsCode, ...]) -> Ground:
    facts: Facts = (("act", of.act), ("citation", of.citation), ("codes", codes))
    movement: Facts = (("movement", of.movement),) if of.movement else ()
    origin: Facts = (("origin", of.origin),) if of.origin else ()
    permit: Facts = (("permit", of.requires),) if of.requires else ()
    return Ground(rule=rule, article=article, layer=of.layer, facts=(*facts, *movement, *origin, *permit))


def grounds(asked: Fact, items: Items, regime: Regime | None, clearance: Clearance) -> tuple[Ground, ...]:
    """All that are on record for these goods, those that refuse before those that withhold.

    Without a regime, as if each item was released under the one that is declared for it.
    """
    found = (
        *prohibited_goods(asked, items, clearance),
        *goods_of_a_barred_origin(asked, items, clearance),
        *requirements_not_met(asked, items, clearance),
        *grounds_of_acts(asked, items, regime, clearance),
    )
    return (*(each for each in found if refuses(each)), *(each for each in found if not refuses(each)))


def refuses(each: Ground) -> bool:
    return each.article in ("7(1)", "20(1)") or REFUSES in each.facts


@rule()
def grounds_after_release(released: Fact, part: Part, clearance: Clearance) -> tuple[Ground, ...]:
    """Art. 7(1) [L2]: a ground that comes on record after the release undoes nothing; each act and code is named.

    What is to be done with the goods is the officer's to say.
    """
    return tuple(one for each in grounds(released, part.items, part.regime, clearance) for one in by_code(each))


@rule()
def requirements_open_then(_: Fact, part: Part, arrival: Arrival, clearance: Clearance) -> tuple[Ground, ...]:
    """Art. 7(1) para 3 [L5]: what an act requires of goods is met when they are released, and not only afterwards.

    Measured by when it was met, whenever that was recorded, and of goods that were in the country by then.
    """
    of = clearance.declared
    return tuple(
        one
        for each in clearance.measures.restrictions
        if (there := there_by_then(touched(each, part.items, of), part, arrival, of))
        and (codes := unmet(each, clearance.requirements, there, by=part.released))
        for one in by_code(ground("L5", "7(1) para 3", each, codes))
    )


def there_by_then(
    codes: tuple[GoodsCode, ...], part: Part, arrival: Arrival, declared: Declared
) -> tuple[GoodsCode, ...]:
    """What came later with another vehicle is no goods of that release, unless they were declared by then."""
    if part.released is None or arrival.last_crossed is None or arrival.last_crossed <= part.released:
        return codes
    then = declared.as_of(part.released)
    named = {item.code for item in then.items} if then else set()
    return tuple(code for code in codes if code in named)


def unfulfilled_then(part: Part, clearance: Clearance) -> tuple[Ground, ...]:
    """Of what acts want paid or approved before a release, what was not by then, whenever that was recorded."""
    if part.released is None:
        return ()
    payments, approvals = clearance.payments.as_of(part.released), clearance.approvals.as_of(part.released)
    then = replace(clearance, payments=payments, approvals=approvals)
    found = grounds_of_acts(part.fact, part.items, part.regime, then)
    return tuple(one for each in found for one in by_code(each))


def on_record_then(part: Part, arrival: Arrival, clearance: Clearance, on_record: OnRecord) -> list[Ground]:
    """Against a release that was given those that whoever gave it could have seen; asked for, it would be refused."""
    if not part.given:
        return []
    against = {
        *(each for each in grounds_after_release(part.fact, part, clearance) if not waits_for_a_fact(each)),
        *requirements_open_then(part.fact, part, arrival, clearance),
        *unfulfilled_then(part, clearance),
    }
    return [each for each in sorted(against, key=place) if was_known(each, part.fact.occurred, clearance, on_record)]


def was_known(ground: Ground, when: Instant, clearance: Clearance, on_record: OnRecord) -> bool:
    """Of what an act puts in the way until something is paid or approved it is enough that the goods were known."""
    if not waits_for_a_fact(ground):
        return on_record.by(ground, when)
    then = clearance.declared.as_of(when)
    return then is None or then.known <= when


def waits_for_a_fact(ground: Ground) -> bool:
    """By an act: that something is paid, or approved."""
    return "on" in dict(ground.facts)


def by_code(of: Ground) -> Iterator[Ground]:
    """Where no goods are declared, as it stands."""
    facts = dict(of.facts)
    if not facts["codes"]:
        yield of
    for code in facts["codes"]:
        alone = tuple(sorted({**facts, "codes": (code,)}.items()))
        yield Ground(rule=of.rule, article=of.article, layer=of.layer, facts=alone)


def place(of: Ground) -> tuple[int, list[str]]:
    """In one order, whatever was released first: those that refuse before those that withhold."""
    facts = dict(of.facts)
    said = (
        facts["act"],
        facts["citation"],
        of.layer,
        facts.get("permit", ""),
        facts.get("agency", ""),
        facts.get("origin", ""),
        facts.get("movement", ""),
        *facts["codes"],
    )
    return PLACES.index(of.rule), [str(each) for each in said]


def late_grounds(
    asked: Stream,
    arrival: Arrival,
    released: Released,
    clearance: Clearance,
    on_record: OnRecord,
    after: AfterRelease,
) -> list[Said]:
    parts = released.parts
    seen = {one for part in parts for one in on_record_then(part, arrival, clearance, on_record)}
    late = {one for part in parts for one in grounds_after_release(part.fact, part, clearance)} - seen
    return [
        *against_goods(asked.id, "officer", late, after.grounds),
        *against_goods(asked.id, "supervisor", seen, after.overridden),
    ]


def against_goods(id_: ConsignmentId, who: Overseer, now: set[Ground], on_record: tuple[Ground, ...]) -> list[Said]:
    def said(event: type[GroundAfterRelease] | type[GroundAfterReleaseWithdrawn], of: tuple[Ground, ...]) -> Said:
        first = of[0]
        return event(consignment=id_, article=first.article, rule=first.rule, layer=first.layer, grounds=of, who=who)

    return all_changed(
        sorted(now, key=place),
        on_record,
        begin=lambda new: said(GroundAfterRelease, new),
        end=lambda gone: said(GroundAfterReleaseWithdrawn, gone),
    )


def recorded(after: AfterRelease, event: Said, known: Instant) -> AfterRelease:
    of_officer = event.who == "officer"
    before = after.grounds if of_officer else after.overridden
    match event:
        case GroundAfterRelease(grounds=found):
            now = in_order({*before, *found})
        case GroundAfterReleaseWithdrawn(grounds=gone):
            now = without(before, gone)
        case _:
            assert_never(event)
    if not of_officer:
        return replace(after, overridden=now)
    since = {each.ground: each.known for each in after.came}
    came = tuple(Came(ground=each, known=since.get(each, known)) for each in now)
    return replace(after, grounds=now, came=came)


MATTER = Matter(folds=(recorded,), follows=(late_grounds,))
