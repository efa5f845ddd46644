"""What is found of one showing by itself: how the goods were, and where (Arts 37(2), 38(1))."""

from collections.abc import Iterator

from law import Finding
from presentation.checkpoint import shown_elsewhere
from presentation.consignment.checkpoint import settled_for
from presentation.consignment.condition import breached_packaging, changed_condition
from presentation.consignment.showings import Shown
from presentation.consignment.upstream import Arrival, all_outside, crossed_by
from presentation.examining import is_the_carriers


def of_one(shown: Shown, arrival: Arrival) -> Iterator[Finding]:
    if all_outside(arrival.carriages, shown.at):
        return
    crossed, fact, found = crossed_by(arrival.carriages, shown.at), shown.fact, not is_the_carriers(shown.by)
    places = settled_for(each for each in crossed if shown.movement in (None, each.movement))
    of_it = (
        breached_packaging(fact, shown.packaging_breached and found),
        changed_condition(fact, shown.condition_changed and found),
        shown_elsewhere(fact, shown.checkpoint, places),
    )
    yield from (finding for finding in of_it if finding)
