"""Goods that may not come in have to leave at once (Art. 7(1), 7(4))."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from clearance.upstream import Arrival
from contracts.clearance import ImmediateExportDone, ImmediateExportOrdered, ImmediateExportOrderWithdrawn
from contracts.measures import Measures
from contracts.values import ConsignmentId, Instant
from decider import Input, Matter, changed, replace
from law.rule import Fact, rule

Said: TypeAlias = ImmediateExportOrdered | ImmediateExportOrderWithdrawn | ImmediateExportDone


@dataclass(frozen=True, kw_only=True)
class RecordImmediateExport:
    """The carrier has taken prohibited goods out again, or not, which is the officer's word (Art. 7(1))."""

    consignment: ConsignmentId
    done: bool = True


@dataclass(frozen=True, kw_only=True)
class Export:
    """Whether they have to leave, and whether and when they did."""

    ordered: bool = False
    done: bool = False
    left: Instant | None = None


def export_is_done(asked: Input[RecordImmediateExport], export: Export) -> list[ImmediateExportDone]:
    """A fact, recorded also where the order for it comes to be known only later; of several the first counts.

    That they did not leave is no export: what becomes of them then is in `storage`.
    """
    if not asked.content.done or (export.done and (export.left is None or export.left <= asked.occurred)):
        return []
    return [ImmediateExportDone(consignment=asked.content.consignment, exported=asked.occurred)]


@rule()
def goods_have_to_leave(_: Fact, measures: Measures) -> bool:
    """Art. 7(1) [L2]: prohibited goods that are in the country are to be exported at once, by the carrier."""
    return bool(measures.prohibitions)


@rule()
def costs_stay_where_they_arise(id_: ConsignmentId) -> ImmediateExportOrdered:
    """Art. 7(4) [L6]: what it costs to heed a prohibition is borne by those who have the cost, and never by customs."""
    return ImmediateExportOrdered(consignment=id_, cost_bearer="persons_concerned")


def order_to_leave(
    asked: Input[object], arrival: Arrival, measures: Measures, export: Export
) -> list[ImmediateExportOrdered | ImmediateExportOrderWithdrawn]:
    crossed = arrival.fact if arrival.crossed else None
    return changed(
        crossed is not None and goods_have_to_leave(crossed, measures),
        export.ordered,
        begins=lambda: costs_stay_where_they_arise(asked.id),
        ends=lambda: ImmediateExportOrderWithdrawn(consignment=asked.id),
    )


def left_by(until: Instant, export: Export) -> bool:
    """The last instant is in time; where it is not stated when the goods left, they left in time."""
    return export.done and (export.left is None or export.left <= until)


def recorded(export: Export, event: Said) -> Export:
    match event:
        case ImmediateExportOrdered():
            return replace(export, ordered=True)
        case ImmediateExportOrderWithdrawn():
            return replace(export, ordered=False)
        case ImmediateExportDone(exported=left):
            return replace(export, done=True, left=left)
        case _:
            assert_never(event)


MATTER = Matter(commands=(export_is_done,), folds=(recorded,), follows=(order_to_leave,))
