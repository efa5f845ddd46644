"""How those outside know goods: what an event says beside the id of their stream, so that nobody has to join topics."""

from dataclasses import dataclass

from contracts.arrival import GoodsCrossed, GoodsCrossingCorrected, GoodsCrossingWithdrawn
from contracts.event import Event
from contracts.papers import ContainerNumbers, Documents, TransportDocument
from contracts.values import CheckpointCode, MovementId, Number, Word
from decider import in_order, replace


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownBy:
    """Where the goods belong, with what they came, and the numbers that papers and declaration give them.

    `reference` is the declarant's own number of the declaration (LRN), `number` that of its registration.
    """

    checkpoint: CheckpointCode | None = None
    movements: tuple[MovementId, ...] | None = None
    documents: Documents | None = None
    containers: ContainerNumbers | None = None
    reference: Number | None = None
    number: Word | None = None


class ToBeMatched(Event):
    """An event on which somebody outside acts, who has to find what he has under a number of his own."""

    known_by: KnownBy | None = None


@dataclass(frozen=True, kw_only=True)
class Named:
    """What the papers said at the crossing of a vehicle; each once, sorted."""

    movement: MovementId
    documents: tuple[TransportDocument, ...] = ()
    containers: tuple[Number, ...] = ()
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Crossed:
    """What papers said at crossings, of all vehicles with which the goods crossed.

    Where all of that was taken back, what they said last is still here, struck: by that others know what is withdrawn.
    """

    named: tuple[Named, ...] = ()

    @property
    def standing(self) -> "Crossed":
        return Crossed() if self.named and self.named[0].struck else self

    @property
    def movements(self) -> tuple[MovementId, ...]:
        return tuple(sorted({each.movement for each in self.named}))

    @property
    def documents(self) -> tuple[TransportDocument, ...]:
        if len(self.named) == 1:
            return self.named[0].documents
        return in_order({document for each in self.named for document in each.documents})

    @property
    def containers(self) -> tuple[Number, ...]:
        if len(self.named) == 1:
            return self.named[0].containers
        return tuple(sorted({number for each in self.named for number in each.containers}))


def named_at_the_crossing(
    crossed: Crossed, event: GoodsCrossed | GoodsCrossingCorrected | GoodsCrossingWithdrawn
) -> Crossed:
    if isinstance(event, GoodsCrossingWithdrawn):
        left = tuple(each for each in crossed.named if each.movement != event.movement)
        return Crossed(named=left or tuple(replace(each, struck=True) for each in crossed.named))
    others = tuple(each for each in crossed.standing.named if each.movement != event.movement)
    papers = event.papers
    documents = papers.documents or () if papers else ()
    containers = papers.containers or () if papers else ()
    named = Named(
        movement=event.movement,
        documents=in_order({*documents}),
        containers=tuple(sorted({each.number for each in containers})),
    )
    return Crossed(named=in_order((*others, named)))


def takes_back(event: ToBeMatched) -> bool:
    """Then those who heard what is taken back know it by what was on record when they did."""
    return type(event).__name__.endswith("Withdrawn")


def known_by(
    event: ToBeMatched,
    checkpoint: CheckpointCode | None,
    crossed: Crossed,
    reference: Number | None,
    number: Word | None,
) -> KnownBy | None:
    """None of goods of which nothing but their id is on record."""
    crossed = crossed if takes_back(event) else crossed.standing
    if not (checkpoint or crossed.named or reference or number):
        return None
    return KnownBy(
        checkpoint=checkpoint,
        movements=crossed.movements or None,
        documents=crossed.documents or None,
        containers=crossed.containers or None,
        reference=reference,
        number=number,
    )
