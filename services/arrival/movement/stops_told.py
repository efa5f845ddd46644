"""What goods hear of the stops of their vehicle (Art. 37(3))."""

from arrival.consignment.stops import LoseGoodsExemption, RecordGoodsStop, WithdrawGoodsLoss, WithdrawGoodsStop
from contracts import streams
from contracts.arrival import ExemptionLossWithdrawn, ExemptionLost, StopRecorded, StopWithdrawn
from contracts.values import CheckpointCode, ConsignmentId, Instant, MovementId
from decider import replace
from law.rule import rule


def tell_of_a_stop(event: StopRecorded) -> list[tuple[str, RecordGoodsStop]]:
    told = of_stop(event.movement or "", event.consignments, event.place, event.stopped, event.exemption_lost)
    return [(to, replace(each, corrects=event.corrects, instead_of=event.instead_of)) for to, each in told]


def tell_of_no_stop(event: StopWithdrawn) -> list[tuple[str, WithdrawGoodsStop]]:
    of, place, stopped = event.movement or "", event.place, event.withdraws
    return [
        (streams.consignment(each), WithdrawGoodsStop(consignment=each, movement=of, place=place, stopped=stopped))
        for each in event.consignments
    ]


def tell_of_a_loss(event: ExemptionLost) -> list[tuple[str, LoseGoodsExemption]]:
    return of_loss(event.movement or "", event.consignments, event.stopped, event.present_at)


def tell_of_no_loss(event: ExemptionLossWithdrawn) -> list[tuple[str, WithdrawGoodsLoss]]:
    of, to, stopped = event.movement or "", event.present_at, event.stopped
    return [
        (streams.consignment(each), WithdrawGoodsLoss(consignment=each, movement=of, present_at=to, stopped=stopped))
        for each in event.consignments
    ]


@rule(by="officer")
def of_stop(
    movement: MovementId, consignments: tuple[ConsignmentId, ...], place: CheckpointCode, stopped: Instant, lost: bool
) -> list[tuple[str, RecordGoodsStop]]:
    """Art. 37(3) [A8]: what the officer decides of a stop concerns the goods as much as the vehicle."""
    return [
        (
            streams.consignment(each),
            RecordGoodsStop(consignment=each, movement=movement, place=place, stopped=stopped, exemption_lost=lost),
        )
        for each in consignments
    ]


@rule(by="officer")
def of_loss(
    movement: MovementId, consignments: tuple[ConsignmentId, ...], stopped: Instant, present_at: CheckpointCode
) -> list[tuple[str, LoseGoodsExemption]]:
    """Art. 37(3) [A8]: where the exemption is lost, the goods are shown where the vehicle is."""
    return [
        (
            streams.consignment(each),
            LoseGoodsExemption(consignment=each, movement=movement, stopped=stopped, present_at=present_at),
        )
        for each in consignments
    ]
