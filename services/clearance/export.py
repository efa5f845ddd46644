"""Goods that may not come in have to leave at once (Art. 7(1), 7(4))."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, assert_never

from clearance.goods import here_since, parts_of
from clearance.measures import touches
from clearance.upstream import Arrival
from contracts.clearance import (
    ImmediateExportCorrected,
    ImmediateExportDone,
    ImmediateExportNotDone,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    ImmediateExportWithdrawn,
    NotExported,
)
from contracts.declarations import Declared
from contracts.exports import Again, Exports, Leaving, leaving_was_stated
from contracts.fates import Fates
from contracts.measures import Measures
from contracts.names import OfConsignment
from contracts.statements import put_right_by, standing, taken_back_by
from contracts.stating import Amendable, StatementDiffers, corrected, stated, stater, withdrawn
from contracts.values import ConsignmentId, GoodsCode, Instant, MovementId, Text
from decider import Input, Matter, Stream, each_changed, replace
from law.calendar import LATEST
from law.rule import Fact, rule

Said: TypeAlias = ImmediateExportOrdered | ImmediateExportOrderWithdrawn


@dataclass(frozen=True, kw_only=True)
class RecordImmediateExport(OfConsignment):
    """The officer finds that prohibited goods left again, or that it was impossible or not done (Art. 7(1))."""

    done: bool = True
    why: NotExported | None = None

    def __post_init__(self) -> None:
        only_what_did_not_leave_has_a_reason(done=self.done, why=self.why)


@dataclass(frozen=True, kw_only=True)
class CorrectImmediateExport(OfConsignment):
    """What was stated of the goods' leaving was wrong; `exported`, where its time was, too (Art. 7(1))."""

    corrects: Instant
    done: bool = True
    why: NotExported | None = None
    exported: Instant | None = None
    reason: Text | None = None

    def __post_init__(self) -> None:
        only_what_did_not_leave_has_a_reason(done=self.done, why=self.why)


@dataclass(frozen=True, kw_only=True)
class WithdrawImmediateExport(OfConsignment):
    """What was stated of the goods' leaving never was: neither that they left then, nor that they did not."""

    withdraws: Instant
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Export:
    """Whether they have to leave, all or those that came with some vehicles only, and what was stated of it."""

    ordered: bool = False
    movements: tuple[MovementId, ...] = ()
    exports: Exports = Exports()

    @property
    def done(self) -> bool:
        return self.exports.done

    @property
    def left(self) -> Instant | None:
        return self.exports.left


EXPORT = Amendable(
    article="7(1)",
    rule="L2",
    states=RecordImmediateExport,
    amends=(CorrectImmediateExport, WithdrawImmediateExport),
)


def export_is_stated(
    asked: Input[RecordImmediateExport], exports: Exports
) -> list[ImmediateExportDone | ImmediateExportNotDone | StatementDiffers]:
    """A fact, recorded also where the order for it comes to be known only later; of another time it is another one.

    Of several the first counts, but for goods that have to leave after others did.

    That they did not leave is no export, and begins no term: they are to be placed in storage, which is in `placement`.
    """
    said = Leaving(done=asked.content.done, why=why(asked.content), at=asked.occurred, known=asked.recorded)
    for_then = next((each for each in standing(exports.stated) if each.at == said.at), None)
    undated = (each for each in standing(exports.stated) if each.at is None and each.done == said.done)
    return stated(asked, said, for_then or next(undated, None), EXPORT, lambda: is_stated(asked))


def is_stated(asked: Input[RecordImmediateExport]) -> ImmediateExportDone | ImmediateExportNotDone:
    id_, by = asked.content.consignment, stater(asked.subject)
    if asked.content.done:
        return ImmediateExportDone(consignment=id_, exported=asked.occurred, stated_by=by)
    return ImmediateExportNotDone(
        consignment=id_, why=why(asked.content) or "not_done", stated=asked.occurred, stated_by=by
    )


def only_what_did_not_leave_has_a_reason(*, done: bool, why: NotExported | None) -> None:
    if done and why is not None:
        raise ValueError("`why` says why the goods did not leave: leave it out, or state `done` as false")


def why(said: RecordImmediateExport | CorrectImmediateExport) -> NotExported | None:
    """Of goods that did not leave; where nobody says that they could not, they did not."""
    return None if said.done else said.why or "not_done"


