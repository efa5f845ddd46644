"""The seals of the containers that goods are in: as the papers named them at the crossing, and as they are found."""

from collections.abc import Iterator, Mapping

from contracts.seals import Seal, missing
from contracts.spelling import folded
from contracts.values import Number
from law import Finding
from law.rule import Fact, rule
from presentation.consignment.examination import Examined
from presentation.consignment.packages import together
from presentation.consignment.parts import Part
from presentation.consignment.showings import Shown
from presentation.consignment.upstream import Carriage, container_seals
from presentation.examining import excused_when_shown, is_the_carriers


def seals_compared(
    counted: Mapping[Part, Shown],
    parts: tuple[Part, ...],
    carriages: tuple[Carriage, ...],
    looks: tuple[Examined, ...],
) -> Iterator[Finding]:
    """Vehicle by vehicle, once all that it brought was shown, and somebody looked each time."""
    for group in together(counted, parts):
        intact = [None if is_the_carriers(each.by) else each.container_seals_intact for each in group.showings]
        looked = [number for numbers in intact for number in numbers or ()]
        if not group.whole or None in intact:
            continue
        imposed = container_seals(group.crossed(carriages))
        excused = excused_when_shown(looks, group.last)
        if finding := broken_seals_of_containers(group.fact, imposed, tuple(looked), excused):
            yield finding


@rule()
def broken_seals_of_containers(
    _: Fact, crossed_with: tuple[Seal, ...], found_intact: tuple[Number, ...], excused: frozenset[str]
) -> Finding | None:
    """Art. 37(2) [P2]: each seal that the papers name on a container at the crossing is intact when goods are shown.

    The article forbids the damage and asks nobody for a list: where none is stated, nothing is concluded. What was
    noted at the crossing, and what customs had opened by then, is none. Numbers are the same in another spelling, and
    are shown as the papers write them.
    """
    broken = missing(crossed_with, (*found_intact, *excused))
    if not broken:
        return None
    gone = {folded(number) for number in broken}
    containers = {each.on for each in crossed_with if each.on and folded(each.number) in gone}
    return Finding(rule="P2", article="37(2)", facts=(("broken", broken), ("containers", tuple(sorted(containers)))))
