"""What vehicles tell their goods of notice and journey."""

from dataclasses import dataclass, fields

from contracts.arrival import (
    ConsignmentAnnounced,
    ConsignmentAnnouncementWithdrawn,
    GoodsJourneyChanged,
    GoodsJourneyWithdrawn,
)
from contracts.digest import Digest, digest
from contracts.papers import Papers, as_meant
from contracts.values import CheckpointCode, ConsignmentId, Instant, Mode, MovementId
from decider import Input, Matter, in_order, replace


@dataclass(frozen=True, kw_only=True)
class AnnounceConsignment:
    """A notice names this consignment."""

    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode
    expected: Instant
    submitted: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()
    papers: Papers | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawAnnouncement:
    """The notice that counts does not name this consignment, or none counts."""

    consignment: ConsignmentId
    movement: MovementId


@dataclass(frozen=True, kw_only=True)
class RecordGoodsJourney:
    """The journey of the vehicle with this consignment leads otherwise than was said."""

    consignment: ConsignmentId
    movement: MovementId
    mode: Mode
    stated: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()
    anew: bool = False


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsJourney:
    """Nothing that stands of what was said of the vehicle names this consignment."""

    consignment: ConsignmentId
    movement: MovementId


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """By which vehicle, and as what."""

    movement: MovementId
    submitted: Instant | None = None
    told: Digest


@dataclass(frozen=True, kw_only=True)
class Announced:
    """Once by each vehicle, sorted."""

    by: tuple[Announcement, ...] = ()

    def of(self, movement: MovementId) -> Announcement | None:
        return next((each for each in self.by if each.movement == movement), None)


def announce(asked: Input[AnnounceConsignment], announced: Announced) -> list[ConsignmentAnnounced]:
    """Once by each vehicle; a consignment may be spread over several."""
    told = asked.content
    before = announced.of(told.movement)
    if before and before.told == as_told(told):
        return []
    return [ConsignmentAnnounced(**vars(told), instead_of=before.submitted if before else None)]


def not_announce(asked: Input[WithdrawAnnouncement], announced: Announced) -> list[ConsignmentAnnouncementWithdrawn]:
    told = asked.content
    before = announced.of(told.movement)
    if before is None:
        return []
    gone = ConsignmentAnnouncementWithdrawn(
        consignment=told.consignment, movement=told.movement, withdraws=before.submitted
    )
    return [gone]


def pass_on_journey(asked: Input[RecordGoodsJourney]) -> list[GoodsJourneyChanged]:
    return [GoodsJourneyChanged(**vars(asked.content))]


def pass_on_that_there_is_none(asked: Input[WithdrawGoodsJourney]) -> list[GoodsJourneyWithdrawn]:
    return [GoodsJourneyWithdrawn(**vars(asked.content))]


def recorded(announced: Announced, event: ConsignmentAnnounced | ConsignmentAnnouncementWithdrawn) -> Announced:
    others = [each for each in announced.by if each.movement != event.movement]
    if isinstance(event, ConsignmentAnnouncementWithdrawn):
        return Announced(by=tuple(others))
    return Announced(by=in_order((*others, announcement_of(event))))


def announcement_of(event: ConsignmentAnnounced) -> Announcement:
    told = AnnounceConsignment(**{name: getattr(event, name) for name in TOLD})
    return Announcement(movement=event.movement, submitted=event.submitted, told=as_told(told))


def as_told(told: AnnounceConsignment) -> Digest:
    """What tells it from another."""
    return digest((replace(told, papers=as_meant(told.papers)) if told.papers else told,))


TOLD = tuple(field.name for field in fields(AnnounceConsignment))

MATTER = Matter(
    commands=(announce, not_announce, pass_on_journey, pass_on_that_there_is_none),
    folds=(recorded,),
    unfolded=(GoodsJourneyChanged, GoodsJourneyWithdrawn),  # Passed on as told; nothing here asks for it again.
)
