"""Goods that were told of a vehicle under another of its names, and have been told again under the one that stays."""

from dataclasses import dataclass

from arrival.consignment.announcement import Announced, withdrawn
from arrival.consignment.arrivals import Visits, arrival_is_gone
from arrival.consignment.crossing import Crossed, gone_with
from arrival.consignment.stops import Gone, Stops, all_gone_with
from contracts.arrival import (
    ConsignmentAnnouncementWithdrawn,
    ExemptionWithdrawn,
    GoodsArrivalWithdrawn,
    GoodsCrossingWithdrawn,
    GoodsJourneyWithdrawn,
)
from contracts.values import ConsignmentId, MovementId
from decider import Input, Matter


@dataclass(frozen=True, kw_only=True)
class ForgetVehicle:
    """This movement was joined into another, which tells these goods whatever stands of it."""

    consignment: ConsignmentId
    movement: MovementId
    into: MovementId


def not_announced(
    asked: Input[ForgetVehicle], announced: Announced
) -> list[ConsignmentAnnouncementWithdrawn | GoodsJourneyWithdrawn]:
    told = asked.content
    journey = GoodsJourneyWithdrawn(consignment=told.consignment, movement=told.movement, joined_into=told.into)
    return [*(withdrawn(told.consignment, each) for each in announced.by_vehicle(told.movement)), journey]


def not_crossed(asked: Input[ForgetVehicle], crossed: Crossed) -> list[GoodsCrossingWithdrawn | ExemptionWithdrawn]:
    return gone_with(asked.content.consignment, asked.content.movement, crossed)


def not_arrived(asked: Input[ForgetVehicle], visits: Visits) -> list[GoodsArrivalWithdrawn]:
    told = asked.content
    return [arrival_is_gone(told.consignment, each) for each in visits.places if each.movement == told.movement]


def not_stopped(asked: Input[ForgetVehicle], stops: Stops) -> list[Gone]:
    return all_gone_with(asked.content.consignment, asked.content.movement, stops)


MATTER = Matter(commands=(not_announced, not_crossed, not_arrived, not_stopped))
