"""The crossing of goods, with which their import begins (Arts 5(1)(21)(a), 37(3))."""

from dataclasses import dataclass

from arrival.consignment.told import elsewhen
from arrival.exemption import exemption
from contracts.arrival import Chapter8NotApplicable, GoodsCrossed
from contracts.papers import Papers
from contracts.values import CheckpointCode, ConsignmentId, Direction, Instant, Mode, MovementId
from decider import Input, Matter
from law.rule import Happened, rule


@dataclass(frozen=True, kw_only=True)
class RecordGoodsCrossing:
    """The papers of a vehicle that has crossed name this consignment."""

    consignment: ConsignmentId
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode | None = None
    crossed: Instant
    non_stop: bool = False
    papers: Papers | None = None


@dataclass(frozen=True, kw_only=True)
class Crossed:
    """With which vehicles, sorted."""

    aboard: tuple[MovementId, ...] = ()


def cross(asked: Input[RecordGoodsCrossing], crossed: Crossed) -> list[Chapter8NotApplicable | GoodsCrossed]:
    """Once with each vehicle."""
    told = asked.content
    return [] if told.movement in crossed.aboard else import_begins(asked)


@rule()
def import_begins(asked: Input[RecordGoodsCrossing]) -> list[Chapter8NotApplicable | GoodsCrossed]:
    """Art. 5(1)(21)(a) [F4]: the import of goods begins when they actually cross; nothing before that is import."""
    told = asked.content
    happened = elsewhen(told.crossed, asked.occurred)
    crossed = GoodsCrossed(
        occurred=happened,
        consignment=told.consignment,
        movement=told.movement,
        direction=told.direction,
        mode=told.mode,
        place=told.place,
        crossed=told.crossed,
        non_stop=told.non_stop,
        papers=told.papers,
    )
    exempt = exemption(Happened(told.crossed, asked.recorded), told.mode, told.non_stop)
    if exempt is None:
        return [crossed]
    outside = Chapter8NotApplicable(
        occurred=happened, consignment=told.consignment, movement=told.movement, exemption=exempt
    )
    return [outside, crossed]


def recorded(crossed: Crossed, event: GoodsCrossed) -> Crossed:
    return Crossed(aboard=tuple(sorted((*crossed.aboard, event.movement))))


MATTER = Matter(commands=(cross,), folds=(recorded,), unfolded=(Chapter8NotApplicable,))
