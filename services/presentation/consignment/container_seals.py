"""The seals of the containers that goods are in: as the papers named them at the crossing, and as they are found."""

from dataclasses import replace

from contracts.papers import Papers
from contracts.seals import Seal, in_order, missing
from contracts.spelling import folded
from contracts.values import Number
from law import Finding
from law.rule import Fact, rule


def named_in(papers: Papers | None) -> tuple[Seal, ...]:
    """Each says which container it is on."""
    containers = papers.containers or () if papers else ()
    return in_order(replace(seal, on=seal.on or each.number) for each in containers for seal in each.seals or ())


@rule()
def broken_seals_of_containers(
    _: Fact, crossed_with: tuple[Seal, ...], found_intact: tuple[Number, ...] | None
) -> Finding | None:
    """Art. 37(2) [P2]: each seal that the papers name on a container at the crossing is intact when goods are shown.

    The article forbids the damage and asks nobody for a list: where none is stated, nothing is concluded. Numbers are
    the same in another spelling, and are shown as the papers write them.
    """
    broken = missing(crossed_with, found_intact) if found_intact is not None else ()
    if not broken:
        return None
    gone = {folded(number) for number in broken}
    containers = {each.on for each in crossed_with if each.on and folded(each.number) in gone}
    return Finding(rule="P2", article="37(2)", facts=(("broken", broken), ("containers", tuple(sorted(containers)))))
