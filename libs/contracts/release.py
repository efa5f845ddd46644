"""What `release` writes: whether the goods may go, under which regime, and that customs is done with them."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, Field

from contracts.event import Event, defined_in
from contracts.known import ToBeMatched
from contracts.links import FactsPassedOn
from contracts.stating import StatementDiffers, Stater
from contracts.values import CheckpointCode, ConsignmentId, GoodsCode, Instant, ItemNumber, Regime, Text, Use, Word
from law import Finding, Ground

TOPIC = "customs.release.v1"

NOT_OF_A_RELEASE = ("7(2)", "7(3)", "36")
"""Of the closed list: what bars a departure, or a use of the goods."""


def _of_a_release(grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    if other := sorted({each.article for each in grounds} & {*NOT_OF_A_RELEASE}):
        raise ValueError(f"no release is refused or withheld under {', '.join(other)}")
    return grounds


def _of_a_use(grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    if other := sorted({each.article for each in grounds} - {"36"}):
        raise ValueError(f"Art. 36 alone blocks a use, and not {', '.join(other)}")
    return grounds


Grounds: TypeAlias = Annotated[tuple[Ground, ...], Field(min_length=1), AfterValidator(_of_a_release)]
"""Art. 7(1), 7(1) para 3 or 20(1), or what a loaded act provides; nothing else stands in the way of a release."""
Overseer: TypeAlias = Literal["officer", "supervisor"]
"""Who is to see a ground against goods that were released."""
GroundsOfUse: TypeAlias = Annotated[tuple[Ground, ...], Field(min_length=1), AfterValidator(_of_a_use)]


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenBefore:
    """By whom a release was given before it came on record: the officer's number in the service, and his post."""

    officer: Word
    post: CheckpointCode
    reason: Text


class GoodsReleased(ToBeMatched):
    """Customs permitted to use and dispose of the goods as their regime says; `released` is when it did.

    `items` are the items released by this; none named, the whole consignment. With `given` nothing was decided on the
    record: the release was given then, and this states it.
    """

    type: Literal["GoodsReleased"] = "GoodsReleased"
    article: Word = "5(1)(20)"
    rule: Word = "L1"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...] = ()
    regime: Regime
    runs_for_a_term: bool
    findings: tuple[Finding, ...] = ()
    released: Instant | None = None
    given: GivenBefore | None = None
    stated_by: Stater | None = None


class ReleaseFindingsRecorded(Event):
    """What was recorded after the release shows of it."""

    type: Literal["ReleaseFindingsRecorded"] = "ReleaseFindingsRecorded"
    article: Word = "5(1)(20)"
    rule: Word = "L1"
    consignment: ConsignmentId
    findings: tuple[Finding, ...]


class ReleaseFindingsWithdrawn(Event):
    """What of the findings on the release does not hold, by what was recorded after it."""

    type: Literal["ReleaseFindingsWithdrawn"] = "ReleaseFindingsWithdrawn"
    article: Word = "5(1)(20)"
    rule: Word = "L1"
    consignment: ConsignmentId
    findings: tuple[Finding, ...]


class ReleaseRefused(ToBeMatched):
    """Customs refused release, on all the grounds that were on record."""

    outcome: ClassVar[str] = "refused"

    type: Literal["ReleaseRefused"] = "ReleaseRefused"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...] = ()
    regime: Regime
    grounds: Grounds


class ReleaseWithheld(ToBeMatched):
    """Customs withheld release until the requirements of these grounds are met; `who` has to meet them."""

    outcome: ClassVar[str] = "withheld"

    type: Literal["ReleaseWithheld"] = "ReleaseWithheld"
    article: Word = "7(1) para 3"
    rule: Word = "L5"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...] = ()
    regime: Regime
    grounds: Grounds
    who: Literal["declarant", "officer", "agency"] = "declarant"


class UseBlocked(ToBeMatched):
    """Goods that are neither released nor cleared to the end are not used and not disposed of; moving is another thing.

    Nor are those that are under a regime for a term, but as that allows while it runs.
    """

    outcome: ClassVar[str] = "refused"

    type: Literal["UseBlocked"] = "UseBlocked"
    article: Word = "36"
    rule: Word = "F18"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...] = ()
    use: Use
    reported: Instant
    grounds: GroundsOfUse


