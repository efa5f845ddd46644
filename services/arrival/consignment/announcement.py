"""What vehicles tell their goods of notice and journey."""

from dataclasses import dataclass, fields

from arrival.consignment.told import stands_by_its_own_name
from contracts.arrival import (
    ConsignmentAnnounced,
    ConsignmentAnnouncementWithdrawn,
    GoodsJourneyChanged,
    GoodsJourneyWithdrawn,
)
from contracts.digest import Digest, digest
from contracts.papers import Papers, as_meant
from contracts.values import CallNumber, CheckpointCode, ConsignmentId, Instant, Mode, MovementId
from decider import Input, Matter, in_order, replace


@dataclass(frozen=True, kw_only=True)
class AnnounceConsignment:
    """A notice names this consignment."""

    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode | None
    expected: Instant
    submitted: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()
    unloading_calls: tuple[CallNumber, ...] = ()
    papers: Papers | None = None
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawAnnouncement:
    """The notice of that checkpoint does not name this consignment, or none counts."""

    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class RecordGoodsJourney:
    """The journey of the vehicle with this consignment leads otherwise than was said."""

    consignment: ConsignmentId
    movement: MovementId
    mode: Mode | None
    stated: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()
    unloading_calls: tuple[CallNumber, ...] = ()
    anew: bool = False
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsJourney:
    """Nothing that stands of what was said of the vehicle names this consignment."""

    consignment: ConsignmentId
    movement: MovementId
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """By which vehicle, at which checkpoint, and as what."""

    movement: MovementId
    checkpoint: CheckpointCode
    submitted: Instant | None = None
    told: Digest
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class Announced:
    """Once by each vehicle for each checkpoint, sorted."""

    by: tuple[Announcement, ...] = ()

    def of(self, movement: MovementId, checkpoint: CheckpointCode | None) -> Announcement | None:
        named = (each for each in self.by if each.movement == movement)
        return next((each for each in named if checkpoint in (None, each.checkpoint)), None)

    def by_vehicle(self, movement: MovementId) -> tuple[Announcement, ...]:
        return tuple(each for each in self.by if each.movement == movement)


@dataclass(frozen=True, kw_only=True)
class Way:
    """A vehicle that told last how it goes under another name of these goods."""

    movement: MovementId
    told_as: ConsignmentId


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Of all others that was told under their own name."""

    told: tuple[Way, ...] = ()

    def told_as(self, movement: MovementId) -> ConsignmentId | None:
        return next((each.told_as for each in self.told if each.movement == movement), None)


def announce(asked: Input[AnnounceConsignment], announced: Announced) -> list[ConsignmentAnnounced]:
    """Once by each vehicle for each checkpoint; a consignment may be spread over several."""
    told = asked.content
    before = announced.of(told.movement, told.checkpoint)
    if before and (before.told == as_told(told) or stands_by_its_own_name(told.told_as, before.told_as)):
        return []
    return [ConsignmentAnnounced(**vars(told), instead_of=before.submitted if before else None)]


def not_announce(asked: Input[WithdrawAnnouncement], announced: Announced) -> list[ConsignmentAnnouncementWithdrawn]:
    """What was told last under another name of these goods is for that name to take back."""
    told = asked.content
    before = announced.of(told.movement, told.checkpoint)
    return [withdrawn(told.consignment, before)] if before and before.told_as == told.told_as else []


def withdrawn(consignment: ConsignmentId, before: Announcement) -> ConsignmentAnnouncementWithdrawn:
    return ConsignmentAnnouncementWithdrawn(
        consignment=consignment, movement=before.movement, checkpoint=before.checkpoint, withdraws=before.submitted
    )


def pass_on_journey(asked: Input[RecordGoodsJourney], announced: Announced) -> list[GoodsJourneyChanged]:
    told = asked.content
    if any(stands_by_its_own_name(told.told_as, each.told_as) for each in announced.by_vehicle(told.movement)):
        return []
    return [GoodsJourneyChanged(**vars(asked.content))]


def pass_on_that_there_is_none(asked: Input[WithdrawGoodsJourney], ways: Ways) -> list[GoodsJourneyWithdrawn]:
    told = asked.content
    if ways.told_as(told.movement) != told.told_as:
        return []
    return [GoodsJourneyWithdrawn(consignment=told.consignment, movement=told.movement)]


def recorded(announced: Announced, event: ConsignmentAnnounced | ConsignmentAnnouncementWithdrawn) -> Announced:
    gone = announced.of(event.movement, event.checkpoint)
    others = [each for each in announced.by if each != gone]
    if isinstance(event, ConsignmentAnnouncementWithdrawn):
        return Announced(by=tuple(others))
    return Announced(by=in_order((*others, announcement_of(event))))


def announcement_of(event: ConsignmentAnnounced) -> Announcement:
    told = AnnounceConsignment(**{name: getattr(event, name) for name in TOLD})
    return Announcement(
        movement=event.movement,
        checkpoint=event.checkpoint,
        submitted=event.submitted,
        told=as_told(told),
        told_as=event.told_as,
    )


def way_told(ways: Ways, event: ConsignmentAnnounced | GoodsJourneyChanged | GoodsJourneyWithdrawn) -> Ways:
    others = (each for each in ways.told if each.movement != event.movement)
    if isinstance(event, GoodsJourneyWithdrawn) or event.told_as is None:
        return Ways(told=tuple(others))
    return Ways(told=in_order((*others, Way(movement=event.movement, told_as=event.told_as))))


def as_told(told: AnnounceConsignment) -> Digest:
    """What tells it from another."""
    return digest((replace(told, papers=as_meant(told.papers)) if told.papers else told,))


TOLD = tuple(field.name for field in fields(AnnounceConsignment))

MATTER = Matter(
    commands=(announce, not_announce, pass_on_journey, pass_on_that_there_is_none),
    folds=(recorded, way_told),  # Of a journey nothing but by which name it was told is asked for here.
)
