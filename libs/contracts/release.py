"""What `release` writes: whether the goods may go, under which regime, and that customs is done with them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from contracts.event import Event
from contracts.values import ConsignmentId, Instant, Regime, Word
from law import Finding, Ground

TOPIC = "customs.release.v1"


class GoodsReleased(Event):
    """Customs permitted to use and dispose of the goods as their regime says; `released` is when it did."""

    type: Literal["GoodsReleased"] = "GoodsReleased"
    article: Word = "5(1)(20)"
    consignment: ConsignmentId
    regime: Regime
    runs_for_a_term: bool
    findings: tuple[Finding, ...] = ()
    released: Instant | None = None


class ReleaseRefused(Event):
    """Customs refused release, on all the grounds that were on record."""

    outcome: ClassVar[str] = "refused"

    type: Literal["ReleaseRefused"] = "ReleaseRefused"
    article: Word = "7(1)"
    consignment: ConsignmentId
    regime: Regime
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]


class ReleaseFindingsRecorded(Event):
    """What was recorded after the release shows of it."""

    type: Literal["ReleaseFindingsRecorded"] = "ReleaseFindingsRecorded"
    article: Word = "5(1)(20)"
    consignment: ConsignmentId
    findings: tuple[Finding, ...]


class ReleaseFindingsWithdrawn(Event):
    """What of the findings on the release does not hold, by what was recorded after it."""

    type: Literal["ReleaseFindingsWithdrawn"] = "ReleaseFindingsWithdrawn"
    article: Word = "5(1)(20)"
    consignment: ConsignmentId
    findings: tuple[Finding, ...]


class GroundAfterRelease(Event):
    """Grounds that came on record after the goods were released: they stop nothing, and an officer has to see them."""

    type: Literal["GroundAfterRelease"] = "GroundAfterRelease"
    article: Word = "7(1)"
    consignment: ConsignmentId
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]


class GroundAfterReleaseWithdrawn(Event):
    """Grounds that came on record after the release and were taken back since."""

    type: Literal["GroundAfterReleaseWithdrawn"] = "GroundAfterReleaseWithdrawn"
    article: Word = "7(1)"
    consignment: ConsignmentId
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]


class RegimeEnded(Event):
    """A regime that runs for a term has run its course; `ended` is when, and before its release it ends nothing."""

    type: Literal["RegimeEnded"] = "RegimeEnded"
    article: Word = "29(2)"
    consignment: ConsignmentId
    ended: Instant | None = None


class ClearanceCompleted(Event):
    """Customs is done with the goods."""

    type: Literal["ClearanceCompleted"] = "ClearanceCompleted"
    article: Word = "29(2)"
    consignment: ConsignmentId


EVENTS: tuple[type[Event], ...] = (
    GoodsReleased,
    ReleaseFindingsRecorded,
    ReleaseFindingsWithdrawn,
    ReleaseRefused,
    GroundAfterRelease,
    GroundAfterReleaseWithdrawn,
    RegimeEnded,
    ClearanceCompleted,
)
