"""The goods under one transport document: what the vehicles that carry them tell of them."""

from dataclasses import dataclass

from arrival.consignment import announcement, arrivals, crossing, left, linking, stops, undecided
from arrival.consignment.announcement import Announced, Ways
from arrival.consignment.arrivals import Visits
from arrival.consignment.crossing import Crossed
from arrival.consignment.stops import Stops
from contracts.links import Links
from contracts.stating import DIFFERENCES
from contracts.undecided import Undecided
from decider import Aggregate


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """Of each vehicle each thing is recorded once; a consignment may be spread over several."""

    announced: Announced = Announced()
    ways: Ways = Ways()
    crossed: Crossed = Crossed()
    visits: Visits = Visits()
    stops: Stops = Stops()
    undecided: Undecided = Undecided()
    links: Links = Links()


consignment = Aggregate(
    Consignment,
    announcement.MATTER,
    crossing.MATTER,
    arrivals.MATTER,
    stops.MATTER,
    left.MATTER,
    undecided.MATTER,
    *linking.MATTERS,
    DIFFERENCES,
    joining=linking.JOINING,
)
