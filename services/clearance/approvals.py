"""The word of each body under whose control an act puts the goods (Art. 29(2) para 2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from clearance.measures import all_have_to_leave, that_may_come_in
from clearance.permits import concerns
from clearance.upstream import Arrival, Presentation
from contracts.approvals import Approvals, Said, body_said
from contracts.clearance import AgencyApprovalGranted, AgencyApprovalRefused
from contracts.declarations import Declared
from contracts.measures import Measures
from contracts.values import Agency, ConsignmentId, Word
from decider import Input, Matter, OpenPoint, opens
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class RecordApproval:
    """A body of state control approves of the goods, or refuses to (Art. 29(2) para 2)."""

    consignment: ConsignmentId
    agency: Agency
    granted: bool
    reference: Word


def decided(asked: Input[RecordApproval], approvals: Approvals) -> list[Said]:
    """A body's later word stands in the place of its earlier one, and either may come before it is asked."""
    said = asked.content
    for each in approvals.words:
        same = (each.agency, each.granted, each.reference) == (said.agency, said.granted, said.reference)
        if same and each.at >= asked.occurred:
            return []
    return [goods_are_approved(asked) if said.granted else refusal_holds_no_release(asked)]


@rule()
def goods_are_approved(asked: Input[RecordApproval]) -> AgencyApprovalGranted:
    """Art. 29(2) para 2 [C5]: what a body of state control approves is cleared to the end, as far as that body goes."""
    said = asked.content
    return AgencyApprovalGranted(
        consignment=said.consignment, agency=said.agency, reference=said.reference, decided=asked.occurred
    )


@rule()
def refusal_holds_no_release(asked: Input[RecordApproval]) -> AgencyApprovalRefused:
    """Art. 29(2) para 2 [L10]: a body that refuses holds up the end of clearance, and by itself no release."""
    said = asked.content
    return AgencyApprovalRefused(
        consignment=said.consignment, agency=said.agency, reference=said.reference, decided=asked.occurred
    )


@opens("RecordApproval", "AgencyApprovalRefused")
def still_to_be_approved(
    arrival: Arrival, declared: Declared, presentation: Presentation, measures: Measures, approvals: Approvals
) -> Iterator[OpenPoint]:
    """What becomes of a refusal is between the declarant and the body that refused; no command of ours closes it."""
    if not measures.controls or all_have_to_leave(arrival, declared, measures):
        return
    goods, place = that_may_come_in(arrival, declared, measures), presentation.checkpoint
    asked = {each.requires for each in measures.controls if concerns(each, each.codes, goods)}
    if asked - {each.agency for each in approvals.words}:
        yield OpenPoint(act="RecordApproval", who="agency", article="29(2) para 2", place=place)
    if asked & {each.agency for each in approvals.words if not each.granted}:
        yield OpenPoint(act="AgencyApprovalRefused", who="declarant", article="29(2) para 2", place=place)


MATTER = Matter(commands=(decided,), folds=(body_said,), open_points=(still_to_be_approved,))
