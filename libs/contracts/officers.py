"""What officers decide in clearance where the Code leaves the consequence to them: disposal, and refused approvals."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.event import Event, defined_in
from contracts.known import ToBeMatched
from contracts.stating import Stater
from contracts.values import Agency, ConsignmentId, GoodsCode, Instant, NineDigits, Text, Word

Codes: TypeAlias = Annotated[tuple[NineDigits, ...], Field(max_length=999)]


class DisposalDecided(ToBeMatched):
    """The officer decided what becomes of prohibited goods after their term of storage, and under which `provision`.

    All that were referred by then, or those of these `codes`. The chapter on disposal is not in the source.
    """

    type: Literal["DisposalDecided"] = "DisposalDecided"
    article: Word = "7(1) para 2"
    rule: Word = "L4"
    consignment: ConsignmentId
    codes: tuple[GoodsCode, ...] | None = None
    disposal: Text
    provision: Text
    decided: Instant
    stated_by: Stater | None = None


class RefusedApprovalDecided(ToBeMatched):
    """The officer decided what a body's refusal, under its reference, means for the goods.

    Clearance is not complete by that: it ends only after the body's approval, and no release waits for one.
    """

    type: Literal["RefusedApprovalDecided"] = "RefusedApprovalDecided"
    article: Word = "29(2) para 2"
    rule: Word = "L10"
    consignment: ConsignmentId
    agency: Agency
    reference: Word
    consequence: Text
    provision: Text | None = None
    decided: Instant
    stated_by: Stater | None = None


EVENTS: tuple[type[Event], ...] = defined_in(__name__)
