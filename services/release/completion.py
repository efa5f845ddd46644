"""When customs is done with goods (Art. 29(2))."""

from dataclasses import dataclass
from typing import TypeAlias

from contracts.payments import Payments
from contracts.release import ClearanceCompleted, ClearanceCompletionWithdrawn
from decider import Input, Matter, changed
from law.naming import plain
from law.rule import Fact, rule
from release.goods import Items, Released, Unit, part_of, touched, units
from release.regime import Ends, has_run
from release.upstream import Clearance

Said: TypeAlias = ClearanceCompleted | ClearanceCompletionWithdrawn


@dataclass(frozen=True, kw_only=True)
class Completion:
    """Whether it stands on record that clearance has come to its end."""

    recorded: bool = False


def completion(
    asked: Input[object],
    clearance: Clearance,
    released: Released,
    ends: Ends,
    on_record: Completion,
) -> list[Said]:
    complete = clearance_is_complete((), clearance, released, ends)
    return changed(
        complete,
        on_record.recorded,
        begins=lambda: ClearanceCompleted(consignment=asked.id),
        ends=lambda: ClearanceCompletionWithdrawn(consignment=asked.id),
    )


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
    return Completion(recorded=isinstance(event, ClearanceCompleted))


MATTER = Matter(folds=(recorded,), follows=(completion,))
