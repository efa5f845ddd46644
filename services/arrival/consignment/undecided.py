"""Goods that left a vehicle that was not to stop, and of whose stop nothing is decided yet (Art. 37(3))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from arrival.consignment.arrivals import RecordGoodsArrival, Visit, Visits, WithdrawGoodsArrival
from arrival.consignment.crossing import Crossed, RecordGoodsCrossing, WithdrawGoodsCrossing
from arrival.consignment.left import ForgetVehicle
from arrival.consignment.stops import (
    LoseGoodsExemption,
    RecordGoodsStop,
    Stops,
    WithdrawGoodsLoss,
    WithdrawGoodsStop,
)
from contracts.undecided import StopUndecided, StopUndecidedWithdrawn
from contracts.values import CheckpointCode, MovementId
from decider import Input, Matter, in_order
from law.rule import Fact, Happened, rule

Told: TypeAlias = (
    RecordGoodsCrossing | WithdrawGoodsCrossing | RecordGoodsArrival | WithdrawGoodsArrival | RecordGoodsStop
    | WithdrawGoodsStop | LoseGoodsExemption | WithdrawGoodsLoss | ForgetVehicle
)  # fmt: skip
Said: TypeAlias = StopUndecided | StopUndecidedWithdrawn


@dataclass(frozen=True, kw_only=True)
class Landing:
    """A vehicle, and where the goods left it."""

    movement: MovementId
    checkpoint: CheckpointCode


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """Those of which it was said that the officer has to decide, sorted."""

    landings: tuple[Landing, ...] = ()


def undecided_follows(
    asked: Input[Told], crossed: Crossed, visits: Visits, stops: Stops, undecided: Undecided
) -> list[Said]:
    """What is undecided by all that is known, as far as the record says otherwise."""
    now = {landing_of(each): each for each in left_undecided(crossed, visits, stops)}
    begun = [
        StopUndecided(
            consignment=asked.id, movement=each.movement, checkpoint=each.checkpoint, arrived=now[each].arrived
        )
        for each in in_order({*now} - {*undecided.landings})
    ]
    ended = [
        StopUndecidedWithdrawn(consignment=asked.id, movement=each.movement, checkpoint=each.checkpoint)
        for each in undecided.landings
        if each not in now
    ]
    return [*begun, *ended]


def left_undecided(crossed: Crossed, visits: Visits, stops: Stops) -> Iterator[Visit]:
    """A stop that costs the exemption is decided once that is heard, so that nobody takes it to stand in between."""
    decided = {(each.movement, each.place) for each in stops.heard if not each.exemption_lost}
    lost = {each.movement for each in stops.losses}
    for each in visits.places:
        since = crossed.with_(each.movement)
        of_stop = (each.movement, each.checkpoint) in decided or each.movement in lost
        outside = crossed.exemption_of(each.movement) == "non_stop"
        if outside and not of_stop and since and waits_for_a_decision(Happened(each.arrived, since.known), each):
            yield each


@rule(by="officer")
def waits_for_a_decision(_: Fact, visit: Visit) -> bool:
    """Art. 37(3) [A8]: what leaves a vehicle that was not to stop waits until the officer says what the stop was.

    Whether the chapter on arrival applies to it, and so whether it has to be shown, hangs on his decision alone.
    """
    return visit.unloaded is True


def landing_of(visit: Visit) -> Landing:
    return Landing(movement=visit.movement, checkpoint=visit.checkpoint)


def recorded(undecided: Undecided, event: Said) -> Undecided:
    landing = Landing(movement=event.movement, checkpoint=event.checkpoint)
    others = (each for each in undecided.landings if each != landing)
    match event:
        case StopUndecided():
            return Undecided(landings=in_order((*others, landing)))
        case StopUndecidedWithdrawn():
            return Undecided(landings=tuple(others))
        case _:
            assert_never(event)


MATTER = Matter(folds=(recorded,), follows=(undecided_follows,))
