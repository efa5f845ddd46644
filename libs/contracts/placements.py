"""What `clearance` writes of prohibited goods that were placed in storage (Art. 7(1) para 2)."""

from typing import Literal

from contracts.event import Event, defined_in
from contracts.stating import Stater
from contracts.values import ConsignmentId, Instant, ItemNumber, Name, Text, Word


class GoodsPlacedInStorage(Event):
    """Goods were placed in temporary storage, or in another control zone, at `placed`; no items are all of them."""

    type: Literal["GoodsPlacedInStorage"] = "GoodsPlacedInStorage"
    article: Word = "7(1) para 2"
    rule: Word = "L3"
    consignment: ConsignmentId
    place: Name
    items: tuple[ItemNumber, ...] = ()
    placed: Instant
    stated_by: Stater | None = None


class PlacementCorrected(Event):
    """The placement that was stated for `corrects`, and of the items `stated_for`, is as it stands here."""

    type: Literal["PlacementCorrected"] = "PlacementCorrected"
    article: Word = "7(1) para 2"
    rule: Word = "L3"
    consignment: ConsignmentId
    place: Name
    items: tuple[ItemNumber, ...] = ()
    placed: Instant
    corrects: Instant
    stated_for: tuple[ItemNumber, ...] = ()
    reason: Text | None = None
    stated_by: Stater | None = None


class PlacementWithdrawn(Event):
    """These items, or all, were not placed in storage, as was stated for `withdraws`."""

    type: Literal["PlacementWithdrawn"] = "PlacementWithdrawn"
    article: Word = "7(1) para 2"
    rule: Word = "L3"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...] = ()
    withdraws: Instant
    reason: Text | None = None


EVENTS: tuple[type[Event], ...] = defined_in(__name__)
