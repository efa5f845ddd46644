"""A crossing, or an arrival, where no checkpoint is (Art. 37(1)), and what `arrival` writes of one."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import StringConstraints

from contracts.event import Event
from contracts.stating import Stater
from contracts.values import ConsignmentId, Description, Instant, InWords, Mode, MovementId, Text, Word
from contracts.vehicle import MeansOfTransport

Border: TypeAlias = Literal["state", "zone", "offshore"]
"""Which border was crossed: the state's, an economic zone's, or that of an island or an installation offshore."""
Degrees: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^-?[0-9]{1,3}(\.[0-9]{1,6})?$"),
    InWords('is to be degrees as a text of digits with at most six after the point, such as "39.204"'),
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    """A place that is no checkpoint; `legal_basis` is what lets vehicles and goods arrive there, where it is named."""

    description: Description
    latitude: Degrees | None = None
    longitude: Degrees | None = None
    legal_basis: Text | None = None


class VehicleArrivedElsewhere(Event):
    """A vehicle came to a place that is no checkpoint; with `corrects` this replaces what was stated for then.

    `unloads` are the consignments that left it there, as far as that was stated.
    """

    type: Literal["VehicleArrivedElsewhere"] = "VehicleArrivedElsewhere"
    article: Word = "37(1)"
    rule: Word = "A6"
    movement: MovementId
    elsewhere: Elsewhere
    arrived: Instant
    mode: Mode | None = None
    vehicle: MeansOfTransport | None = None
    unloads: tuple[ConsignmentId, ...] | None = None
    corrects: Instant | None = None
    reason: Text | None = None
    stated_by: Stater | None = None


class ArrivalElsewhereWithdrawn(Event):
    """The vehicle did not come to a place that is no checkpoint, as was stated for `withdraws`."""

    type: Literal["ArrivalElsewhereWithdrawn"] = "ArrivalElsewhereWithdrawn"
    article: Word = "37(1)"
    rule: Word = "A6"
    movement: MovementId
    withdraws: Instant
    reason: Text | None = None
