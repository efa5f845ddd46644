"""Means of transport: how they are told apart, under which flag, with what behind them and who aboard."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from contracts.parties import Crew
from contracts.spelling import folded
from contracts.values import Country, InWords, Name, Number
from decider import in_order, replace

IdentityKind: TypeAlias = Literal[
    "registration_plate", "imo_number", "ship_name", "inland_vessel_number", "aircraft_registration", "wagon_number",
    "train_number", "flight_number", "voyage_number", "line", "other",
]  # fmt: skip
"""By what it is known; a `line` is a pipeline or a power line."""
CallSign: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z0-9]{3,7}$"),
    InWords("is to be a call sign of three to seven capital letters and digits, such as EZGD1"),
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trailer:
    """A trailer or semi-trailer, by its registration plate."""

    identity: Number
    nationality: Country | None = None


Trailers: TypeAlias = Annotated[tuple[Trailer, ...], Field(max_length=9)]


@dataclass(frozen=True, kw_only=True, slots=True)
class MeansOfTransport:
    """What carries the goods: `identity` is of this `kind`; `journey` is the number of its flight, voyage or train."""

    kind: IdentityKind
    identity: Number
    name: Name | None = None
    nationality: Country | None = None
    call_sign: CallSign | None = None
    journey: Number | None = None
    trailers: Trailers | None = None
    crew: Crew | None = None

    def __str__(self) -> str:
        return self.identity


def in_one_spelling(vehicle: MeansOfTransport | None) -> MeansOfTransport | None:
    """As it is compared: who is aboard stands in no order, and what is behind it does."""
    if vehicle is None:
        return None
    trailers, crew = vehicle.trailers, vehicle.crew
    return replace(
        vehicle,
        identity=folded(vehicle.identity),
        name=folded(vehicle.name) if vehicle.name else None,
        journey=folded(vehicle.journey) if vehicle.journey else None,
        trailers=tuple(replace(each, identity=folded(each.identity)) for each in trailers) if trailers else None,
        crew=in_order({*crew}) if crew else None,
    )
