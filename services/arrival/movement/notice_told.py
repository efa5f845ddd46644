"""What goods hear of the notices that name them, and of how their vehicle goes by these (Art. 37(2-1))."""

from typing import TypeAlias

from arrival.consignment.announcement import AnnounceConsignment, RecordGoodsJourney, WithdrawAnnouncement
from arrival.movement.journey import of_the_way, told_of_the_way
from arrival.movement.route import journey_of
from contracts import streams
from contracts.arrival import ArrivalNotified, NoticeAmended, NoticeCorrected, Noticed, NoticeWithdrawn
from contracts.values import MovementId
from law.rule import AS_AMENDED_IN_2023, rule

Told: TypeAlias = AnnounceConsignment | WithdrawAnnouncement
Announced: TypeAlias = ArrivalNotified | NoticeAmended | NoticeCorrected | Noticed


@rule(AS_AMENDED_IN_2023, by="person")
def tell_the_goods(notice: ArrivalNotified) -> list[tuple[str, AnnounceConsignment | RecordGoodsJourney]]:
    """Art. 37(2-1) [A1]: the notice is of goods as well as of vehicles, so each consignment in it hears of it."""
    return [*announced(notice.movement, notice), *told_of_the_way(notice.movement, notice.leads, notice.hear)]


def tell_anew(event: NoticeAmended | NoticeCorrected | NoticeWithdrawn) -> list[tuple[str, Told]]:
    """What is announced now, and to whom nothing is any more."""
    found: list[tuple[str, Told]] = [
        (
            streams.consignment(each),
            WithdrawAnnouncement(consignment=each, movement=event.movement, checkpoint=of.checkpoint),
        )
        for of in event.unannounced
        for each in of.consignments
    ]
    for other in event.stands:
        found += announced(event.movement, other)
    if not isinstance(event, NoticeWithdrawn) and event.counts:
        found += announced(event.movement, event)
    return found


def announced(movement: MovementId, notice: Announced) -> list[tuple[str, AnnounceConsignment]]:
    way, papers = of_the_way(notice.mode, journey_of(notice)), {each.consignment: each for each in notice.papers}
    return [
        (
            streams.consignment(each),
            AnnounceConsignment(
                consignment=each,
                movement=movement,
                checkpoint=notice.checkpoint,
                mode=notice.mode,
                expected=notice.expected,
                submitted=notice.submitted,
                papers=papers.get(each),
                **way(each),
            ),
        )
        for each in notice.consignments
    ]
