"""What vehicles tell their goods of notice and journey."""

from dataclasses import dataclass

from contracts.arrival import ConsignmentAnnounced, GoodsJourneyChanged
from contracts.papers import Papers
from contracts.values import CheckpointCode, ConsignmentId, Instant, Mode, MovementId
from decider import Input, Matter


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
class RecordGoodsJourney:
    """The journey of the vehicle with this consignment leads otherwise than was said."""

    consignment: ConsignmentId
    movement: MovementId
    mode: Mode
    stated: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Announced:
    """Which vehicles announced it, sorted."""

    by: tuple[MovementId, ...] = ()


def announce(asked: Input[AnnounceConsignment], announced: Announced) -> list[ConsignmentAnnounced]:
    """Once by each vehicle; a consignment may be spread over several."""
    told = asked.content
    return [] if told.movement in announced.by else [ConsignmentAnnounced(**vars(told))]


def pass_on_journey(asked: Input[RecordGoodsJourney]) -> list[GoodsJourneyChanged]:
    return [GoodsJourneyChanged(**vars(asked.content))]


def recorded(announced: Announced, event: ConsignmentAnnounced) -> Announced:
    return Announced(by=tuple(sorted((*announced.by, event.movement))))


MATTER = Matter(
    commands=(announce, pass_on_journey),
    folds=(recorded,),
    unfolded=(GoodsJourneyChanged,),  # Passed on as it was told; nothing here asks for it again.
)
