"""The measures of acts that touch a consignment, folded from what `clearance` says: there, and wherever it is heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.clearance import (
    AgencyApprovalRequested,
    AgencyApprovalRequestWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    RestrictionOpened,
    RestrictionWithdrawn,
)
from contracts.values import Country, GoodsCode, Instant, MovementId, Text, Word
from decider import in_order, replace
from law import Layer

Applied: TypeAlias = ImportProhibited | RestrictionOpened | AgencyApprovalRequested
Lifted: TypeAlias = ImportProhibitionWithdrawn | RestrictionWithdrawn | AgencyApprovalRequestWithdrawn


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure of an act, and those of the goods that it touches.

    `requires` is a kind of permit or a body of state control; `origin` stands where it is by their origin. `since` is,
    of a control, when they were named so first, where that is after acceptance. `movement` is the vehicle with which
    the goods came that it touches, where others brought goods of the same code that it does not touch.
    """

    act: Word
    citation: Text
    layer: Layer
    requires: Word | None = None
    origin: Country | None = None
    codes: tuple[GoodsCode, ...]
    since: Instant | None = None
    movement: MovementId | None = None


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Those that hold: goods that may not come in, that need a permit, or that are under the control of a body."""

    prohibitions: tuple[Measure, ...] = ()
    restrictions: tuple[Measure, ...] = ()
    controls: tuple[Measure, ...] = ()

    def as_of(self, instant: Instant) -> "Measures":
        """Without the controls of goods that nobody had named by then."""
        return replace(self, controls=tuple(each for each in self.controls if not each.since or each.since <= instant))


def measured(measures: Measures, event: Applied | Lifted) -> Measures:
    match event:
        case ImportProhibited() | ImportProhibitionWithdrawn():
            return replace(measures, prohibitions=with_measure(measures.prohibitions, event, None))
        case RestrictionOpened(permit=permit) | RestrictionWithdrawn(permit=permit):
            return replace(measures, restrictions=with_measure(measures.restrictions, event, permit))
        case AgencyApprovalRequested(agency=agency) | AgencyApprovalRequestWithdrawn(agency=agency):
            return replace(measures, controls=with_measure(measures.controls, event, agency))
        case _:
            assert_never(event)


def with_measure(measures: tuple[Measure, ...], event: Applied | Lifted, requires: Word | None) -> tuple[Measure, ...]:
    """One of those that are alike, with the codes that it touches by now."""
    origin, since = getattr(event, "origin", None), getattr(event, "since", None)
    key = (event.act, requires, origin, since, event.movement)
    others = tuple(each for each in measures if like(each) != key)
    same = tuple(each for each in measures if each not in others)
    before = {code for each in same for code in each.codes}
    match event:
        case ImportProhibited() | RestrictionOpened() | AgencyApprovalRequested():
            codes = tuple(sorted({*before, *event.codes}))
            new = Measure(
                act=event.act,
                citation=event.citation,
                layer=event.layer,
                requires=requires,
                origin=origin,
                codes=codes,
                since=since,
                movement=event.movement,
            )
            return in_order((*others, new))
        case _:
            left = tuple(sorted(before - {*event.codes}))
            return in_order((*others, *(replace(each, codes=left) for each in same if left)))


def like(of: Measure) -> tuple[Word, Word | None, Country | None, Instant | None, MovementId | None]:
    """All that it is but for its goods: those that are alike are one."""
    return of.act, of.requires, of.origin, of.since, of.movement


def less(measures: Sequence[Measure], others: Sequence[Measure]) -> list[Measure]:
    """What is in these and not in the others: of a measure, its codes that no other one like it has."""
    left = []
    for each in measures:
        there = {code for other in others if like(other) == like(each) for code in other.codes}
        if codes := tuple(code for code in each.codes if code not in there):
            left.append(replace(each, codes=codes))
    return left
