"""An arrival at a place that is no checkpoint (Art. 37(1)): a fact, which is recorded and never refused."""

from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from contracts.elsewhere import ArrivalElsewhereWithdrawn, Elsewhere, VehicleArrivedElsewhere
from contracts.names import ConsignmentNames, OfMovement
from contracts.statements import put_right_by, said_for, standing, taken_back_by, with_said, with_struck
from contracts.stating import Amendable, StatementDiffers, Stater, corrected, stated, stater, withdrawn
from contracts.values import ConsignmentId, Instant, Mode, Text
from contracts.vehicle import MeansOfTransport, in_one_spelling
from decider import Input, Matter, replace
from law.rule import Fact, Happened, rule

Said: TypeAlias = VehicleArrivedElsewhere | ArrivalElsewhereWithdrawn


@dataclass(frozen=True, kw_only=True)
class RecordArrivalElsewhere(OfMovement):
    """A vehicle has come to a place that is no checkpoint, where the law provides so or not (Art. 37(1))."""

    elsewhere: Elsewhere
    mode: Mode | None = None
    vehicle: MeansOfTransport | None = None
    unloads: ConsignmentNames | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectArrivalElsewhere(RecordArrivalElsewhere):
    """What was stated of such an arrival was wrong; the whole of it stands here, and the right time in `arrived`."""

    corrects: Instant
    arrived: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawArrivalElsewhere(OfMovement):
    """The vehicle did not come there, as was stated."""

    withdraws: Instant
    reason: Text | None = None


ARRIVAL = Amendable(
    article="37(1)",
    rule="A6",
    states=RecordArrivalElsewhere,
    amends=(CorrectArrivalElsewhere, WithdrawArrivalElsewhere),
)


@dataclass(frozen=True, kw_only=True)
class Came:
    """To a place that is no checkpoint; `known` is since when it is on record that it came there at that time."""

    elsewhere: Elsewhere
    mode: Mode | None = None
    vehicle: MeansOfTransport | None = None
    unloads: tuple[ConsignmentId, ...] | None = None
    at: Instant
    by: Stater | None = None
    known: Instant
    struck: bool = False

    @property
    def fact(self) -> Fact:
        return Happened(self.at, self.known)

    @property
    def spelt(self) -> "Came":
        """As it is compared."""
        return replace(self, vehicle=in_one_spelling(self.vehicle))


@dataclass(frozen=True, kw_only=True)
class OutsidePosts:
    """Where it came to besides checkpoints, each by its time, and what was taken back of that."""

    stated: tuple[Came, ...] = ()

    @property
    def standing(self) -> tuple[Came, ...]:
        return standing(self.stated)


@rule()
def record_arrival(
    asked: Input[RecordArrivalElsewhere], outside: OutsidePosts
) -> list[VehicleArrivedElsewhere | StatementDiffers]:
    """Art. 37(1) [A6]: what arrives elsewhere than at a checkpoint has arrived, and is recorded with its basis."""
    came = as_stated(asked.content, asked)
    return stated(asked, came, said_for(outside.stated, asked.occurred), ARRIVAL, lambda: arrived(asked, came))


def correct_arrival(
    asked: Input[CorrectArrivalElsewhere], outside: OutsidePosts
) -> list[VehicleArrivedElsewhere | StatementDiffers]:
    said, at = asked.content, asked.content.arrived or asked.content.corrects
    came = as_stated(said, Happened(at, asked.recorded))
    event = arrived(asked, came).model_copy(update={"corrects": said.corrects, "reason": said.reason})
    stands = put_right_by(outside.stated, came, said.corrects)
    return corrected(asked, came, stands, said.corrects, ARRIVAL, lambda: event)


def withdraw_arrival(
    asked: Input[WithdrawArrivalElsewhere], outside: OutsidePosts
) -> list[ArrivalElsewhereWithdrawn | StatementDiffers]:
    said = asked.content
    gone = ArrivalElsewhereWithdrawn(movement=said.movement, withdraws=said.withdraws, reason=said.reason)
    return withdrawn(asked, taken_back_by(outside.stated, said.withdraws), said.withdraws, ARRIVAL, lambda: gone)


def as_stated(said: RecordArrivalElsewhere, fact: Fact) -> Came:
    unloads = None if said.unloads is None else tuple(sorted(set(said.unloads)))
    return Came(
        elsewhere=said.elsewhere,
        mode=said.mode,
        vehicle=said.vehicle,
        unloads=unloads,
        at=fact.occurred,
        known=fact.recorded,
    )


def arrived(asked: Input[Any], came: Came) -> VehicleArrivedElsewhere:
    return VehicleArrivedElsewhere(
        movement=asked.id,
        elsewhere=came.elsewhere,
        arrived=came.at,
        mode=came.mode,
        vehicle=came.vehicle,
        unloads=came.unloads,
        stated_by=stater(asked.subject),
    )


def recorded(outside: OutsidePosts, event: Said, known: Instant) -> OutsidePosts:
    match event:
        case VehicleArrivedElsewhere(arrived=at):
            before = said_for(outside.stated, at)
            came = Came(
                elsewhere=event.elsewhere,
                mode=event.mode,
                vehicle=event.vehicle,
                unloads=event.unloads,
                at=at,
                by=event.stated_by,
                known=before.known if before else known,
            )
            return OutsidePosts(stated=with_said(outside.stated, came, event.corrects))
        case ArrivalElsewhereWithdrawn(withdraws=at):
            return OutsidePosts(stated=with_struck(outside.stated, at))
        case _:
            assert_never(event)


MATTER = Matter(commands=(record_arrival, correct_arrival, withdraw_arrival), folds=(recorded,))
