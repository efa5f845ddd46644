"""What events say of the goods to those outside, who know them by other numbers than ours."""

from typing import TypeAlias

from clearance.upstream import Presentation
from contracts.clearance import (
    AcceptanceCorrected,
    AgencyApprovalRequested,
    DeclarationAccepted,
    ImmediateExportOrdered,
    ImportProhibited,
    PaymentAssessed,
    ReadyForRelease,
    RestrictionOpened,
    TemporaryStorageStarted,
)
from contracts.declarations import Declared
from contracts.doubts import GoodsInDoubt
from contracts.known import Crossed, known_by
from decider import Matter

Acted: TypeAlias = (
    DeclarationAccepted | AcceptanceCorrected | PaymentAssessed | ImportProhibited | RestrictionOpened
    | AgencyApprovalRequested | ImmediateExportOrdered | TemporaryStorageStarted | ReadyForRelease | GoodsInDoubt
)  # fmt: skip
"""Events on which declarants, carriers, bodies of control and officers act."""


def to_be_matched(event: Acted, presentation: Presentation, crossed: Crossed, declared: Declared) -> Acted:
    known = known_by(presentation.checkpoint, crossed, declared.reference, declared.number)
    return event.model_copy(update={"known_by": known})


MATTER = Matter(completes=(to_be_matched,))
