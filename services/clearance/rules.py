"""What begins clearance, what is to be paid, what may not come in and has to leave, and what a release waits for."""

from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

from clearance.parts import Clearance, Consignment, Own, Prohibition
from contracts.clearance import (
    ClearanceStarted,
    ImmediateExportDone,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    PaymentAssessed,
    ReadyForRelease,
)
from contracts.values import CheckpointCode, ConsignmentId, Form, GoodsItem, Instant, NineDigits, Payment, PaymentKind
from law import Finding, OpenPoint
from law.rulebook import loaded, prohibitions


def clearance_begins(consignment: ConsignmentId, form: Form) -> ClearanceStarted:
    """Art. 29(1)(1) [C3]: clearance begins with the declaration or the Art. 40 documents, or with words or other acts.

    The cases in which words or acts will do are in chapters outside the source: what was lodged is taken as it is.
    """
    return ClearanceStarted(consignment=consignment, trigger=form)


def goods_are_declared(form: Form, items: tuple[GoodsItem, ...]) -> bool:
    """Art. 29(1)(1) [C3]: words and other acts declare no more than they name; the Art. 40 documents declare nothing.

    Where nothing was declared clearance has begun all the same, and a declaration is still to come.
    """
    match form:
        case "declaration":
            return True
        case "oral" | "other_act":
            return bool(items)
        case "article_40_documents":
            return False
        case _:
            assert_never(form)


def proof_of_origin_is_shown(items: tuple[GoodsItem, ...]) -> Finding | None:
    """Art. 20(2) [L8]: goods declared without a proof of origin are noted, and that is no reason to refuse them.

    Whether a proof was due at all (Art. 19(1)) is not judged here.
    """
    codes = tuple(sorted({item.code for item in items if item.origin_proof == "none"}))
    return Finding(rule="L8", article="20(2)", facts=(("codes", codes),)) if codes else None


def payments_are_assessed(consignment: ConsignmentId, payments: tuple[Payment, ...]) -> PaymentAssessed:
    """Art. 5(1)(18) [C16]: customs payments are duties, taxes and fees, and an excise collected by customs is a tax."""
    duties, taxes, fees = of(payments, "duty"), of(payments, "tax", "excise"), of(payments, "fee")
    total = duties + taxes + fees
    return PaymentAssessed(consignment=consignment, duties=duties, taxes=taxes, fees=fees, total=total)


def of(payments: tuple[Payment, ...], *kinds: PaymentKind) -> Decimal:
    return sum((payment.amount for payment in payments if payment.kind in kinds), start=Decimal(0))


def payments_are_collected(own: Clearance) -> bool:
    """Art. 29(2) [L9]: what was computed has come in; this belongs to the end of clearance and holds no release."""
    return own.assessed is not None and sum((amount for _, amount in own.received), start=Decimal(0)) >= own.assessed


def prohibited_goods(codes: Iterable[NineDigits], occurred: Instant, recorded: Instant) -> tuple[Prohibition, ...]:
    """Art. 7(1) [L2]: goods are prohibited where an act forbids their import on the day on which they came in."""
    found: dict[str, Prohibition] = {}
    for code in sorted(set(codes)):
        for act in prohibitions(code, direction="in", occurred=occurred, recorded=recorded, acts=loaded()):
            before = found[act.id].codes if act.id in found else ()
            found[act.id] = Prohibition(act=act.id, citation=act.citation, layer=act.layer, codes=(*before, code))
    return tuple(found[act] for act in sorted(found))


def goods_have_to_leave(crossed: Instant | None, own: Clearance) -> bool:
    """Art. 7(1) [L2]: prohibited goods that are in the country are to be exported at once, by the carrier."""
    return bool(own.prohibitions) and crossed is not None


def all_is_in_hand(consignment: Consignment) -> bool:
    """Art. 5(1)(20) [L1]: goods that came in, were declared and were shown can be released, paid for or not.

    This tells the officer that a release can now be decided on, so it rests on the article that says what a release
    is; Art. 29(2) speaks of the end of clearance. It binds nobody: only a ground refuses a release.
    """
    known = consignment.own.accepted is not None and consignment.arrival.crossed is not None
    return known and consignment.presentation.shown and not consignment.own.prohibitions


def prohibitions_that_hold(id_: ConsignmentId, consignment: Consignment, recorded: Instant) -> list[Own]:
    """By the day of the first crossing on record or, before there is one, by that of the declaration.

    It does not wait for the crossing, which may be recorded late. What does not hold by the day of a crossing that is
    recorded later is withdrawn.
    """
    arrival, own = consignment.arrival, consignment.own
    when = arrival.crossed or own.accepted
    if when is None:
        return []
    held = {(each.act, code) for each in own.prohibitions for code in each.codes}
    holding = prohibited_goods((*arrival.codes, *own.codes), when, recorded)
    found: list[Own] = []
    for each in own.prohibitions:
        kept = {code for other in holding if other.act == each.act for code in other.codes}
        if gone := tuple(code for code in each.codes if code not in kept):
            found.append(ImportProhibitionWithdrawn(consignment=id_, codes=gone, act=each.act))
    for each in holding:
        if new := tuple(code for code in each.codes if (each.act, code) not in held):
            said = ImportProhibited(consignment=id_, codes=new, act=each.act, citation=each.citation, layer=each.layer)
            found.append(said)
    return found


def order_to_leave(id_: ConsignmentId, consignment: Consignment, _: Instant) -> list[Own]:
    leave = goods_have_to_leave(consignment.arrival.crossed, consignment.own)
    if leave == consignment.own.export_ordered:
        return []
    return [ImmediateExportOrdered(consignment=id_) if leave else ImmediateExportOrderWithdrawn(consignment=id_)]


def readiness(id_: ConsignmentId, consignment: Consignment, _: Instant) -> list[Own]:
    if consignment.own.ready or not all_is_in_hand(consignment):
        return []
    return [ReadyForRelease(consignment=id_, items=consignment.own.items)]


def export_is_done(id_: ConsignmentId, occurred: Instant, own: Clearance) -> list[Own]:
    """A fact, recorded also where the order for it comes to be known only later; of several the first counts."""
    if own.export_done and (own.exported is None or own.exported <= occurred):
        return []
    return [ImmediateExportDone(consignment=id_, exported=occurred)]


def still_to_leave(own: Clearance, place: CheckpointCode | None) -> tuple[OpenPoint, ...]:
    """What is asked of prohibited goods that are in the country: to leave and, after their term, only the officer's."""
    if not own.export_ordered or own.export_done:
        return ()
    if own.storage and own.storage.ended:
        return (OpenPoint(act="DisposalReferred", who="officer", article="7(1) para 2", place=place),)
    return (OpenPoint(act="RecordImmediateExport", who="carrier", article="7(1)", place=place),)
