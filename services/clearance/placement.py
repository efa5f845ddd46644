"""Prohibited goods that stay are placed in storage: where, which of them, and since when (Art. 7(1) para 2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, assert_never

from clearance.export import Export
from clearance.goods import Part, parts_of
from clearance.measures import touches
from clearance.upstream import Arrival, Goods, Presentation
from contracts.declarations import Declared
from contracts.items import Items, in_numbers, of_items, put_right_of_items, with_items
from contracts.measures import Measures
from contracts.names import OfConsignment
from contracts.placements import GoodsPlacedInStorage, PlacementCorrected, PlacementWithdrawn
from contracts.spelling import alike
from contracts.statements import first, last, said_for, standing, taken_back_by, with_said, with_struck
from contracts.stating import Amendable, StatementDiffers, Stater, corrected, stated, stater, withdrawn
from contracts.values import Instant, ItemNumbers, Name, Text
from decider import Input, Matter, OpenPoint, opens
from law.calendar import day
from law.rule import Happened

Said: TypeAlias = GoodsPlacedInStorage | PlacementCorrected | PlacementWithdrawn


@dataclass(frozen=True, kw_only=True)
class PlaceInStorage(OfConsignment):
    """The officer states that goods were placed in temporary storage, or in another control zone (Art. 7(1) para 2).

    Without `items` all that have to leave.
    """

    place: Name
    items: ItemNumbers = ()


@dataclass(frozen=True, kw_only=True)
class CorrectPlacement(OfConsignment):
    """What was stated of a placement for `corrects`, and of the items `stated_for`, was wrong.

    `placed`, where its time was, too.
    """

    corrects: Instant
    stated_for: ItemNumbers = ()
    place: Name
    items: ItemNumbers = ()
    placed: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawPlacement(OfConsignment):
    """These items were not placed in storage then; without `items`, as was stated for all of them."""

    items: ItemNumbers = ()
    withdraws: Instant
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where these items were placed then, or all; `known` is since when it is on record that it was that day."""

    place: Name
    items: Items = ()
    at: Instant
    known: Instant
    by: Stater | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Placements:
    """All that were stated."""

    stated: tuple[Placement, ...] = ()

    @property
    def standing(self) -> tuple[Placement, ...]:
        return standing(self.stated)


class Begun(NamedTuple):
    """Goods that are stored, or all as one; that their storage began, and where."""

    goods: Goods | None
    fact: Happened
    place: Name


PLACEMENT = Amendable(
    article="7(1) para 2", rule="L3", states=PlaceInStorage, amends=(CorrectPlacement, WithdrawPlacement)
)


def placed(asked: Input[PlaceInStorage], placements: Placements) -> list[GoodsPlacedInStorage | StatementDiffers]:
    """A fact, recorded also where the prohibition or the crossing is recorded only later.

    That goods are where they had been placed before is nothing new, and no placement of another time.
    """
    said, items = asked.content, in_numbers(asked.content.items)
    fact = Placement(place=said.place, items=items, at=asked.occurred, known=asked.recorded)
    of_them = of_items(placements.stated, items)
    for_then = next((each for each in standing(of_them) if each.at == fact.at), None)
    before = last(each for each in of_them if each.at <= fact.at)
    stands = before if for_then is None and before and alike(before.place, fact.place) else for_then
    event = GoodsPlacedInStorage(
        consignment=said.consignment, place=said.place, items=items, placed=asked.occurred,
        stated_by=stater(asked.subject),
    )  # fmt: skip
    return stated(asked, fact, stands, PLACEMENT, lambda: event)