def put_right(
    asked: Input[CorrectImmediateExport], exports: Exports
) -> list[ImmediateExportCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.exported or asked.content.corrects
    right = Leaving(done=said.done, why=why(said), at=at, known=asked.recorded)
    event = ImmediateExportCorrected(
        consignment=said.consignment,
        done=said.done,
        why=right.why,
        exported=at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    stands = put_right_by(exports.stated, right, said.corrects)
    return corrected(asked, right, stands, said.corrects, EXPORT, lambda: event)


def taken_back(
    asked: Input[WithdrawImmediateExport], exports: Exports
) -> list[ImmediateExportWithdrawn | StatementDiffers]:
    said = asked.content
    event = ImmediateExportWithdrawn(consignment=said.consignment, withdraws=said.withdraws, reason=said.reason)
    stands = taken_back_by(exports.stated, said.withdraws)
    return withdrawn(asked, stands, said.withdraws, EXPORT, lambda: event)


@rule()
def goods_have_to_leave(_: Fact, measures: Measures, fates: Fates) -> bool:
    """Art. 7(1) [L2]: prohibited goods that are in the country are to be exported at once, by the carrier.

    But for those of which an act provides another fate.
    """
    prohibited = {code for each in measures.prohibitions for code in each.codes}
    return bool(prohibited - {each.code for each in fates.apply})


@rule()
def costs_stay_where_they_arise(
    id_: ConsignmentId, movements: tuple[MovementId, ...], again: Again | None = None
) -> ImmediateExportOrdered:
    """Art. 7(4) [L6]: customs compensates nobody for what a prohibition costs him, be he an Art. 9 person."""
    return ImmediateExportOrdered(
        consignment=id_,
        cost_bearers=("article_9_persons", "declarants", "carriers", "other_persons"),
        movements=movements or None,
        after=again.after if again else None,
        since=again.since if again else None,
        codes=(again.codes or None) if again else None,
    )


def that_brought_them(measures: Measures) -> tuple[MovementId, ...]:
    """The vehicles with which prohibited goods came, where with others came such as may come in; () where with all."""
    named = {each.movement for each in measures.prohibitions}
    return () if None in named else tuple(sorted(each for each in named if each))


def order_to_leave(
    asked: Stream, arrival: Arrival, declared: Declared, measures: Measures, fates: Fates, export: Export
) -> list[Said]:
    """Of several vehicles, of which not each has brought such goods, it is for those that have.

    Goods that come to be prohibited when others have left have an order of their own. Where more of them come, that is
    told anew and not taken back before: whoever hears the two one by one would see nothing left to leave.
    """
    crossed = arrival.fact if arrival.crossed else None
    leave = crossed is not None and goods_have_to_leave(crossed, measures, fates)
    if not (leave or export.ordered or export.exports.again):
        return []
    again = after_others_left(arrival, declared, measures, fates, export.exports.gone) if leave else []
    first: list[Said] = each_changed(
        [that_brought_them(measures)] if leave else [],
        [export.movements] if export.ordered else [],
        begins=lambda by: costs_stay_where_they_arise(asked.id, by),
        ends=lambda by: ImmediateExportOrderWithdrawn(consignment=asked.id, movements=by or None),
    )
    stay = {each.after for each in again}
    others: list[Said] = each_changed(
        again,
        [each for each in export.exports.again if each in again or each.after not in stay],
        begins=lambda one: costs_stay_where_they_arise(asked.id, one.movements, one),
        ends=lambda one: ImmediateExportOrderWithdrawn(
            consignment=asked.id, movements=one.movements or None, after=one.after
        ),
    )
    return [*first, *others]


def after_others_left(
    arrival: Arrival, declared: Declared, measures: Measures, fates: Fates, gone: Sequence[Instant]
) -> list[Again]:
    """Of each export those that came to be prohibited after it, and before the next one."""
    barred = [*came_to_be_prohibited(arrival, declared, measures, fates)] if gone else []
    found = list[Again]()
    for after, until in pairwise((*gone, LATEST)):
        later = [each for each in barred if after < each[0] <= until]
        if later:
            before = {code for at, code, _ in barred if at <= after}
            found.append(
                Again(
                    after=after,
                    since=min(at for at, _, _ in later),
                    codes=tuple(sorted({code for _, code, _ in later} - before)),
                    movements=tuple(sorted({movement for _, _, movement in later if movement})),
                )
            )
    return found


def came_to_be_prohibited(
    arrival: Arrival, declared: Declared, measures: Measures, fates: Fates
) -> Iterator[tuple[Instant, GoodsCode, MovementId | None]]:
    """When it was that goods came in, and were named as such, by papers or later; but for those of another fate."""
    provided = {each.code for each in fates.apply}
    for part in parts_of(arrival, declared):
        barred = [each for each in measures.prohibitions if each.movement in (None, part.movement)]
        for goods in part.goods:
            if goods.code not in provided and any(touches(each, goods) for each in barred):
                yield here_since(goods, part, arrival), goods.code, part.movement


def left_by(until: Instant, codes: tuple[GoodsCode, ...], measures: Measures, export: Export) -> bool:
    """The last instant is in time; where it is not stated when the goods left, they left in time."""
    left = that_left(codes, measures, export)
    return left is not None and (left.at is None or left.at <= until)


def that_left(codes: tuple[GoodsCode, ...], measures: Measures, export: Export) -> Leaving | None:
    """Goods of these codes or, without any, all that may not come in."""
    every = {code for each in measures.prohibitions for code in each.codes}
    return export.exports.left_of(codes or tuple(sorted(every)))


def recorded(export: Export, event: Said) -> Export:
    if event.after is not None:
        return export
    match event:
        case ImmediateExportOrdered(movements=by):
            return replace(export, ordered=True, movements=by or ())
        case ImmediateExportOrderWithdrawn():
            return replace(export, ordered=False, movements=())
        case _:
            assert_never(event)


MATTER = Matter(
    commands=(export_is_stated, put_right, taken_back),
    folds=(recorded, leaving_was_stated),
    follows=(order_to_leave,),
)
