"""Goods that left a vehicle that was not to stop, or may have, while nothing is decided of its stop (Art. 37(3))."""

from collections.abc import Iterator
from typing import TypeAlias

from arrival.consignment.arrivals import RecordGoodsArrival, Visit, Visits, WithdrawGoodsArrival
from arrival.consignment.crossing import Crossed, RecordGoodsCrossing, WithdrawGoodsCrossing
from arrival.consignment.left import ForgetVehicle
from arrival.consignment.stops import (
    LoseGoodsExemption,
    RecordGoodsStop,
    Stop,
    Stops,
    WithdrawGoodsLoss,
    WithdrawGoodsStop,
)
from contracts.calls import nearest
from contracts.undecided import Landing, Said, StopUndecided, StopUndecidedWithdrawn, Undecided, landed
from decider import Input, Matter, in_order
from law.rule import Fact, Happened, rule

Told: TypeAlias = (
    RecordGoodsCrossing | WithdrawGoodsCrossing | RecordGoodsArrival | WithdrawGoodsArrival | RecordGoodsStop
    | WithdrawGoodsStop | LoseGoodsExemption | WithdrawGoodsLoss | ForgetVehicle
)  # fmt: skip


def undecided_follows(
    asked: Input[Told], crossed: Crossed, visits: Visits, stops: Stops, undecided: Undecided
) -> list[Said]:
    """What is undecided by all that is known, as far as the record says otherwise."""
    now = {landing_of(each) for each in left_undecided(crossed, visits, stops)}
    begun = [
        StopUndecided(consignment=asked.id, movement=each.movement, checkpoint=each.checkpoint, arrived=each.arrived)
        for each in in_order(now - {*undecided.landings})
    ]
    ended = [
        StopUndecidedWithdrawn(
            consignment=asked.id, movement=each.movement, checkpoint=each.checkpoint, arrived=each.arrived
        )
        for each in undecided.landings
        if each not in now
    ]
    return [*begun, *ended]


def left_undecided(crossed: Crossed, visits: Visits, stops: Stops) -> Iterator[Visit]:
    """A stop that costs the exemption is decided once that is heard, so that nobody takes it to stand in between."""
    decided = [of_stop(each, visits) for each in stops.heard if not each.exemption_lost]
    lost = {each.movement for each in stops.losses}
    for each in visits.places:
        since = crossed.with_(each.movement)
        known = each in decided or each.movement in lost
        outside = crossed.exemption_of(each.movement) == "non_stop"
        if outside and not known and since and waits_for_a_decision(Happened(each.arrived, since.known), each):
            yield each


@rule(by="officer")
def waits_for_a_decision(_: Fact, visit: Visit) -> bool:
    """Art. 37(3) [A8]: what leaves a vehicle that was not to stop waits until the officer says what the stop was.

    Whether the chapter on arrival applies to it, and so whether it has to be shown, hangs on his decision alone. What
    is not said to have stayed aboard may have left it.
    """
    return visit.unloaded is not False


def of_stop(stop: Stop, visits: Visits) -> Visit | None:
    """The call at which the vehicle made that stop: of several at its place the one next to it in time."""
    return nearest((each for each in visits.places if each.movement == stop.movement), stop.place, stop.stopped)


def landing_of(visit: Visit) -> Landing:
    return Landing(movement=visit.movement, checkpoint=visit.checkpoint, arrived=visit.arrived)


MATTER = Matter(folds=(landed,), follows=(undecided_follows,))
