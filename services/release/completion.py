"""When customs is done with goods (Art. 29(2))."""

from dataclasses import dataclass
from typing import TypeAlias

from contracts.payments import Payments
from contracts.release import ClearanceCompleted, ClearanceCompletionWithdrawn
from contracts.values import Instant
from decider import Matter, Stream, each_changed
from law.naming import plain
from law.rule import Fact, rule
from release.as_of import clearance_as_of, ends_as_of, instants, released_as_of
from release.goods import Items, Released, Unit, part_of, touched, units
from release.regime import Ends, has_run
from release.upstream import Clearance

Said: TypeAlias = ClearanceCompleted | ClearanceCompletionWithdrawn


@dataclass(frozen=True, kw_only=True)
class Completion:
    """Since when it stands on record that clearance has come to its end."""

    completed: Instant | None = None


def completion(
    asked: Stream,
    clearance: Clearance,
    released: Released,
    ends: Ends,
    on_record: Completion,
) -> list[Said]:
    """Once reached it stands: what happens afterwards, to a payment or an approval, undoes nothing.

    A fact from before it that is recorded late may show that it was reached at another time, or was not.
    """
    at = completed((), clearance, released, ends)
    return each_changed(
        [at] if at else [],
        [on_record.completed] if on_record.completed else [],
        begins=lambda at: ClearanceCompleted(occurred=at, consignment=asked.id, completed=at),
        ends=lambda at: ClearanceCompletionWithdrawn(consignment=asked.id, withdraws=at),
    )


def completed(items: Items, clearance: Clearance, released: Released, ends: Ends) -> Instant | None:
    """The first instant at which all conditions were met by what had happened until then; of these items, or of all."""
    then = instants(clearance, released, ends) if released.parts else []
    return next((at for at in then if was_complete(at, items, clearance, released, ends)), None)


def was_complete(at: Instant, items: Items, clearance: Clearance, released: Released, ends: Ends) -> bool:
    known = clearance_as_of(at, clearance)
    return clearance_is_complete(items, known, released_as_of(at, released), ends_as_of(at, ends))


def clearance_is_complete(items: Items, clearance: Clearance, released: Released, ends: Ends) -> bool:
    """By the law under which the goods were released last; before any release nothing is."""
    last = max((part.fact for part in released.parts), default=None)
    return last is not None and conditions_are_met(last, items, clearance, released, ends)


@rule()
def conditions_are_met(
    fact: Fact,
    items: Items,
    clearance: Clearance,
    released: Released,
    ends: Ends,
) -> bool:
    """Art. 29(2) [C4]: clearance ends once goods are placed, their regime has run, and all is paid and approved.

    The conditions may be met in any order; of some items it may have ended while that of others still goes on.
    """
    of = {*items} or units(clearance.declared, released)
    return (
        all(goods_are_placed(fact, unit, clearance, released) for unit in of)
        and all(has_run(unit, released, ends) for unit in of)
        and payments_are_collected(fact, clearance.payments)
        and approvals_are_given(fact, items, clearance)
    )


@rule(otherwise=True)
def goods_are_placed(_: Fact, unit: Unit, clearance: Clearance, released: Released) -> bool:
    """Art. 29(2) [C4]: each item is placed under a regime by its release, unless it may not come in and has left."""
    if part_of(unit, released):
        return True
    of_it = (unit,) if unit is not None else ()
    may_not_come_in = any(touched(each, of_it, clearance.declared) for each in clearance.measures.prohibitions)
    return clearance.export.done and may_not_come_in


@rule(otherwise=True)
def payments_are_collected(_: Fact, payments: Payments) -> bool:
    """Art. 29(2) [L9]: payments are computed and collected before clearance ends; a release does not wait for them."""
    return payments.are_collected


@rule(otherwise=True)
def approvals_are_given(_: Fact, items: Items, clearance: Clearance) -> bool:
    """Art. 29(2) para 2 [C5]: goods under state control are cleared to the end once each body has approved of them."""
    controls = clearance.measures.controls
    asked = {plain(each.requires or "") for each in controls if touched(each, items, clearance.declared)}
    return asked <= clearance.approvals.saying(granted=True)


def recorded(_: Completion, event: Said) -> Completion:
    return Completion(completed=event.completed if isinstance(event, ClearanceCompleted) else None)


MATTER = Matter(folds=(recorded,), follows=(completion,))
