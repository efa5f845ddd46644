"""What bodies of state control said of a consignment, folded from what `clearance` says."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.clearance import (
    AgencyApprovalCorrected,
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalWithdrawn,
)
from contracts.spelling import alike, folded
from contracts.statements import by_then
from contracts.stating import Stater
from contracts.values import Agency, Instant, Word
from decider import in_order, replace
from law.naming import plain, same_name

Said: TypeAlias = AgencyApprovalGranted | AgencyApprovalRefused | AgencyApprovalCorrected | AgencyApprovalWithdrawn


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A body's word, under its reference: that it approves, or that it refuses to."""

    agency: Agency
    granted: bool
    reference: Word
    at: Instant
    by: Stater | None = None
    struck: bool = False

    @property
    def spelt(self) -> "Approval":
        """As it is compared, however body and reference are spelt."""
        return replace(self, agency=plain(self.agency), reference=folded(self.reference))


@dataclass(frozen=True, kw_only=True)
class Approvals:
    """All that the bodies said."""

    words: tuple[Approval, ...] = ()

    @property
    def last(self) -> tuple[Approval, ...]:
        """Of each body its last word: what happened last stands, whichever was recorded first."""
        found: dict[str, Approval] = {}
        for each in sorted(self.words, key=lambda each: (each.at, each.reference)):
            if not each.struck:
                found[plain(each.agency)] = each
        return tuple(found.values())

    def as_of(self, instant: Instant) -> "Approvals":
        """What they had said by then."""
        return Approvals(words=by_then(self.words, instant))

    def saying(self, *, granted: bool) -> frozenset[str]:
        """The bodies whose last word this is, each by its plain name: acts and bodies write it in their ways."""
        return frozenset(plain(each.agency) for each in self.last if each.granted == granted)

    def under(self, agency: Agency, reference: Word) -> Approval | None:
        of_it = (each for each in self.words if same_name(each.agency, agency))
        return next((each for each in of_it if alike(each.reference, reference)), None)


def body_said(approvals: Approvals, event: Said) -> Approvals:
    stood = approvals.under(event.agency, event.reference)
    others = tuple(each for each in approvals.words if each is not stood)
    match event:
        case AgencyApprovalGranted() | AgencyApprovalRefused():
            return Approvals(words=in_order((*others, word_of(event, isinstance(event, AgencyApprovalGranted)))))
        case AgencyApprovalCorrected(granted=granted):
            return Approvals(words=in_order((*others, word_of(event, granted))))
        case AgencyApprovalWithdrawn():
            return Approvals(words=in_order((*others, replace(stood, struck=True)))) if stood else approvals
        case _:
            assert_never(event)


def word_of(event: AgencyApprovalGranted | AgencyApprovalRefused | AgencyApprovalCorrected, granted: bool) -> Approval:
    return Approval(
        agency=event.agency, granted=granted, reference=event.reference, at=event.decided, by=event.stated_by
    )
