"""The crossing of goods, with which their import begins (Arts 5(1)(21)(a), 37(3))."""

from dataclasses import dataclass, fields
from typing import TypeAlias, assert_never

from arrival.consignment.told import elsewhen, stands_by_its_own_name
from arrival.exemption import exemption
from contracts.arrival import (
    Chapter8NotApplicable,
    ExemptionWithdrawn,
    GoodsCrossed,
    GoodsCrossingCorrected,
    GoodsCrossingWithdrawn,
)
from contracts.digest import Digest, digest
from contracts.elsewhere import Border
from contracts.papers import Papers, as_meant
from contracts.values import (
    CheckpointCode,
    ConsignmentId,
    Direction,
    Exemption,
    Instant,
    Mode,
    MovementId,
)
from decider import Input, Matter, in_order, replace
from law.rule import Happened, rule

Said: TypeAlias = (
    GoodsCrossed | GoodsCrossingCorrected | GoodsCrossingWithdrawn | Chapter8NotApplicable | ExemptionWithdrawn
)


@dataclass(frozen=True, kw_only=True)
class RecordGoodsCrossing:
    """The papers of a vehicle that has crossed name this consignment."""

    consignment: ConsignmentId
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode | None = None
    border: Border = "state"
    crossed: Instant
    non_stop: bool = False
    papers: Papers | None = None
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsCrossing:
    """The papers of the vehicle do not name this consignment after all, or it did not cross."""

    consignment: ConsignmentId
    movement: MovementId
    withdraws: Instant
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class Aboard:
    """With which vehicle, since when that is on record, and what was told of it."""

    movement: MovementId
    crossed: Instant
    known: Instant
    told: Digest
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class Outside:
    """A vehicle to which the chapter on arrival does not apply."""

    movement: MovementId
    exemption: Exemption


@dataclass(frozen=True, kw_only=True)
class Crossed:
    """With which vehicles, and which of these are outside the chapter on arrival; each sorted."""

    aboard: tuple[Aboard, ...] = ()
    outside: tuple[Outside, ...] = ()

    def with_(self, movement: MovementId) -> Aboard | None:
        return next((each for each in self.aboard if each.movement == movement), None)

    def names(self, told: WithdrawGoodsCrossing) -> bool:
        """What was told last under another name of these goods is for that name to take back."""
        before = self.with_(told.movement)
        return before is None or before.told_as == told.told_as

    def exemption_of(self, movement: MovementId) -> Exemption | None:
        return next((each.exemption for each in self.outside if each.movement == movement), None)


def cross(
    asked: Input[RecordGoodsCrossing], crossed: Crossed
) -> list[Chapter8NotApplicable | GoodsCrossed | GoodsCrossingCorrected | ExemptionWithdrawn]:
    """Once with each vehicle; what is told of it otherwise corrects that."""
    told = asked.content
    before = crossed.with_(told.movement)
    if before is None:
        return [*import_begins(asked)]
    if before.told == as_told(told) or stands_by_its_own_name(told.told_as, before.told_as):
        return []
    return [*crossed_otherwise(asked, crossed, before)]


@rule()
def import_begins(asked: Input[RecordGoodsCrossing]) -> list[Chapter8NotApplicable | GoodsCrossed]:
    """Art. 5(1)(21)(a) [F4]: the import of goods begins when they actually cross; nothing before that is import."""
    told = asked.content
    happened = elsewhen(told.crossed, asked.occurred)
    crossed = GoodsCrossed(occurred=happened, **vars(told))
    exempt = exemption(Happened(told.crossed, asked.recorded), told.mode, told.non_stop)
    return [*((outside(asked, exempt),) if exempt else ()), crossed]


def crossed_otherwise(
    asked: Input[RecordGoodsCrossing], crossed: Crossed, before: Aboard
) -> list[Chapter8NotApplicable | GoodsCrossingCorrected | ExemptionWithdrawn]:
    told = asked.content
    was = crossed.exemption_of(told.movement)
    known = before.known if before.crossed == told.crossed else asked.recorded
    exempt = exemption(Happened(told.crossed, known), told.mode, told.non_stop)
    return [
        *((outside(asked, exempt),) if exempt and exempt != was else ()),
        GoodsCrossingCorrected(corrects=before.crossed, **vars(told)),
        *((inside(told.consignment, told.movement, was),) if was and not exempt else ()),
    ]


def outside(asked: Input[RecordGoodsCrossing], exempt: Exemption) -> Chapter8NotApplicable:
    told = asked.content
    return Chapter8NotApplicable(
        occurred=elsewhen(told.crossed, asked.occurred),
        consignment=told.consignment,
        movement=told.movement,
        exemption=exempt,
    )


def inside(consignment: ConsignmentId, movement: MovementId, was: Exemption) -> ExemptionWithdrawn:
    return ExemptionWithdrawn(consignment=consignment, movement=movement, exemption=was)


def not_cross(
    asked: Input[WithdrawGoodsCrossing], crossed: Crossed
) -> list[GoodsCrossingWithdrawn | ExemptionWithdrawn]:
    told = asked.content
    return gone_with(told.consignment, told.movement, crossed) if crossed.names(told) else []


def gone_with(
    consignment: ConsignmentId, movement: MovementId, crossed: Crossed
) -> list[GoodsCrossingWithdrawn | ExemptionWithdrawn]:
    before, was = crossed.with_(movement), crossed.exemption_of(movement)
    if before is None:
        return []
    gone = GoodsCrossingWithdrawn(consignment=consignment, movement=movement, withdraws=before.crossed)
    return [gone, *((inside(consignment, movement, was),) if was else ())]


def recorded(crossed: Crossed, event: Said, known: Instant) -> Crossed:
    movement = event.movement or ""
    others = [each for each in crossed.aboard if each.movement != movement]
    rest = [each for each in crossed.outside if each.movement != movement]
    match event:
        case GoodsCrossed() | GoodsCrossingCorrected():
            aboard = aboard_of(event, crossed.with_(movement), known)
            return replace(crossed, aboard=in_order((*others, aboard)))
        case GoodsCrossingWithdrawn():
            return replace(crossed, aboard=in_order(others))
        case Chapter8NotApplicable(exemption=exempt):
            outside = Outside(movement=movement, exemption=exempt)
            return replace(crossed, outside=in_order((*rest, outside)))
        case ExemptionWithdrawn():
            return replace(crossed, outside=in_order(rest))
        case _:
            assert_never(event)


def aboard_of(event: GoodsCrossed | GoodsCrossingCorrected, before: Aboard | None, known: Instant) -> Aboard:
    told = RecordGoodsCrossing(**{name: getattr(event, name) for name in TOLD})
    since = before.known if before and before.crossed == event.crossed else known
    return Aboard(
        movement=event.movement, crossed=event.crossed, known=since, told=as_told(told), told_as=event.told_as
    )


def as_told(told: RecordGoodsCrossing) -> Digest:
    """What tells it from another."""
    return digest((replace(told, papers=as_meant(told.papers)) if told.papers else told,))


TOLD = tuple(field.name for field in fields(RecordGoodsCrossing))

MATTER = Matter(commands=(cross, not_cross), folds=(recorded,))
