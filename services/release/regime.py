"""A regime that runs for a term, and its end (Art. 29(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.declarations import Declared
from contracts.items import in_numbers, of_items, put_right_of_items, with_items
from contracts.names import OfConsignment
from contracts.release import RegimeEndCorrected, RegimeEnded, RegimeEndWithdrawn
from contracts.statements import by_then, first, said_for, standing, taken_back_by, with_said, with_struck
from contracts.stating import Amendable, StatementDiffers, Stater, corrected, differs, stater, time_is_stated, withdrawn
from contracts.values import Instant, ItemNumbers, Text
from decider import Input, Matter, OpenPoint, opens
from law.rule import Fact, rule
from release.goods import Items, Part, Released, Unit, part_of, units
from release.upstream import Presentation

Said: TypeAlias = RegimeEnded | RegimeEndCorrected | RegimeEndWithdrawn


@dataclass(frozen=True, kw_only=True)
class EndRegime(OfConsignment):
    """The officer states that a regime that ran for a term has ended (Art. 29(2)); without `items` for all of them."""

    items: ItemNumbers = ()


@dataclass(frozen=True, kw_only=True)
class CorrectRegimeEnd(OfConsignment):
    """The end of a regime that was stated for `corrects`, and of the items `stated_for`, was that of `items`.

    `ended`, where it was at another time; no items are all of them.
    """

    corrects: Instant
    stated_for: ItemNumbers = ()
    items: ItemNumbers = ()
    ended: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawRegimeEnd(OfConsignment):
    """No regime of these items ended; without `items`, as was stated for all of them."""

    items: ItemNumbers = ()
    withdraws: Instant
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class End:
    """The end of the regime of these items; without `items` of all."""

    items: Items = ()
    at: Instant | None = None
    by: Stater | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Ends:
    """All that were stated."""

    stated: tuple[End, ...] = ()

    @property
    def standing(self) -> tuple[End, ...]:
        return standing(self.stated)


END = Amendable(article="29(2)", rule="C4", states=EndRegime, amends=(CorrectRegimeEnd, WithdrawRegimeEnd))


def end_regime(
    asked: Input[EndRegime], declared: Declared, released: Released, ends: Ends
) -> list[RegimeEnded | StatementDiffers]:
    """A fact: recorded also where the release is recorded only later."""
    items = asked.content.items
    if not end_is_new(items, asked.occurred, declared, released, ends):
        before = that_counts(asked, declared, released, ends)
        return [differs(asked, END, End(items=in_numbers(items)), before, timed=True)] if before else []
    by = stater(asked.subject)
    return [RegimeEnded(consignment=asked.content.consignment, items=items, ended=asked.occurred, stated_by=by)]


def put_right(asked: Input[CorrectRegimeEnd], ends: Ends) -> list[RegimeEndCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.ended or asked.content.corrects
    right = End(items=in_numbers(said.items), at=at)
    event = RegimeEndCorrected(
        consignment=said.consignment,
        items=said.items,
        ended=at,
        corrects=said.corrects,
        stated_for=said.stated_for,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    stands = put_right_of_items(ends.stated, right, in_numbers(said.stated_for), said.corrects)
    return corrected(asked, right, stands, said.corrects, END, lambda: event)


def taken_back(asked: Input[WithdrawRegimeEnd], ends: Ends) -> list[RegimeEndWithdrawn | StatementDiffers]:
    said = asked.content
    event = RegimeEndWithdrawn(
        consignment=said.consignment, items=said.items, withdraws=said.withdraws, reason=said.reason
    )
    stands = taken_back_by(of_items(ends.stated, in_numbers(said.items)), said.withdraws)
    return withdrawn(asked, stands, said.withdraws, END, lambda: event)


@rule(otherwise=True)
def regime_has_run(_: Fact, part: Part, unit: Unit, ends: Ends) -> bool:
    """Art. 29(2) [C4]: only a regime for a term has an end to wait for, and none ends before its goods are released."""
    return not part.runs_for_a_term or any(end_counts(each, unit, part) for each in ends.standing)


def has_run(unit: Unit, released: Released, ends: Ends) -> bool:
    """Of what is not released there is no regime that runs."""
    part = part_of(unit, released)
    return part is None or regime_has_run(part.fact, part, unit, ends)


def end_counts(end: End, unit: Unit, part: Part) -> bool:
    """Where either instant is not stated, the end counts."""
    if not is_of(end, unit):
        return False
    return end.at is None or part.released is None or end.at >= part.released


def is_of(end: End, unit: Unit) -> bool:
    return not end.items or unit in end.items


def end_is_new(items: Items, ended: Instant, declared: Declared, released: Released, ends: Ends) -> bool:
    """Once an end counts a later one says nothing; an earlier one says since when, or will be the one that counts."""
    asked = meant(items, declared, released)
    return any(not has_ended_by(ended, unit, released, ends) and not said_so(unit, ended, ends) for unit in asked)


def meant(items: Items, declared: Declared, released: Released) -> set[Unit]:
    as_one: set[Unit] = set() if part_of(None, released) else {None}
    return {*items} or units(declared, released) | as_one


def that_counts(asked: Input[EndRegime], declared: Declared, released: Released, ends: Ends) -> End | None:
    """The first that counts of goods of which an end at another time is stated now."""
    if not time_is_stated(asked):
        return None
    otherwise = [
        (unit, part)
        for unit in meant(asked.content.items, declared, released)
        if (part := part_of(unit, released)) and not said_so(unit, asked.occurred, ends)
    ]
    return first(each for unit, part in otherwise for each in ends.standing if end_counts(each, unit, part))


def has_ended_by(ended: Instant, unit: Unit, released: Released, ends: Ends) -> bool:
    part = part_of(unit, released)
    return part is not None and any(end_counts(each, unit, part) for each in by_then(ends.standing, ended))


def said_so(unit: Unit, ended: Instant, ends: Ends) -> bool:
    return any(is_of(each, unit) and each.at in (None, ended) for each in ends.standing)


def recorded(ends: Ends, event: Said) -> Ends:
    items, stated = in_numbers(event.items), ends.stated
    match event:
        case RegimeEnded():
            return Ends(stated=with_end(stated, event))
        case RegimeEndCorrected(corrects=wrong):
            gone = said_for(of_items(stated, in_numbers(event.stated_for)), wrong)
            return Ends(stated=with_end(tuple(each for each in stated if each is not gone), event))
        case RegimeEndWithdrawn(withdraws=at):
            return Ends(stated=with_items(stated, items, with_struck(of_items(stated, items), at)))
        case _:
            assert_never(event)


def with_end(stated: tuple[End, ...], event: RegimeEnded | RegimeEndCorrected) -> tuple[End, ...]:
    end = End(items=in_numbers(event.items), at=event.ended, by=event.stated_by)
    return with_items(stated, end.items, with_said(of_items(stated, end.items), end))


@opens("EndRegime")
def still_to_be_ended(
    presentation: Presentation, declared: Declared, released: Released, ends: Ends
) -> Iterator[OpenPoint]:
    running = [unit for unit in units(declared, released) if not has_run(unit, released, ends)]
    if running:
        parts = (part_of(unit, released) for unit in running)
        since = min(part.fact.occurred for part in parts if part)
        yield OpenPoint(act="EndRegime", who="officer", article="29(2)", place=presentation.checkpoint, since=since)


MATTER = Matter(commands=(end_regime, put_right, taken_back), folds=(recorded,), open_points=(still_to_be_ended,))
