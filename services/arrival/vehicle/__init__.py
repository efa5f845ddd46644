"""A vehicle on all its journeys, by its identity: where each of them says that it was."""

from dataclasses import dataclass

from arrival.vehicle import sightings
from arrival.vehicle.sightings import Sightings
from decider import Aggregate


@dataclass(frozen=True, kw_only=True)
class VehicleSeen:
    """All that arrival knows of it beside its journeys."""

    sightings: Sightings = Sightings()


vehicle = Aggregate(VehicleSeen, sightings.MATTER)
