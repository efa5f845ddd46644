"""What stands in the way of a release: the grounds of the Code's closed list, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.exports import Exports, still_here
from contracts.measures import Measure
from contracts.permits import unmet
from contracts.release import GroundAfterRelease, GroundAfterReleaseWithdrawn
from contracts.values import GoodsCode, Regime
from decider import Input, Matter, OpenPoint, all_changed, in_order, opens, without
from law import ClosedListArticle, Facts, Ground
from law.rule import Fact, rule
from release.act_grounds import REFUSES, grounds_of_acts
from release.goods import Items, Part, Released, touched
from release.upstream import Clearance, Presentation

Said: TypeAlias = GroundAfterRelease | GroundAfterReleaseWithdrawn


PLACES = ("L2", "L7", "L5", "L9", "L10")


@dataclass(frozen=True, kw_only=True)
class AfterRelease:
    """Grounds that came on record after the release, and stand."""

    grounds: tuple[Ground, ...] = ()


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
    asked: Input[object],
    released: Released,
    clearance: Clearance,
    after: AfterRelease,
) -> list[Said]:
    def begin(new: tuple[Ground, ...]) -> Said:
        first = new[0]
        return GroundAfterRelease(
            consignment=asked.id, article=first.article, rule=first.rule, layer=first.layer, grounds=new
        )

    def end(gone: tuple[Ground, ...]) -> Said:
        first = gone[0]
        return GroundAfterReleaseWithdrawn(
            consignment=asked.id, article=first.article, rule=first.rule, layer=first.layer, grounds=gone
        )

    now = {one for part in released.parts for one in grounds_after_release(part.fact, part, clearance)}
    return all_changed(sorted(now, key=place), after.grounds, begin=begin, end=end)


def recorded(after: AfterRelease, event: Said) -> AfterRelease:
    match event:
        case GroundAfterRelease(grounds=found):
            return AfterRelease(grounds=in_order({*after.grounds, *found}))
        case GroundAfterReleaseWithdrawn(grounds=gone):
            return AfterRelease(grounds=without(after.grounds, gone))
        case _:
            assert_never(event)


@opens("GroundAfterRelease")
def still_to_be_dealt_with(presentation: Presentation, export: Exports, after: AfterRelease) -> Iterator[OpenPoint]:
    """What becomes of goods that should not have gone is the officer's; of those that left again there is nothing."""
    left = [each for each in after.grounds if not (refuses(each) and export.done)]
    if left:
        place = presentation.checkpoint
        yield OpenPoint(act="GroundAfterRelease", who="officer", article=left[0].article, place=place)


MATTER = Matter(folds=(recorded,), follows=(late_grounds,), open_points=(still_to_be_dealt_with,))
