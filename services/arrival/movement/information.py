"""What others than the administration say of an arrival: it informs customs, and is no notice (Art. 37(2-1))."""

from dataclasses import dataclass

from contracts import called
from contracts.digest import Digest, digest
from contracts.names import ConsignmentNames, OfMovement
from contracts.notices import ArrivalInformed
from contracts.spelling import folded
from contracts.stating import Stater, stater
from contracts.values import CheckpointCode, Company, Instant, KnownCheckpoint, Mode
from contracts.vehicle import MeansOfTransport, in_one_spelling
from decider import Input, Matter, in_order
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class InformArrival(OfMovement):
    """A carrier, or whoever the goods are for, tells customs where and when a vehicle arrives; nobody has to."""

    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    expected: Instant
    vehicle: MeansOfTransport | None = None
    carrier: Company | None = None
    consignments: ConsignmentNames = ()


@dataclass(frozen=True, kw_only=True)
class Told:
    """By whom, of which checkpoint, and what last."""

    by: Stater | None
    checkpoint: CheckpointCode
    said: Digest


@dataclass(frozen=True, kw_only=True)
class Information:
    """What was told last by each of each checkpoint, sorted: said again, it is nothing new."""

    told: tuple[Told, ...] = ()


@rule(by="person")
def inform(asked: Input[InformArrival], information: Information) -> list[ArrivalInformed]:
    """Art. 37(2-1) [A3]: notice is the administration's to give; what another says is recorded, and fulfils nothing."""
    said = asked.content
    event = ArrivalInformed(
        movement=said.movement,
        checkpoint=said.checkpoint,
        mode=said.mode,
        expected=said.expected,
        vehicle=said.vehicle,
        carrier=said.carrier,
        consignments=tuple(sorted(set(said.consignments))),
        informed=asked.occurred,
        stated_by=stater(asked.subject),
    )
    return [] if told_by(event) in information.told else [event]


def recorded(information: Information, event: ArrivalInformed) -> Information:
    now = told_by(event)
    others = (each for each in information.told if (each.by, each.checkpoint) != (now.by, now.checkpoint))
    return Information(told=in_order((*others, now)))


def told_by(event: ArrivalInformed) -> Told:
    """However the vehicle and its carrier are spelt."""
    vehicle, carrier = called.in_one_spelling(in_one_spelling(event.vehicle)), event.carrier and folded(event.carrier)
    said = (event.mode, event.expected, vehicle, carrier, event.consignments)
    return Told(by=event.stated_by, checkpoint=event.checkpoint, said=digest((said,)))


MATTER = Matter(commands=(inform,), folds=(recorded,))