def put_right(asked: Input[CorrectPlacement], placements: Placements) -> list[PlacementCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.placed or asked.content.corrects
    stated_for = in_numbers(said.stated_for)
    right = Placement(place=said.place, items=in_numbers(said.items), at=at, known=asked.recorded)
    event = PlacementCorrected(
        consignment=said.consignment,
        place=said.place,
        items=right.items,
        placed=at,
        corrects=said.corrects,
        stated_for=stated_for,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    stands = put_right_of_items(placements.stated, right, stated_for, said.corrects)
    return corrected(asked, right, stands, said.corrects, PLACEMENT, lambda: event)


def taken_back(asked: Input[WithdrawPlacement], placements: Placements) -> list[PlacementWithdrawn | StatementDiffers]:
    said, items = asked.content, in_numbers(asked.content.items)
    event = PlacementWithdrawn(consignment=said.consignment, items=items, withdraws=said.withdraws, reason=said.reason)
    stands = taken_back_by(of_items(placements.stated, items), said.withdraws)
    return withdrawn(asked, stands, said.withdraws, PLACEMENT, lambda: event)


def recorded(placements: Placements, event: Said, known: Instant) -> Placements:
    stated = placements.stated
    match event:
        case GoodsPlacedInStorage():
            return Placements(stated=with_placement(stated, placement_of(event, known)))
        case PlacementCorrected(corrects=wrong):
            gone = said_for(of_items(stated, event.stated_for), wrong)
            since = gone.known if gone and day(gone.at) == day(event.placed) else known
            left = tuple(each for each in stated if each is not gone)
            return Placements(stated=with_placement(left, placement_of(event, since)))
        case PlacementWithdrawn(items=items, withdraws=at):
            return Placements(stated=with_items(stated, items, with_struck(of_items(stated, items), at)))
        case _:
            assert_never(event)


def placement_of(event: GoodsPlacedInStorage | PlacementCorrected, known: Instant) -> Placement:
    return Placement(place=event.place, items=event.items, at=event.placed, known=known, by=event.stated_by)


def with_placement(stated: tuple[Placement, ...], said: Placement) -> tuple[Placement, ...]:
    return with_items(stated, said.items, with_said(of_items(stated, said.items), said))


def begun(arrival: Arrival, declared: Declared, measures: Measures, placements: Placements) -> tuple[Begun, ...]:
    """Of each of the goods that have to leave; as one, while none is known that has. None before they crossed."""
    stored = [
        Begun(goods, since(part, goods, placement), placement.place)
        for part, goods in that_have_to_leave(arrival, declared, measures)
        if (placement := first_of(goods, declared, placements))
    ]
    if stored or any(that_have_to_leave(arrival, declared, measures)):
        return tuple(stored)
    as_one, crossing = first(placements.standing), arrival.first
    if as_one is None or crossing is None:
        return ()
    known = max(as_one.known, crossing.known)
    return (Begun(None, Happened(max(as_one.at, crossing.at), known), as_one.place),)


def that_have_to_leave(arrival: Arrival, declared: Declared, measures: Measures) -> Iterator[tuple[Part, Goods]]:
    """As far as they are known, with what they came; of several vehicles the first that crossed."""
    if not arrival.crossings or not measures.prohibitions:
        return
    parts, found = parts_of(arrival, declared), set[Goods]()
    for part in sorted(parts, key=lambda each: each.came_in.occurred):
        prohibited = [each for each in measures.prohibitions if each.movement in (None, part.movement)]
        for goods in part.goods:
            if goods not in found and any(touches(each, goods) for each in prohibited):
                found.add(goods)
                yield part, goods


def since(part: Part, goods: Goods, placement: Placement) -> Happened:
    """Storage begins when goods are placed, and never before they have crossed."""
    came_in = part.fact(goods)
    return Happened(max(placement.at, came_in.occurred), max(placement.known, came_in.recorded))


def first_of(goods: Goods, declared: Declared, placements: Placements) -> Placement | None:
    return first(each for each in placements.stated if covers(each, goods, declared))


def covers(placement: Placement, goods: Goods, declared: Declared) -> bool:
    """A number that no item has may stand for any goods that no item names."""
    if not placement.items:
        return True
    numbered = dict(enumerate(declared.items, start=1))
    codes = {numbered[each].code for each in placement.items if each in numbered}
    unknown = any(each not in numbered for each in placement.items)
    return goods.code in codes or (unknown and goods.code not in {each.code for each in declared.items})


@opens("PlaceInStorage")
def still_to_be_placed(
    arrival: Arrival, declared: Declared, presentation: Presentation, measures: Measures, export: Export,
    placements: Placements,
) -> Iterator[OpenPoint]:  # fmt: skip
    """Once it is said that they do not leave at once; the persons of Art. 9 bear what it costs."""
    stays = export.exports.said_first(done=False, after=export.exports.after)
    if not export.ordered or export.done or stays is None:
        return
    here = that_have_to_leave(arrival, declared, measures)
    if any(first_of(goods, declared, placements) is None for _, goods in here):
        since, place = stays.at, presentation.checkpoint
        yield OpenPoint(act="PlaceInStorage", who="officer", article="7(1) para 2", place=place, since=since)


MATTER = Matter(
    commands=(placed, put_right, taken_back),
    folds=(recorded,),
    open_points=(still_to_be_placed,),
)
