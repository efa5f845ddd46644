"""What clearance takes of what other services say, and what it leaves aside on purpose."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from contracts.arrival import (
    ArrivalNotified,
    ArrivalWithdrawn,
    BorderCrossed,
    ConsignmentAnnounced,
    ConsignmentAnnouncementWithdrawn,
    CrossingCorrected,
    CrossingWithdrawn,
    GoodsArrivalWithdrawn,
    GoodsArrived,
    GoodsCrossed,
    GoodsCrossingCorrected,
    GoodsCrossingWithdrawn,
    GoodsJourneyChanged,
    GoodsJourneyWithdrawn,
    GoodsLeft,
    JourneyChanged,
    JourneyCorrected,
    JourneyWithdrawn,
    NoticeAmended,
    NoticeCorrected,
    NoticeFindingsRecorded,
    NoticeFindingsWithdrawn,
    NoticeWithdrawn,
    StopRecorded,
    StopWithdrawn,
    VehicleArrived,
    VehicleAtTwoPlaces,
    VehicleAtTwoPlacesWithdrawn,
    VehicleSighted,
    WhereaboutsFindingsRecorded,
    WhereaboutsFindingsWithdrawn,
)
from contracts.elsewhere import ArrivalElsewhereWithdrawn, VehicleArrivedElsewhere
from contracts.examinations import EXAMINATIONS
from contracts.exemptions import Exemptions, chapter_8_applies
from contracts.known import Crossed, named_at_the_crossing
from contracts.links import FactsPassedOn, LinkAsked, LinkRefused, linked
from contracts.notices import ArrivalInformed
from contracts.presentation import (
    CheckpointDetermined,
    CheckpointWithdrawn,
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    PartsStillToBePresented,
    ToBeShown,
    VehicleFindingsRecorded,
    VehicleFindingsWithdrawn,
    VehiclePresentationCorrected,
    VehiclePresentationWithdrawn,
    VehiclePresented,
)
from contracts.showings import Showings, shown
from contracts.stating import StatementDiffers
from contracts.undecided import Undecided, landed
from contracts.values import CheckpointCode, Country, Exemption, GoodsCode, Instant, Mode, MovementId
from decider import Matter, replace
from law.calendar import day
from law.rule import Fact, Happened, rule

LEAVES_ASIDE: tuple[type, ...] = (
    ArrivalNotified, JourneyChanged, BorderCrossed, VehicleArrived, NoticeFindingsRecorded, NoticeFindingsWithdrawn,
    ConsignmentAnnounced, GoodsJourneyChanged, GoodsArrived, StopRecorded, ArrivalInformed,
    NoticeAmended, NoticeCorrected, NoticeWithdrawn, JourneyCorrected, JourneyWithdrawn,
    ConsignmentAnnouncementWithdrawn, GoodsJourneyWithdrawn, VehicleArrivedElsewhere, ArrivalElsewhereWithdrawn,
    CrossingCorrected, CrossingWithdrawn, ArrivalWithdrawn, GoodsArrivalWithdrawn, StopWithdrawn,
    VehiclePresented, VehiclePresentationCorrected, VehiclePresentationWithdrawn,
    VehicleFindingsRecorded, VehicleFindingsWithdrawn, GoodsFindingsRecorded, GoodsFindingsWithdrawn,
    StatementDiffers, LinkAsked, LinkRefused, FactsPassedOn, GoodsLeft, *EXAMINATIONS, WhereaboutsFindingsRecorded,
    VehicleSighted, VehicleAtTwoPlaces, VehicleAtTwoPlacesWithdrawn, WhereaboutsFindingsWithdrawn,
)  # fmt: skip
"""Of vehicles, of journeys and of findings: nothing that clearance asks for follows from these."""


@dataclass(frozen=True, kw_only=True)
class Goods:
    """Goods as the measures of an act see them; `since` is when they were named so first, `known` when on record.

    A paper may say less than nine digits, and a line without a code says nothing to a measure.
    """

    code: GoodsCode
    origin: Country | None = None
    since: Instant
    known: Instant


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """With which vehicle goods crossed, `known` since when, and what its papers name: `names_all`, each by a code."""

    movement: MovementId
    at: Instant
    known: Instant
    mode: Mode | None = None
    goods: tuple[Goods, ...] = ()
    names_all: bool = False


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: since when the goods are in the country, with what, and what their papers name.

    A consignment on several vehicles is in the country since the first crossing, with the goods of all.
    `papers` is how those outside know the goods.
    """

    crossings: tuple[Crossing, ...] = ()
    exemptions: Exemptions = Exemptions()
    papers: Crossed = Crossed()
    undecided: Undecided = Undecided()

    @property
    def first(self) -> Crossing | None:
        if len(self.crossings) < 2:
            return self.crossings[0] if self.crossings else None
        return min(self.crossings, key=lambda each: (each.at, each.known))

    @property
    def crossed(self) -> Instant | None:
        return first.at if (first := self.first) else None

    @property
    def movements(self) -> tuple[MovementId, ...]:
        return tuple(each.movement for each in self.crossings)

    @property
    def goods(self) -> tuple[Goods, ...]:
        named = [goods for each in self.crossings for goods in each.goods]
        return each_once(sorted(named, key=lambda each: each.known))

    @property
    def fact(self) -> Fact | None:
        """The crossing; of what has none, that it was said to flow in."""
        if first := self.first:
            return Happened(first.at, first.known)
        known = self.exemptions.known
        return Happened(known, known) if known else None


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What `presentation` said: how often the goods were shown, and which parts of them are still to be."""

    checkpoint: CheckpointCode | None = None
    showings: Showings = Showings()
    waiting: tuple[ToBeShown, ...] = ()


def goods_crossed(
    arrival: Arrival, event: GoodsCrossed | GoodsCrossingCorrected | GoodsCrossingWithdrawn, known: Instant
) -> Arrival:
    before = next((each for each in arrival.crossings if each.movement == event.movement), None)
    others = (each for each in arrival.crossings if each != before)
    if isinstance(event, GoodsCrossingWithdrawn):
        return replace(arrival, crossings=tuple(others))
    every = (*others, crossing_of(event, before, known))
    return replace(arrival, crossings=tuple(sorted(every, key=lambda each: each.movement)))


def crossing_of(event: GoodsCrossed | GoodsCrossingCorrected, before: Crossing | None, known: Instant) -> Crossing:
    """What is put right leaves on record since when it was what stays: the day, by whose law it is, and named goods."""
    at = event.crossed
    stay = [replace(each, since=at) for each in before.goods] if before else []
    lines = [Goods(code=line.code, origin=line.origin, since=at, known=known) for line in event.goods if line.code]
    named = each_once((*stay, *lines))
    now = {(line.code, line.origin) for line in event.goods}
    return Crossing(
        movement=event.movement,
        at=at,
        known=before.known if before and day(before.at) == day(at) else known,
        mode=event.mode,
        goods=tuple(each for each in named if (each.code, each.origin) in now),
        names_all=bool(event.goods) and all(line.code for line in event.goods),
    )


def each_once(goods: Iterable[Goods]) -> tuple[Goods, ...]:
    """In their order by code and origin, one without an origin last; each since it was named, and on record, first."""
    found: dict[tuple[GoodsCode, Country | None], Goods] = {}
    for each in goods:
        before = found.setdefault((each.code, each.origin), each)
        if each.since < before.since or each.known < before.known:
            since, known = min(each.since, before.since), min(each.known, before.known)
            found[each.code, each.origin] = replace(before, since=since, known=known)
    return tuple(sorted(found.values(), key=lambda each: (each.code, each.origin is None, each.origin)))


def presentation_said(
    presentation: Presentation, event: CheckpointDetermined | CheckpointWithdrawn | PartsStillToBePresented
) -> Presentation:
    match event:
        case CheckpointDetermined(checkpoint=checkpoint):
            return replace(presentation, checkpoint=checkpoint)
        case CheckpointWithdrawn():
            return replace(presentation, checkpoint=None)
        case PartsStillToBePresented(parts=parts):
            return replace(presentation, waiting=parts)
        case _:
            assert_never(event)


MATTER = Matter(
    folds=(goods_crossed, chapter_8_applies, presentation_said, shown, named_at_the_crossing, landed, linked),
)


def exemptions(arrival: Arrival) -> tuple[Exemption, ...]:
    """Those that no stop has undone; a consignment has one only where each of its vehicles has."""
    return arrival.exemptions.of(arrival.movements)


@rule()
def arrival_need_not_be_shown(_: Fact, arrival: Arrival) -> bool:
    """Art. 37(3) [A7]: goods by pipeline or power line, or on a vehicle that does not stop, are shown nowhere."""
    return bool(exemptions(arrival))


@rule()
def goods_are_in_the_country(_: Fact, arrival: Arrival) -> bool:
    """Art. 8(1) [F19]: whatever crosses is cleared, also what flows in and has no crossing to be recorded."""
    return arrival.crossed is not None or not {"pipeline", "power_line"}.isdisjoint(exemptions(arrival))


BY_WATER_OR_AIR: tuple[Mode, ...] = ("sea", "river", "air")


def goods_come_off_here(arrival: Arrival, presentation: Presentation) -> bool:
    """Goods that stay aboard, or fly over, have no checkpoint, and nobody has to clear them here (Arts 9, 38(1)).

    By air and water those come off that are unloaded somewhere in the country, were shown, or are to be after a stop;
    by land, or through a pipeline, all.
    """
    stays = bool(arrival.crossings) and all(each.mode in BY_WATER_OR_AIR for each in arrival.crossings)
    return not stays or presentation.checkpoint is not None or bool(presentation.showings.shown)
