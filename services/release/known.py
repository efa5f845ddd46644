"""What events say of the goods to those outside, who know them by other numbers than ours."""

from typing import TypeAlias

from contracts.declarations import Declared
from contracts.known import Crossed, known_by
from contracts.release import (
    ClearanceCompleted,
    ClearanceCompletionWithdrawn,
    GoodsReleased,
    GroundAfterRelease,
    GroundAfterReleaseDecided,
    GroundAfterReleaseWithdrawn,
    GroundDecisionCorrected,
    GroundDecisionWithdrawn,
    ReleaseRefused,
    ReleaseWithheld,
    UseAllowed,
    UseBlocked,
)
from decider import Matter
from release.upstream import Presentation

Acted: TypeAlias = (
    GoodsReleased | ReleaseRefused | ReleaseWithheld | UseBlocked | UseAllowed | GroundAfterRelease
    | GroundAfterReleaseWithdrawn | ClearanceCompleted | ClearanceCompletionWithdrawn
    | GroundAfterReleaseDecided | GroundDecisionCorrected | GroundDecisionWithdrawn
)  # fmt: skip
"""Events on which carriers, declarants, ports and officers act."""


def to_be_matched(event: Acted, presentation: Presentation, crossed: Crossed, declared: Declared) -> Acted:
    known = known_by(event, presentation.checkpoint, crossed, declared.reference, declared.number)
    return event.model_copy(update={"known_by": known})


MATTER = Matter(completes=(to_be_matched,))
