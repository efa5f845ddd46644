"""A body of state control refuses its approval: what that means for the goods is the officer's word (Art. 29(2))."""

from collections.abc import Iterator
from dataclasses import dataclass

from clearance.approvals import asked_of
from clearance.upstream import Arrival, Presentation
from contracts.approvals import Approval, Approvals
from contracts.declarations import Declared
from contracts.measures import Measures
from contracts.names import OfConsignment
from contracts.officers import RefusedApprovalDecided
from contracts.spelling import folded
from contracts.stating import Amendable, StatementDiffers, Stater, stated, stater
from contracts.values import Agency, Instant, Text, Word
from decider import Input, Matter, OpenPoint, in_order, opens, replace
from law.naming import plain
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class DecideOnRefusedApproval(OfConsignment):
    """The officer decides what a body's refusal means for the goods (Art. 29(2) para 2).

    The Code says nothing of it but that clearance does not end; a later decision stands in the place of this one.
    """

    agency: Agency
    reference: Word
    consequence: Text
    provision: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What the officer decided of a refusal, under the body's reference."""

    agency: Agency
    reference: Word
    consequence: Text
    provision: Text | None = None
    at: Instant
    by: Stater | None = None
    struck: bool = False

    @property
    def spelt(self) -> "Consequence":
        """As it is compared, however body and reference are spelt."""
        return replace(self, agency=plain(self.agency), reference=folded(self.reference))


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """All that he decided of refusals."""

    decided: tuple[Consequence, ...] = ()

    def of(self, agency: Agency, reference: Word) -> tuple[Consequence, ...]:
        name = (plain(agency), folded(reference))
        return tuple(each for each in self.decided if (each.spelt.agency, each.spelt.reference) == name)


def of_a_consequence() -> Amendable:
    """An act of customs: another one under the same time differs, and a later one stands in its place."""
    return Amendable(article="29(2) para 2", rule="L10", states=DecideOnRefusedApproval, amends=())


def decided(
    asked: Input[DecideOnRefusedApproval], consequences: Consequences
) -> list[RefusedApprovalDecided | StatementDiffers]:
    """Recorded also where the refusal is recorded only later."""
    said = asked.content
    fact = Consequence(
        agency=said.agency, reference=said.reference, consequence=said.consequence, provision=said.provision,
        at=asked.occurred,
    )  # fmt: skip
    of_then = (each for each in consequences.of(said.agency, said.reference) if each.at == fact.at)
    return stated(asked, fact, next(of_then, None), of_a_consequence(), lambda: consequence_is_decided(asked))


@rule(by="officer")
def consequence_is_decided(asked: Input[DecideOnRefusedApproval]) -> RefusedApprovalDecided:
    """Art. 29(2) para 2 [L10]: what follows from a body's refusal is decided by an officer: it refuses no release."""
    said = asked.content
    return RefusedApprovalDecided(
        consignment=said.consignment, agency=said.agency, reference=said.reference, consequence=said.consequence,
        provision=said.provision, decided=asked.occurred, stated_by=stater(asked.subject),
    )  # fmt: skip


def is_open(refusal: Approval, asked: set[str], consequences: Consequences) -> bool:
    """A refusal that counts, and on which he has decided nothing since."""
    if refusal.granted or plain(refusal.agency) not in asked:
        return False
    return not any(each.at >= refusal.at for each in consequences.of(refusal.agency, refusal.reference))


@opens("DecideOnRefusedApproval")
def still_to_be_decided(
    arrival: Arrival,
    declared: Declared,
    presentation: Presentation,
    measures: Measures,
    approvals: Approvals,
    consequences: Consequences,
) -> Iterator[OpenPoint]:
    asked = asked_of(arrival, declared, measures)
    refused = [each.at for each in approvals.last if is_open(each, asked, consequences)]
    if refused:
        yield OpenPoint(
            act="DecideOnRefusedApproval", who="officer", article="29(2) para 2", place=presentation.checkpoint,
            since=min(refused),
        )  # fmt: skip


def recorded(consequences: Consequences, event: RefusedApprovalDecided) -> Consequences:
    new = Consequence(
        agency=event.agency, reference=event.reference, consequence=event.consequence, provision=event.provision,
        at=event.decided, by=event.stated_by,
    )  # fmt: skip
    return Consequences(decided=in_order((*consequences.decided, new)))


MATTER = Matter(commands=(decided,), folds=(recorded,), open_points=(still_to_be_decided,))
