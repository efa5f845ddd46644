"""What is needed next of goods in clearance, and of whom: each duty has its own obliged person."""

from collections.abc import Iterator

from clearance.measures import goods_of, may_come_in, touches
from clearance.parts import Clearance, Consignment, Goods
from clearance.permits import unmet
from clearance.rules import goods_are_in_the_country, payments_are_collected
from clearance.stored import less
from contracts.measures import Measure
from law import OpenPoint


def open_points(consignment: Consignment) -> tuple[OpenPoint, ...]:
    """Goods that may not come in have to leave; of the others of the same consignment everything else is asked."""
    own = consignment.own
    others = tuple(each for each in goods_of(consignment) if may_come_in(own, each))
    asked = [*leaving(own)]
    if others or not own.prohibitions:
        asked += [*declaring(consignment), *permitting(own, others), *approving(own, others), *paying(own)]
    place = consignment.presentation.checkpoint
    return tuple(OpenPoint(act=act, who=who, article=article, place=place) for act, who, article in asked)


Asked = Iterator[tuple[str, str, str]]


def leaving(own: Clearance) -> Asked:
    """To leave is the carrier's and, after their term, to dispose of goods only the officer's."""
    if not own.export_ordered or own.export_done:
        return
    if own.ended:
        yield "DisposalReferred", "officer", "7(1) para 2"
    if not own.terms or less(own.terms, own.ended):
        yield "RecordImmediateExport", "carrier", "7(1)"


def declaring(consignment: Consignment) -> Asked:
    if goods_are_in_the_country(consignment.arrival) and consignment.own.accepted is None:
        yield "LodgeDeclaration", "declarant", "9"


def permitting(own: Clearance, goods: tuple[Goods, ...]) -> Asked:
    """A permit is the declarant's to bring; one that was referred waits for the officer."""
    needed = {each.requires for each in own.restrictions if concerns(each, unmet(each, own), goods)}
    waiting = {each.kind for each in own.referrals}
    if needed - waiting:
        yield "PresentPermit", "declarant", "7(1) para 3"
    if needed & waiting:
        yield "DecideOnPermit", "officer", "7(5)"


def approving(own: Clearance, goods: tuple[Goods, ...]) -> Asked:
    """What becomes of a refusal is between the declarant and the body that refused; no command of ours closes it."""
    asked = {each.requires for each in own.controls if concerns(each, each.codes, goods)}
    if asked - {each.agency for each in own.approvals}:
        yield "RecordApproval", "agency", "29(2) para 2"
    if asked & {each.agency for each in own.approvals if not each.granted}:
        yield "AgencyApprovalRefused", "declarant", "29(2) para 2"


def concerns(measure: Measure, codes: tuple[str, ...], goods: tuple[Goods, ...]) -> bool:
    return any(each.code in codes and touches(measure, each) for each in goods)


def paying(own: Clearance) -> Asked:
    if own.assessed is not None and not payments_are_collected(own):
        yield "RecordPayment", "declarant", "29(2)"
