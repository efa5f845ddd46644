"""Using goods, disposing of them and moving them (Arts 5(1)(20), 36)."""

from dataclasses import dataclass

from contracts.declarations import Declared
from contracts.names import OfConsignment
from contracts.release import UseAllowed, UseBlocked
from contracts.stating import stater
from contracts.values import ItemNumbers, Text, Use
from decider import Input, Matter
from law import Ground
from law.rule import Fact, rule
from release.as_of import declared_as_of, ends_as_of, released_as_of
from release.completion import completed
from release.goods import Items, Part, Released, Unit, named, part_of, units
from release.regime import Ends, regime_has_run
from release.upstream import Clearance


@dataclass(frozen=True, kw_only=True)
class ReportUse(OfConsignment):
    """The holder, or an officer, states that goods are to be used, disposed of or moved (Art. 36).

    `under_the_regime`: as the regime for a term, under which they were released, itself allows. By a `provision` an
    officer excuses a use that is barred.
    """

    items: ItemNumbers = ()
    use: Use
    under_the_regime: bool = False
    provision: Text | None = None


def use(asked: Input[ReportUse], clearance: Clearance, released: Released, ends: Ends) -> list[UseBlocked | UseAllowed]:
    """By what had happened when the goods were to be used, and not by what was recorded last."""
    said = asked.content
    done = completed(said.items, clearance, released, ends)
    complete = done is not None and done <= asked.occurred
    permitted = all_permitted(asked, clearance.declared, released, ends)
    against = use_before_completion(asked, said.use, said.items, complete, permitted)
    if against is None:
        return []
    if said.provision and asked.subject.role == "officer":
        return [use_is_excused(asked, said.provision)]
    return [
        UseBlocked(
            consignment=said.consignment, items=said.items, use=said.use, reported=asked.occurred, grounds=(against,)
        )
    ]


@rule()
def use_before_completion(_: Fact, use: Use, items: Items, complete: bool, permitted: bool) -> Ground | None:
    """Art. 36 [F18]: goods are used and disposed of once released, or cleared to the end, and moved at any time.

    The article bars nothing where the Code provides for it, and that is what a release does, paid for and approved of
    or not. After the end of clearance it bars nothing at all.
    """
    if use == "movement" or complete or permitted:
        return None
    return Ground(rule="F18", article="36", layer="code", facts=(*named(items), ("use", use)))


def use_is_excused(asked: Input[ReportUse], provision: Text) -> UseAllowed:
    """Where the Code or a treaty (Art. 3(2)) provides for a use before the end of clearance is an officer's to say."""
    said = asked.content
    return UseAllowed(
        consignment=said.consignment,
        items=said.items,
        use=said.use,
        reported=asked.occurred,
        provision=provision,
        stated_by=stater(asked.subject),
    )


def all_permitted(asked: Input[ReportUse], declared: Declared, released: Released, ends: Ends) -> bool:
    """Each of the goods, by the part in which it had been released by then."""
    at, said = asked.occurred, asked.content
    then, stated = released_as_of(at, released), ends_as_of(at, ends)
    of_them = [(unit, part_of(unit, then)) for unit in {*said.items} or units(declared_as_of(at, declared), then)]
    return all(
        part is not None and release_permits(part.fact, part, unit, stated, said.under_the_regime)
        for unit, part in of_them
    )


@rule()
def release_permits(_: Fact, part: Part, unit: Unit, ends: Ends, as_it_allows: bool) -> bool:
    """Art. 5(1)(20) [F6]: a release is the permission to use and dispose of the goods as their regime allows.

    Of a regime for a term it is the user's word that it allows a use, and it does so only while it runs.
    """
    return not part.runs_for_a_term or (as_it_allows and not regime_has_run(part.fact, part, unit, ends))


MATTER = Matter(commands=(use,), unfolded=(UseBlocked, UseAllowed))
