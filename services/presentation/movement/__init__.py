"""A vehicle that has to be brought to its checkpoint and shown: of which matters of the law, and in which order."""

from dataclasses import dataclass

from contracts import links
from contracts.links import Links
from contracts.stating import DIFFERENCES
from decider import Aggregate
from presentation.checkpoint import Checkpoint
from presentation.deciding import Decisions
from presentation.movement import checkpoint, decisions, determination, examination, presentation, upstream
from presentation.movement.determination import Decisions as Determinations
from presentation.movement.examination import Examinations
from presentation.movement.presentation import Presentation
from presentation.movement.upstream import Arrival


@dataclass(frozen=True, kw_only=True)
class Movement:
    """All that presentation knows of it."""

    arrival: Arrival = Arrival()
    determinations: Determinations = Determinations()
    checkpoint: Checkpoint = Checkpoint()
    presentation: Presentation = Presentation()
    examinations: Examinations = Examinations()
    decisions: Decisions = Decisions()
    links: Links = Links()


movement = Aggregate(
    Movement,
    determination.MATTER,
    checkpoint.MATTER,
    examination.MATTER,
    decisions.MATTER,
    presentation.MATTER,
    links.MATTER,
    DIFFERENCES,
    upstream=upstream.MATTER,
    joining=links.JOINING,
)
