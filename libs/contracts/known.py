"""How those outside know goods: what an event says beside the id of their stream, so that nobody has to join topics."""

from dataclasses import dataclass

from contracts.arrival import GoodsCrossed
from contracts.event import Event
from contracts.papers import ContainerNumbers, Documents, TransportDocument
from contracts.values import CheckpointCode, MovementId, Number


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownBy:
    """Where the goods belong, with what they came, and the numbers that papers and declaration give them.

    `reference` is the declarant's own number of the declaration (LRN).
    """

    checkpoint: CheckpointCode | None = None
    movements: tuple[MovementId, ...] | None = None
    documents: Documents | None = None
    containers: ContainerNumbers | None = None
    reference: Number | None = None


class ToBeMatched(Event):
    """An event on which somebody outside acts, who has to find what he has under a number of his own."""

    known_by: KnownBy | None = None


@dataclass(frozen=True, kw_only=True)
class Crossed:
    """What papers said at crossings, of all vehicles; each once, sorted."""

    movements: tuple[MovementId, ...] = ()
    documents: tuple[TransportDocument, ...] = ()
    containers: tuple[Number, ...] = ()


def named_at_the_crossing(crossed: Crossed, event: GoodsCrossed) -> Crossed:
    papers = event.papers
    documents = papers.documents or () if papers else ()
    containers = papers.containers or () if papers else ()
    return Crossed(
        movements=tuple(sorted({*crossed.movements, event.movement})),
        documents=tuple(sorted({*crossed.documents, *documents}, key=repr)),
        containers=tuple(sorted({*crossed.containers, *(each.number for each in containers)})),
    )


def known_by(checkpoint: CheckpointCode | None, crossed: Crossed, reference: Number | None) -> KnownBy | None:
    """None of goods of which nothing but their id is on record."""
    known = KnownBy(
        checkpoint=checkpoint,
        movements=crossed.movements or None,
        documents=crossed.documents or None,
        containers=crossed.containers or None,
        reference=reference,
    )
    return None if known == KnownBy() else known