class UseAllowed(ToBeMatched):
    """An officer excused a use before the end of clearance by a `provision` of the Code, or of a treaty (Art. 3(2))."""

    type: Literal["UseAllowed"] = "UseAllowed"
    article: Word = "36"
    rule: Word = "F18"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...] = ()
    use: Use
    reported: Instant
    provision: Text
    stated_by: Stater | None = None


class GroundAfterRelease(ToBeMatched):
    """Grounds against goods that were released: they stop nothing, and somebody has to see them.

    An officer where they came on record after the release, a supervisor where a release was given against them.
    """

    type: Literal["GroundAfterRelease"] = "GroundAfterRelease"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    grounds: Grounds
    who: Overseer = "officer"


class GroundAfterReleaseWithdrawn(ToBeMatched):
    """Grounds against goods that were released, and that were taken back since."""

    type: Literal["GroundAfterReleaseWithdrawn"] = "GroundAfterReleaseWithdrawn"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    grounds: Grounds
    who: Overseer = "officer"


class GroundAfterReleaseDecided(ToBeMatched):
    """What is to become of goods against whose release this act stands, and which provision says so.

    Without `codes` all of the act that are among them.
    """

    type: Literal["GroundAfterReleaseDecided"] = "GroundAfterReleaseDecided"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    act: Word
    codes: tuple[GoodsCode, ...] = ()
    consequence: Text
    provision: Text
    decided: Instant
    stated_by: Stater | None = None


class GroundDecisionCorrected(ToBeMatched):
    """What was decided of the grounds of this act, as was recorded for `corrects`, is as it stands here."""

    type: Literal["GroundDecisionCorrected"] = "GroundDecisionCorrected"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    act: Word
    codes: tuple[GoodsCode, ...] = ()
    consequence: Text
    provision: Text
    decided: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class GroundDecisionWithdrawn(ToBeMatched):
    """Nothing was decided of the grounds of this act, as was recorded for `withdraws`."""

    type: Literal["GroundDecisionWithdrawn"] = "GroundDecisionWithdrawn"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    act: Word
    codes: tuple[GoodsCode, ...] = ()
    withdraws: Instant
    reason: Text | None = None


class RegimeEnded(Event):
    """A regime that runs for a term has run its course; `ended` is when, and before its release it ends nothing.

    `items` are those that were under it; none named, all.
    """

    type: Literal["RegimeEnded"] = "RegimeEnded"
    article: Word = "29(2)"
    rule: Word = "C4"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...] = ()
    ended: Instant | None = None
    stated_by: Stater | None = None


class RegimeEndCorrected(Event):
    """The end that was stated for `corrects`, of the items `stated_for`, is as it stands here: that of `items`."""

    type: Literal["RegimeEndCorrected"] = "RegimeEndCorrected"
    article: Word = "29(2)"
    rule: Word = "C4"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...] = ()
    ended: Instant
    corrects: Instant
    stated_for: tuple[ItemNumber, ...] = ()
    reason: Text | None = None
    stated_by: Stater | None = None


class RegimeEndWithdrawn(Event):
    """The regime of these items, or of all, did not end, as was stated for `withdraws`."""

    type: Literal["RegimeEndWithdrawn"] = "RegimeEndWithdrawn"
    article: Word = "29(2)"
    rule: Word = "C4"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...] = ()
    withdraws: Instant
    reason: Text | None = None


class ClearanceCompleted(ToBeMatched):
    """Customs is done with the goods; `completed` is when the last of the conditions was met."""

    type: Literal["ClearanceCompleted"] = "ClearanceCompleted"
    article: Word = "29(2)"
    rule: Word = "C4"
    consignment: ConsignmentId
    completed: Instant


class ClearanceCompletionWithdrawn(ToBeMatched):
    """Customs was not done with the goods at `withdraws`: by a fact from before that, recorded since, it was not so."""

    type: Literal["ClearanceCompletionWithdrawn"] = "ClearanceCompletionWithdrawn"
    article: Word = "29(2)"
    rule: Word = "C4"
    consignment: ConsignmentId
    withdraws: Instant


EVENTS: tuple[type[Event], ...] = (*defined_in(__name__), StatementDiffers, FactsPassedOn)
