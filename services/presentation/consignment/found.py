"""What an officer found who looked at goods, as far as it was so when they were shown (Art. 37(2))."""

from collections.abc import Iterable, Mapping

from contracts.statements import first, standing
from contracts.values import MovementId
from decider import replace
from law import Finding
from presentation.consignment.condition import breached_packaging, changed_condition
from presentation.consignment.examination import Examinations, Examined
from presentation.consignment.parts import Part, shown_by
from presentation.consignment.showings import Shown
from presentation.consignment.upstream import Arrival, Carriage, all_outside, as_named, container_seals, crossed_by
from presentation.examining import (
    WhenShown,
    intact_since,
    noted_at_crossing,
    opened_by,
    seals_not_intact,
    since_shown,
    when_shown,
)


def looks_of(on_record: Examinations, arrival: Arrival) -> tuple[Examined, ...]:
    """Those that stand, each of its vehicle under the name under which that stands."""
    return as_named(standing(on_record.examined), arrival)


def found_by_looking(
    looks: tuple[Examined, ...], arrival: Arrival, counted: Mapping[Part, Shown], parts: tuple[Part, ...]
) -> tuple[Finding, ...]:
    """By what had happened when he looked; none of what is outside the chapter on arrival."""
    found = (
        each
        for look in looks
        for each in of_one(look, arrival, looks, same_goods(look, looks, parts), when_all_shown(look, counted, parts))
    )
    return tuple(dict.fromkeys(finding for finding in found if finding))


def of_one(
    examined: Examined,
    arrival: Arrival,
    looks: tuple[Examined, ...],
    of_the_same: tuple[Examined, ...],
    shown: WhenShown | None,
) -> tuple[Finding | None, ...]:
    """What was in order when the goods were shown, or since, came to be otherwise in the hands of customs."""
    if all_outside(arrival.carriages, examined.at):
        return ()
    fact, whose = examined.fact, (("movement", examined.movement),) if examined.movement else ()
    crossed = tuple(each for each in crossed_by(arrival.carriages, examined.at) if is_meant(each, examined))
    before = since_shown(of_the_same, shown, examined.at)
    whole = any(each.packaging == "whole" for each in before)
    unchanged = any(each.condition == "unchanged" for each in before)
    excused = opened_by(looks, examined.at) | intact_since(of_the_same, shown, examined.at)
    return (
        breached_packaging(fact, examined.packaging == "breached" and not whole, whose),
        changed_condition(fact, examined.condition == "changed" and not unchanged, whose),
        seals_not_intact(fact, container_seals(crossed), examined.seals, noted_at_crossing(looks), excused),
    )


def same_goods(examined: Examined, looks: Iterable[Examined], parts: tuple[Part, ...]) -> tuple[Examined, ...]:
    """Looks at all that was looked at then, or at more."""
    goods = {*shown_by(examined, parts)}
    return tuple(each for each in looks if goods <= {*shown_by(each, parts)})


def when_all_shown(examined: Examined, counted: Mapping[Part, Shown], parts: tuple[Part, ...]) -> WhenShown | None:
    """When the last of what was looked at had been shown; None where not all of it was."""
    goods = shown_by(examined, parts)
    if not goods or any(part not in counted for part in goods):
        return None
    showings = (counted[part] for part in goods)
    each = tuple(when_shown(showing.at, showing.container_seals_intact, showing.by) for showing in showings)
    return WhenShown(at=max(one.at for one in each), intact=frozenset[str]().union(*(one.intact for one in each)))


def is_meant(carriage: Carriage, examined: Examined) -> bool:
    return examined.movement in (None, carriage.movement)


def as_found(showing: Shown, looks: Iterable[Examined], parts: tuple[Part, ...]) -> Shown:
    """With the packages that an officer counted who looked first from then on; without what was noted at the crossing.

    Of the same vehicles at the same place, whether either names them or not.
    """
    of_it = [
        each
        for each in looks
        if each.checkpoint == showing.checkpoint and vehicles_of(each, parts) == vehicles_of(showing, parts)
    ]
    counted = first(
        each
        for each in of_it
        if each.packages_found is not None and (showing.at is None or each.at is None or each.at >= showing.at)
    )
    return replace(
        showing,
        packages_found=counted.packages_found if counted else showing.packages_found,
        packaging_breached=showing.packaging_breached
        and "breached_at_crossing" not in {each.packaging for each in of_it},
        condition_changed=showing.condition_changed and "changed_at_crossing" not in {each.condition for each in of_it},
    )


def vehicles_of(said: Examined | Shown, parts: tuple[Part, ...]) -> frozenset[MovementId | None]:
    """Of which goods it speaks; where that cannot be told, as it names them."""
    return frozenset(part.movement for part in shown_by(said, parts)) or frozenset({said.movement})
