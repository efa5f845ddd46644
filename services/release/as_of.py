"""What was so at an instant: by what had happened until then, whenever it was recorded.

What is on record without its time had happened before all that has one.
"""

from collections.abc import Iterator

from contracts.declarations import Declared
from contracts.statements import by_then
from contracts.values import Instant
from decider import replace
from release.goods import Released
from release.regime import Ends
from release.upstream import Clearance


def clearance_as_of(at: Instant, clearance: Clearance) -> Clearance:
    return replace(
        clearance,
        declared=declared_as_of(at, clearance.declared),
        measures=clearance.measures.as_of(at),
        approvals=clearance.approvals.as_of(at),
        payments=clearance.payments.as_of(at),
        export=clearance.export.as_of(at),
    )


def declared_as_of(at: Instant, declared: Declared) -> Declared:
    """The goods as they were declared then, and what an officer had decided that they are."""
    then, decided = declared.as_of(at), by_then(declared.decided, at)
    return Declared(versions=(replace(then, struck=False, withdrawn=None),) if then else (), decided=decided)


def released_as_of(at: Instant, released: Released) -> Released:
    return Released(parts=tuple(each for each in released.parts if each.fact.occurred <= at))


def ends_as_of(at: Instant, ends: Ends) -> Ends:
    return Ends(stated=by_then(ends.stated, at))


def instants(clearance: Clearance, released: Released, ends: Ends) -> list[Instant]:
    """When something happened by which a condition may have been met, in order, from the first release on."""
    began = min((each.fact.occurred for each in released.parts), default=None)
    found = {each for each in happened(clearance, released, ends) if each and began and each >= began}
    return sorted(found)


def happened(clearance: Clearance, released: Released, ends: Ends) -> Iterator[Instant | None]:
    yield from (each.fact.occurred for each in released.parts)
    yield from (each.at for each in ends.standing)
    yield from (each.at for each in clearance.declared.versions)
    yield from (each.at for each in clearance.declared.decided)
    yield from (each.at for each in clearance.payments.assessments)
    yield from (each.at for each in clearance.payments.received)
    yield from (each.at for each in clearance.approvals.words)
    yield from (each.at for each in clearance.export.stated)
