"""One vehicle on one journey: of which matters of the law, and in which order what follows from them is asked."""

from dataclasses import dataclass

from arrival.movement import (
    arrivals,
    crossing,
    elsewhere,
    information,
    journey,
    linking,
    notice,
    notice_findings,
    stops,
    vehicle,
    whereabouts,
)
from arrival.movement.elsewhere import OutsidePosts
from arrival.movement.information import Information
from arrival.movement.noticed import Notice
from arrival.movement.route import Route
from arrival.movement.stops import Stops
from arrival.movement.vehicle import Vehicle
from arrival.movement.visits import Visits
from arrival.movement.whereabouts import Tracked
from contracts.links import Links
from contracts.stating import DIFFERENCES
from decider import Aggregate


@dataclass(frozen=True, kw_only=True)
class Movement:
    """All that arrival knows of it. It hears nobody, so all of it is its own."""

    notice: Notice = Notice()
    information: Information = Information()
    route: Route = Route()
    vehicle: Vehicle = Vehicle()
    visits: Visits = Visits()
    outside: OutsidePosts = OutsidePosts()
    stops: Stops = Stops()
    links: Links = Links()
    whereabouts: Tracked = Tracked()


movement = Aggregate(
    Movement,
    notice.MATTER,
    information.MATTER,
    notice_findings.MATTER,
    journey.MATTER,
    vehicle.MATTER,
    crossing.MATTER,
    arrivals.MATTER,
    elsewhere.MATTER,
    stops.MATTER,
    whereabouts.MATTER,
    *linking.MATTERS,
    DIFFERENCES,
    joining=linking.JOINING,
)
