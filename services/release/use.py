"""Using goods, disposing of them and moving them (Art. 36)."""

from dataclasses import dataclass

from contracts.declarations import Declared
from contracts.names import OfConsignment
from contracts.release import UseBlocked
from contracts.values import ItemNumbers, Use
from decider import Input, Matter
from law import Ground
from law.rule import Fact, rule
from release.completion import clearance_is_complete
from release.goods import Items, Released, named, part_of, units
from release.regime import Ends, has_run
from release.upstream import Clearance


@dataclass(frozen=True, kw_only=True)
class ReportUse(OfConsignment):
    """The holder, or an officer, states that goods are to be used, disposed of or moved (Art. 36).

    `under_the_regime`: as the regime for a term, under which they were released, itself allows.
    """

    items: ItemNumbers = ()
    use: Use
    under_the_regime: bool = False


def use(asked: Input[ReportUse], clearance: Clearance, released: Released, ends: Ends) -> list[UseBlocked]:
    said = asked.content
    complete = clearance_is_complete(said.items, clearance, released, ends)
    allowed = said.under_the_regime and all_under_a_running_regime(said.items, clearance.declared, released, ends)
    against = use_before_completion(asked, said.use, said.items, complete, allowed)
    if against is None:
        return []
    return [
        UseBlocked(
            consignment=said.consignment, items=said.items, use=said.use, reported=asked.occurred, grounds=(against,)
        )
    ]


@rule()
def use_before_completion(_: Fact, use: Use, items: Items, complete: bool, allowed: bool) -> Ground | None:
    """Art. 36 [F18]: goods are used and disposed of once their clearance is complete; to move them is neither.

    Use that a regime for a term itself allows is what the regime is for, so it waits for no end of clearance.
    """
    if use == "movement" or complete or (use == "use" and allowed):
        return None
    return Ground(rule="F18", article="36", layer="code", facts=(*named(items), ("use", use)))


def all_under_a_running_regime(items: Items, declared: Declared, released: Released, ends: Ends) -> bool:
    of_them = [(unit, part_of(unit, released)) for unit in {*items} or units(declared, released)]
    return all(part and part.runs_for_a_term and not has_run(unit, released, ends) for unit, part in of_them)


MATTER = Matter(commands=(use,), unfolded=(UseBlocked,))
