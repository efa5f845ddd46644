"""What `clearance` writes of amendments of a declaration that are taken back (Art. 31(1))."""

from typing import Literal

from contracts.event import Event, defined_in
from contracts.known import ToBeMatched
from contracts.stating import Stater
from contracts.values import ConsignmentId, Instant, Text, Word


class DeclarationAmendmentWithdrawn(ToBeMatched):
    """The declaration was not amended at `withdraws`, as is said at `withdrawn`: what it said before stands again.

    `only_requested`: it had been asked of customs, and is not any more.
    """

    type: Literal["DeclarationAmendmentWithdrawn"] = "DeclarationAmendmentWithdrawn"
    article: Word = "31(1)"
    rule: Word = "C3"
    consignment: ConsignmentId
    number: Word | None = None
    withdraws: Instant
    withdrawn: Instant
    only_requested: bool = False
    reason: Text | None = None
    stated_by: Stater | None = None


EVENTS: tuple[type[Event], ...] = defined_in(__name__)
