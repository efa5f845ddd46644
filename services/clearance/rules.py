"""What begins clearance, what is to be paid, who has to approve, what has to leave, and what a release waits for."""

from decimal import Decimal
from typing import assert_never

from clearance.measures import goods_of, may_come_in, touches
from clearance.parts import Approval, Arrival, Clearance, Consignment, Goods
from clearance.permits import unmet
from clearance.recorded import Own
from contracts.clearance import (
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    ClearanceStarted,
    ImmediateExportDone,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    PaymentAssessed,
    PaymentReceived,
    ReadyForRelease,
)
from contracts.replacing import replace
from contracts.values import (
    Amount,
    ConsignmentId,
    Exemption,
    Form,
    GoodsItem,
    Instant,
    Payment,
    PaymentKind,
    Word,
)
from law import Finding


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


def payment_has_come_in(id_: ConsignmentId, amount: Amount, reference: Word, own: Clearance) -> list[Own]:
    """The same sum under the same reference is the same payment; too much is taken, for no article refuses it."""
    if (reference, amount) in own.received:
        return []
    return [PaymentReceived(consignment=id_, amount=amount, reference=reference)]


def goods_are_approved(id_: ConsignmentId, word: Approval) -> AgencyApprovalGranted:
    """Art. 29(2) para 2 [C5]: what a body of state control approves is cleared to the end, as far as that body goes."""
    return AgencyApprovalGranted(consignment=id_, agency=word.agency, reference=word.reference, decided=word.at)


def refusal_holds_no_release(id_: ConsignmentId, word: Approval) -> AgencyApprovalRefused:
    """Art. 29(2) para 2 [L10]: a body that refuses holds up the end of clearance, and by itself no release."""
    return AgencyApprovalRefused(consignment=id_, agency=word.agency, reference=word.reference, decided=word.at)


def body_has_decided(id_: ConsignmentId, word: Approval, own: Clearance) -> list[Own]:
    """A body's later word stands in the place of its earlier one, and either may come before it is asked."""
    if any(replace(each, at=word.at) == word and each.at >= word.at for each in own.approvals):
        return []
    return [goods_are_approved(id_, word) if word.granted else refusal_holds_no_release(id_, word)]


def goods_have_to_leave(crossed: Instant | None, own: Clearance) -> bool:
    """Art. 7(1) [L2]: prohibited goods that are in the country are to be exported at once, by the carrier."""
    return bool(own.prohibitions) and crossed is not None


def costs_stay_where_they_arise(id_: ConsignmentId) -> ImmediateExportOrdered:
    """Art. 7(4) [L6]: what it costs to heed a prohibition is borne by those who have the cost, and never by customs."""
    return ImmediateExportOrdered(consignment=id_, cost_bearer="persons_concerned")


def order_to_leave(id_: ConsignmentId, consignment: Consignment, _: Instant) -> list[Own]:
    leave = goods_have_to_leave(consignment.arrival.crossed, consignment.own)
    if leave == consignment.own.export_ordered:
        return []
    return [costs_stay_where_they_arise(id_) if leave else ImmediateExportOrderWithdrawn(consignment=id_)]


def export_is_done(id_: ConsignmentId, occurred: Instant, own: Clearance) -> list[Own]:
    """A fact, recorded also where the order for it comes to be known only later; of several the first counts."""
    if own.export_done and (own.exported is None or own.exported <= occurred):
        return []
    return [ImmediateExportDone(consignment=id_, exported=occurred)]


def exemptions(arrival: Arrival) -> tuple[Exemption, ...]:
    """Those that no stop has undone; a consignment has one only where each of its vehicles has."""
    still = {movement: exemption for movement, exemption in arrival.exempt if movement not in arrival.lost}
    return tuple(sorted({*still.values()})) if {*arrival.movements} <= {*still} else ()


def arrival_need_not_be_shown(arrival: Arrival) -> bool:
    """Art. 37(3) [A7]: goods by pipeline or power line, or on a vehicle that does not stop, are shown nowhere."""
    return bool(exemptions(arrival))


def goods_are_in_the_country(arrival: Arrival) -> bool:
    """Art. 8(1) [F19]: whatever crosses is cleared, also what flows in and has no crossing to be recorded."""
    return arrival.crossed is not None or not {"pipeline", "power_line"}.isdisjoint(exemptions(arrival))


def all_is_in_hand(consignment: Consignment, goods: tuple[Goods, ...]) -> bool:
    """Art. 5(1)(20) [L1]: goods that came in, were declared and were shown can be released, paid for or not.

    This tells the officer that a release can now be decided on, so it rests on the article that says what a release
    is; Art. 29(2) speaks of the end of clearance. It binds nobody: only a ground refuses a release.
    """
    own, arrival = consignment.own, consignment.arrival
    known = own.accepted is not None and goods_are_in_the_country(arrival)
    shown = consignment.presentation.shown or arrival_need_not_be_shown(arrival)
    permitted = not any(
        touches(each, one) and one.code in unmet(each, own) for each in own.restrictions for one in goods
    )
    return known and shown and permitted and all(may_come_in(own, one) for one in goods)


def readiness(id_: ConsignmentId, consignment: Consignment, _: Instant) -> list[Own]:
    """Said once of each item, or of the whole where none were declared."""
    own = consignment.own
    if not own.items:
        ready = not own.ready_as_a_whole and all_is_in_hand(consignment, goods_of(consignment))
        return [ReadyForRelease(consignment=id_, items=())] if ready else []
    items = tuple(
        number
        for number, item in enumerate(own.items, start=1)
        if number not in own.ready and all_is_in_hand(consignment, (Goods(code=item.code, origin=item.origin),))
    )
    return [ReadyForRelease(consignment=id_, items=items)] if items else []
