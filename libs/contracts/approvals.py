"""What bodies of state control said of a consignment, folded from what `clearance` says."""

from dataclasses import dataclass
from typing import TypeAlias

from contracts.clearance import AgencyApprovalGranted, AgencyApprovalRefused
from contracts.values import Agency, Instant, Word
from decider import in_order

Said: TypeAlias = AgencyApprovalGranted | AgencyApprovalRefused


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A body's last word."""

    agency: Agency
    granted: bool
    reference: Word
    at: Instant


@dataclass(frozen=True, kw_only=True)
class Approvals:
    """Of each body its last word."""

    words: tuple[Approval, ...] = ()


def body_said(approvals: Approvals, event: Said) -> Approvals:
    """What happened last stands, whichever was recorded first."""
    granted = isinstance(event, AgencyApprovalGranted)
    word = Approval(agency=event.agency, granted=granted, reference=event.reference, at=event.decided)
    same = (each for each in approvals.words if each.agency == word.agency)
    last = max((word, *same), key=lambda each: (each.at, repr(each)))
    return Approvals(words=in_order((*(each for each in approvals.words if each.agency != word.agency), last)))
