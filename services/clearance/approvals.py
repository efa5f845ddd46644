"""The word of each body under whose control an act puts the goods (Art. 29(2) para 2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from clearance.goods import since_when
from clearance.measures import all_have_to_leave, that_may_come_in
from clearance.requirements import concerns
from clearance.upstream import Arrival, Presentation, goods_come_off_here
from contracts.approvals import Approval, Approvals, body_said
from contracts.clearance import (
    AgencyApprovalCorrected,
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalWithdrawn,
)
from contracts.declarations import Declared
from contracts.measures import Measures
from contracts.names import OfConsignment
from contracts.stating import Amendable, StatementDiffers, corrected, stated, stater, withdrawn
from contracts.values import Agency, Instant, Text, Word
from decider import Input, Matter, OpenPoint, opens
from law.naming import plain
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class RecordApproval(OfConsignment):
    """A body of state control approves of the goods, or refuses to (Art. 29(2) para 2)."""

    agency: Agency
    granted: bool
    reference: Word


@dataclass(frozen=True, kw_only=True)
class CorrectApproval(OfConsignment):
    """What was stated of a body's word, under its reference, was wrong; `decided`, where it said it at another time."""

    agency: Agency
    reference: Word
    corrects: Instant
    granted: bool
    decided: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawApproval(OfConsignment):
    """The body said nothing under this reference."""

    agency: Agency
    reference: Word
    withdraws: Instant
    reason: Text | None = None


APPROVAL = Amendable(
    article="29(2) para 2", rule="C5", states=RecordApproval, amends=(CorrectApproval, WithdrawApproval)
)


def decided(
    asked: Input[RecordApproval], approvals: Approvals
) -> list[AgencyApprovalGranted | AgencyApprovalRefused | StatementDiffers]:
    """A body's later word, under another reference, stands in the place of its earlier one.

    Any of them may come before it is asked.
    """
    said = asked.content
    word = Approval(agency=said.agency, granted=said.granted, reference=said.reference, at=asked.occurred)
    says = goods_are_approved if said.granted else refusal_holds_no_release
    return stated(asked, word, approvals.under(said.agency, said.reference), APPROVAL, lambda: says(asked))


@rule()
def goods_are_approved(asked: Input[RecordApproval]) -> AgencyApprovalGranted:
    """Art. 29(2) para 2 [C5]: what a body of state control approves is cleared to the end, as far as that body goes."""
    said = asked.content
    return AgencyApprovalGranted(
        consignment=said.consignment, agency=said.agency, reference=said.reference, decided=asked.occurred,
        stated_by=stater(asked.subject),
    )  # fmt: skip


@rule()
def refusal_holds_no_release(asked: Input[RecordApproval]) -> AgencyApprovalRefused:
    """Art. 29(2) para 2 [L10]: a body that refuses holds up the end of clearance, and by itself no release."""
    said = asked.content
    return AgencyApprovalRefused(
        consignment=said.consignment, agency=said.agency, reference=said.reference, decided=asked.occurred,
        stated_by=stater(asked.subject),
    )  # fmt: skip


def put_right(asked: Input[CorrectApproval], approvals: Approvals) -> list[AgencyApprovalCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.decided or asked.content.corrects
    word = Approval(agency=said.agency, granted=said.granted, reference=said.reference, at=at)
    event = AgencyApprovalCorrected(
        consignment=said.consignment,
        agency=said.agency,
        granted=said.granted,
        reference=said.reference,
        decided=at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    stands = approvals.under(said.agency, said.reference)
    return corrected(asked, word, stands, said.corrects, APPROVAL, lambda: event)


def taken_back(
    asked: Input[WithdrawApproval], approvals: Approvals
) -> list[AgencyApprovalWithdrawn | StatementDiffers]:
    said = asked.content
    event = AgencyApprovalWithdrawn(
        consignment=said.consignment,
        agency=said.agency,
        reference=said.reference,
        withdraws=said.withdraws,
        reason=said.reason,
    )
    stands = approvals.under(said.agency, said.reference)
    return withdrawn(asked, stands, said.withdraws, APPROVAL, lambda: event)


@opens("RecordApproval")
def still_to_be_approved(
    arrival: Arrival, declared: Declared, presentation: Presentation, measures: Measures, approvals: Approvals
) -> Iterator[OpenPoint]:
    """A refusal is a word, too; what it means for the goods is in `refusals`.

    Of goods whose clearance nobody has to begin no body has to approve.
    """
    if declared.stands is None and not goods_come_off_here(arrival, presentation):
        return
    said = approvals.saying(granted=True) | approvals.saying(granted=False)
    if asked_of(arrival, declared, measures) - said:
        since, place = since_when(arrival, declared.fact), presentation.checkpoint
        yield OpenPoint(act="RecordApproval", who="agency", article="29(2) para 2", place=place, since=since)


def asked_of(arrival: Arrival, declared: Declared, measures: Measures) -> set[str]:
    """The bodies whose approval is wanted, each by its plain name: none of goods that have to leave."""
    if not measures.controls or all_have_to_leave(arrival, declared, measures):
        return set()
    goods = that_may_come_in(arrival, declared, measures)
    return {plain(each.requires or "") for each in measures.controls if concerns(each, each.codes, goods)}


MATTER = Matter(commands=(decided, put_right, taken_back), folds=(body_said,), open_points=(still_to_be_approved,))
