"""What stands in the way of a release, or of a use: the grounds of the Code's closed list, and nothing else."""

from collections.abc import Iterator
from typing import Literal

from contracts.measures import Measure
from contracts.release import (
    GroundAfterRelease,
    GroundAfterReleaseWithdrawn,
    ReleaseRefused,
    ReleaseWithheld,
)
from contracts.values import ConsignmentId, ItemNumber, NineDigits, Use
from law import ClosedListArticle, Facts, Ground
from release.items import part_of, released_items, touched, units
from release.parts import Clearance, Consignment, Part, Release
from release.recorded import Own
from release.rules import clearance_is_complete, named, regime_has_run


def goods_may_come_in(items: tuple[ItemNumber, ...], clearance: Clearance) -> tuple[Ground, ...]:
    """Art. 7(1) [L2]: goods whose import is prohibited leave and are not released; each act is named."""
    return tuple(
        ground("L2", "7(1)", each, codes)
        for each in clearance.prohibitions
        if each.origin is None and (codes := touched(each, items, clearance))
    )


def origin_is_admitted(items: tuple[ItemNumber, ...], clearance: Clearance) -> tuple[Ground, ...]:
    """Art. 20(1) [L7]: goods of an origin from which they may not come in are refused release, and for that alone."""
    return tuple(
        ground("L7", "20(1)", each, codes)
        for each in clearance.prohibitions
        if each.origin is not None and (codes := touched(each, items, clearance))
    )


def requirements_are_met(items: tuple[ItemNumber, ...], clearance: Clearance) -> tuple[Ground, ...]:
    """Art. 7(1) para 3 [L5]: restricted goods are released once what an act requires of them is met."""
    return tuple(
        ground("L5", "7(1) para 3", each, codes)
        for each in clearance.restrictions
        if (codes := unmet(each, touched(each, items, clearance), clearance))
    )


def unmet(restriction: Measure, codes: tuple[NineDigits, ...], clearance: Clearance) -> tuple[NineDigits, ...]:
    key = (restriction.act, restriction.requires)
    met = {each.code for each in clearance.satisfied if (each.act, each.kind) == key}
    return tuple(code for code in codes if code not in met)


def ground(rule: str, article: ClosedListArticle, of: Measure, codes: tuple[NineDigits, ...]) -> Ground:
    facts: Facts = (("act", of.act), ("citation", of.citation), ("codes", codes))
    origin: Facts = (("origin", of.origin),) if of.origin else ()
    permit: Facts = (("permit", of.requires),) if of.requires else ()
    return Ground(rule=rule, article=article, layer=of.layer, facts=(*facts, *origin, *permit))


def grounds(items: tuple[ItemNumber, ...], clearance: Clearance) -> tuple[Ground, ...]:
    """All that are on record for these goods, those that refuse before those that withhold."""
    refusing = (*goods_may_come_in(items, clearance), *origin_is_admitted(items, clearance))
    return (*refusing, *requirements_are_met(items, clearance))


def refuses(each: Ground) -> bool:
    return each.article != "7(1) para 3"


def no_release(id_: ConsignmentId, asked: Part, against: tuple[Ground, ...], clearance: Clearance) -> Own:
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
        who=must_act(against, clearance),
    )


def must_act(withholding: tuple[Ground, ...], clearance: Clearance) -> Literal["declarant", "officer"]:
    """The officer where nothing but his decision on a permit is missing, the declarant otherwise."""
    needed = {dict(each.facts)["permit"] for each in withholding}
    return "officer" if needed <= {each.kind for each in clearance.referrals} else "declarant"


def grounds_after_release(own: Release, clearance: Clearance) -> tuple[Ground, ...]:
    """Art. 7(1) [L2]: a ground that comes on record after the release undoes nothing; each act and code is named.

    What is to be done with the goods is the officer's to say.
    """
    if not own.parts:
        return ()
    return tuple(one for each in grounds(released_items(own), clearance) for one in by_code(each))


def by_code(of: Ground) -> Iterator[Ground]:
    facts = dict(of.facts)
    for code in facts["codes"]:
        alone = tuple(sorted({**facts, "codes": (code,)}.items()))
        yield Ground(rule=of.rule, article=of.article, layer=of.layer, facts=alone)


def late_grounds(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    own = consignment.own
    now = grounds_after_release(own, consignment.clearance)
    gone = tuple(each for each in own.grounds_after if each not in now)
    new = tuple(each for each in now if each not in own.grounds_after)
    found: list[Own] = []
    if gone:
        leading = gone[0]
        withdrawn = GroundAfterReleaseWithdrawn(
            consignment=id_, article=leading.article, rule=leading.rule, layer=leading.layer, grounds=gone
        )
        found.append(withdrawn)
    if new:
        leading = new[0]
        recorded = GroundAfterRelease(
            consignment=id_, article=leading.article, rule=leading.rule, layer=leading.layer, grounds=new
        )
        found.append(recorded)
    return found


def clearance_comes_before_use(
    use: Use, items: tuple[ItemNumber, ...], under_the_regime: bool, consignment: Consignment
) -> Ground | None:
    """Art. 36 [F18]: goods are used and disposed of once their clearance is complete; to move them is neither.

    Use that a regime for a term itself allows is what the regime is for, so it waits for no end of clearance.
    """
    if use == "movement" or clearance_is_complete(consignment, items):
        return None
    if use == "use" and under_the_regime and all_under_a_running_regime(items, consignment):
        return None
    return Ground(rule="F18", article="36", layer="code", facts=(*named(items), ("use", use)))


def all_under_a_running_regime(items: tuple[ItemNumber, ...], consignment: Consignment) -> bool:
    own = consignment.own
    of_them = [(unit, part_of(unit, own)) for unit in {*items} or units(consignment)]
    return all(part and part.runs_for_a_term and not regime_has_run(unit, own) for unit, part in of_them)
