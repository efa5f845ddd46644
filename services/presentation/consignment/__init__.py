"""Goods that have to be brought to their checkpoint and shown: of which matters of the law, and in which order."""

from dataclasses import dataclass

from contracts import links
from contracts.links import Links
from contracts.stating import DIFFERENCES
from decider import Aggregate
from presentation.checkpoint import Checkpoint
from presentation.consignment import checkpoint, decisions, examination, presentation, upstream
from presentation.consignment.examination import Examinations
from presentation.consignment.presentation import Presentation
from presentation.consignment.upstream import Arrival
from presentation.deciding import Decisions


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """All that presentation knows of it."""

    arrival: Arrival = Arrival()
    checkpoint: Checkpoint = Checkpoint()
    presentation: Presentation = Presentation()
    examinations: Examinations = Examinations()
    decisions: Decisions = Decisions()
    links: Links = Links()


consignment = Aggregate(
    Consignment,
    checkpoint.MATTER,
    examination.MATTER,
    decisions.MATTER,
    presentation.MATTER,
    links.MATTER,
    DIFFERENCES,
    upstream=upstream.MATTER,
    joining=links.JOINING,
)
