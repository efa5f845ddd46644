"""A regime that runs for a term, and its end (Art. 29(2))."""

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.declarations import Declared
from contracts.release import RegimeEnded
from contracts.values import ConsignmentId, Instant, ItemNumbers
from decider import Input, Matter, OpenPoint, in_order, opens
from law.rule import Fact, rule
from release.goods import Items, Part, Released, Unit, part_of, units
from release.upstream import Presentation


@dataclass(frozen=True, kw_only=True)
class EndRegime:
    """The officer states that a regime that ran for a term has ended (Art. 29(2)); without `items` for all of them."""

    consignment: ConsignmentId
    items: ItemNumbers = ()


@dataclass(frozen=True, kw_only=True)
class End:
    """The end of the regime of these items; without `items` of all."""

    items: Items = ()
    ended: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Ends:
    """All that were stated."""

    stated: tuple[End, ...] = ()


def end_regime(asked: Input[EndRegime], declared: Declared, released: Released, ends: Ends) -> list[RegimeEnded]:
    """A fact: recorded also where the release is recorded only later."""
    items = asked.content.items
    if not end_is_new(items, asked.occurred, declared, released, ends):
        return []
    return [RegimeEnded(consignment=asked.content.consignment, items=items, ended=asked.occurred)]


@rule(otherwise=True)
def regime_has_run(_: Fact, part: Part, unit: Unit, ends: Ends) -> bool:
    """Art. 29(2) [C4]: only a regime for a term has an end to wait for, and none ends before its goods are released."""
    return not part.runs_for_a_term or any(end_counts(each, unit, part) for each in ends.stated)


def has_run(unit: Unit, released: Released, ends: Ends) -> bool:
    """Of what is not released there is no regime that runs."""
    part = part_of(unit, released)
    return part is None or regime_has_run(part.fact, part, unit, ends)


def end_counts(end: End, unit: Unit, part: Part) -> bool:
    """Where either instant is not stated, the end counts."""
    if not is_of(end, unit):
        return False
    return end.ended is None or part.released is None or end.ended >= part.released


def is_of(end: End, unit: Unit) -> bool:
    return not end.items or unit in end.items


def end_is_new(items: Items, ended: Instant, declared: Declared, released: Released, ends: Ends) -> bool:
    """One end is enough once it counts; until then a later one may be the one that will, and an earlier one cannot."""
    as_one: set[Unit] = set() if part_of(None, released) else {None}
    asked: set[Unit] = {*items} or units(declared, released) | as_one
    return any(not has_ended(unit, released, ends) and not said_before(unit, ended, ends) for unit in asked)


def has_ended(unit: Unit, released: Released, ends: Ends) -> bool:
    part = part_of(unit, released)
    return part is not None and any(end_counts(each, unit, part) for each in ends.stated)


def said_before(unit: Unit, ended: Instant, ends: Ends) -> bool:
    return any(is_of(each, unit) and (each.ended is None or each.ended >= ended) for each in ends.stated)


def recorded(ends: Ends, event: RegimeEnded) -> Ends:
    return Ends(stated=in_order({*ends.stated, End(items=event.items, ended=event.ended)}))


@opens("EndRegime")
def still_to_be_ended(
    presentation: Presentation, declared: Declared, released: Released, ends: Ends
) -> Iterator[OpenPoint]:
    if not all(has_run(unit, released, ends) for unit in units(declared, released)):
        yield OpenPoint(act="EndRegime", who="officer", article="29(2)", place=presentation.checkpoint)


MATTER = Matter(commands=(end_regime,), folds=(recorded,), open_points=(still_to_be_ended,))
