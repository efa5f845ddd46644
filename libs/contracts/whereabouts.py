"""Where a vehicle was, and when: what each of its journeys says of that, told to whoever keeps all of them."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import Field

from contracts.values import CheckpointCode, Country, Instant, Number, StreamId
from contracts.vehicle import IdentityKind

VehicleId: TypeAlias = StreamId
LASTING: frozenset[IdentityKind] = frozenset(
    {"registration_plate", "imo_number", "inland_vessel_number", "aircraft_registration", "wagon_number"}
)
"""By these a vehicle is told from all others, on whichever journey. A flight, a voyage and a train have their numbers
for a day, names of ships are borne by several, and a line is everywhere."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A vehicle crossed the border at this post then, or came there."""

    place: CheckpointCode
    at: Instant


@dataclass(frozen=True, kw_only=True, slots=True)
class Whereabouts:
    """A vehicle, and all places where it was on one journey as far as is stated by now: none, where it was another."""

    kind: IdentityKind
    identity: Number
    nationality: Country | None = None
    seen: tuple[Seen, ...] = ()


AllSeen: TypeAlias = Annotated[tuple[Seen, ...], Field(max_length=999)]
"""A journey comes to each place once, and there are fewer posts than that."""
