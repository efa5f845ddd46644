"""What presentation leaves aside on purpose of what `arrival` says; what it takes, each aggregate folds by itself."""

from contracts.arrival import (
    ConsignmentAnnouncementWithdrawn,
    GoodsLeft,
    NoticeFindingsRecorded,
    NoticeFindingsWithdrawn,
    StopRecorded,
    StopWithdrawn,
    VehicleAtTwoPlaces,
    VehicleAtTwoPlacesWithdrawn,
    VehicleSighted,
    WhereaboutsFindingsRecorded,
    WhereaboutsFindingsWithdrawn,
)
from contracts.elsewhere import ArrivalElsewhereWithdrawn, VehicleArrivedElsewhere
from contracts.links import FactsPassedOn, LinkAsked, LinkRefused
from contracts.notices import ArrivalInformed
from contracts.stating import StatementDiffers
from contracts.undecided import StopUndecided, StopUndecidedWithdrawn

LEAVES_ASIDE: tuple[type, ...] = (
    ArrivalInformed, VehicleArrivedElsewhere, ArrivalElsewhereWithdrawn, StopUndecided, StopUndecidedWithdrawn,
    ConsignmentAnnouncementWithdrawn,
    NoticeFindingsRecorded, NoticeFindingsWithdrawn, StopRecorded, StopWithdrawn, StatementDiffers,
    LinkAsked, LinkRefused, FactsPassedOn, GoodsLeft,
    VehicleSighted, VehicleAtTwoPlaces, VehicleAtTwoPlacesWithdrawn,
    WhereaboutsFindingsRecorded, WhereaboutsFindingsWithdrawn,
)  # fmt: skip
"""A notice that is missing or late changes nothing of where to show; of a stop only the officer's decision does.
That streams are one is heard once it is so; what is told again in another service is told there."""
