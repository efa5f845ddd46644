"""What `arrival` writes: who announced what, where and when, and what crossed."""

from typing import Literal, Self

from pydantic import model_validator

from contracts.event import Event, defined_in
from contracts.papers import ControlTotals, GoodsLine, Papers, TransportDocument
from contracts.parties import Party
from contracts.seals import Seal
from contracts.values import (
    Arrived,
    CheckpointCode,
    Company,
    ConsignmentId,
    Direction,
    Exemption,
    Instant,
    Journey,
    Mode,
    MovementId,
    Packages,
    Stopped,
    Word,
    Work,
)
from contracts.vehicle import MeansOfTransport
from law import Finding

TOPIC = "customs.arrival.v1"


class ArrivalNotified(Event):
    """Customs was told in advance where and when a vehicle arrives, by which journey, and with which consignments.

    `submitted` is when it was told; `procedure` names the agreed procedure that the notice follows, where one stands.
    `carried_by` is the movement that carries this one, such as a ferry a lorry. `documents` and `totals` are those of
    the journey and its manifest; `papers` say what was known of the goods then: what counts is said at the crossing.
    """

    type: Literal["ArrivalNotified"] = "ArrivalNotified"
    article: Word = "37(2-1)"
    rule: Word = "A1"
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode
    expected: Instant
    submitted: Instant | None = None
    procedure: Word | None = None
    vehicle: MeansOfTransport | None = None
    carrier: Company | None = None
    journey: Journey = ()
    consignments: tuple[ConsignmentId, ...] = ()
    carried_by: MovementId | None = None
    departure: Word | None = None
    departed: Instant | None = None
    destination: Word | None = None
    totals: ControlTotals | None = None
    documents: tuple[TransportDocument, ...] = ()
    parties: tuple[Party, ...] = ()
    papers: tuple[Papers, ...] = ()


class JourneyChanged(Event):
    """The journey leads, or led, otherwise than was said before; the whole of it stands here.

    `stated` is when that was said: what was said last counts. `consignments` are those that are to hear of it.
    """

    type: Literal["JourneyChanged"] = "JourneyChanged"
    article: Word = "38"
    rule: Word = "P10"
    movement: MovementId
    mode: Mode
    journey: Journey
    stated: Instant | None = None
    consignments: tuple[ConsignmentId, ...] = ()


class BorderCrossed(Event):
    """A vehicle crossed the customs border; `arrived` stands in it only where its arrival was recorded before.

    `further` are other places that it had come to, `stopped` the stops on record by then. `non_stop`: a ship or an
    aircraft that is said to cross the country without a stop. `notice_due`: the place owed a notice.
    """

    type: Literal["BorderCrossed"] = "BorderCrossed"
    article: Word = "5(1)(21)(a)"
    rule: Word = "A9"
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode | None = None
    crossed: Instant
    non_stop: bool = False
    vehicle: MeansOfTransport | None = None
    carried_by: MovementId | None = None
    seals: tuple[Seal, ...] = ()
    papers: tuple[Papers, ...] = ()
    notice_due: bool = False
    arrived: Arrived | None = None
    further: tuple[Arrived, ...] = ()
    stopped: tuple[Stopped, ...] = ()


class VehicleArrived(Event):
    """A vehicle came to a checkpoint; the consignments are those that crossed with it, as far as recorded by then.

    `work` is what was done with goods there, and `unloads` which were unloaded, as it happened; None is as planned for
    that place. `corrects` is when it was said before to have arrived there: then this stands in the place of that.
    `notice_due`: the place owed a notice.
    """

    type: Literal["VehicleArrived"] = "VehicleArrived"
    article: Word = "37(1)"
    rule: Word = "P10"
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode | None = None
    arrived: Instant
    vehicle: MeansOfTransport | None = None
    work: tuple[Work, ...] | None = None
    unloads: tuple[ConsignmentId, ...] | None = None
    notice_due: bool = False
    corrects: Instant | None = None
    consignments: tuple[ConsignmentId, ...] = ()


class NoticeFindingsRecorded(Event):
    """What is to be said of a vehicle's notice: it is missing, or late, or came with a short lead."""

    type: Literal["NoticeFindingsRecorded"] = "NoticeFindingsRecorded"
    article: Word = "37(2-1)"
    rule: Word = "A4"
    movement: MovementId
    findings: tuple[Finding, ...]


class NoticeFindingsWithdrawn(Event):
    """What of the findings on a notice does not hold, by what was recorded after them."""

    type: Literal["NoticeFindingsWithdrawn"] = "NoticeFindingsWithdrawn"
    article: Word = "37(2-1)"
    rule: Word = "A4"
    movement: MovementId
    findings: tuple[Finding, ...]


class _OfOne(Event):
    """Of a movement or of a consignment."""

    movement: MovementId | None = None
    consignment: ConsignmentId | None = None

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if self.movement is None and self.consignment is None:
            raise ValueError("it is said of a movement or of a consignment")
        return self


class Chapter8NotApplicable(_OfOne):
    """The chapter on arrival does not apply: goods by pipeline or power line, or a crossing without a stop.

    Of a consignment, `movement` names the vehicle too. They are subject to clearance all the same (Art. 8(1)).
    """

    type: Literal["Chapter8NotApplicable"] = "Chapter8NotApplicable"
    article: Word = "37(3)"
    rule: Word = "A7"
    exemption: Exemption


class StopRecorded(_OfOne):
    """A ship or an aircraft that was not to stop did stop; what that means is the officer's decision.

    `consignments` are those on it that are to hear of it, as far as recorded by then.
    """

    type: Literal["StopRecorded"] = "StopRecorded"
    article: Word = "37(3)"
    rule: Word = "A8"
    place: CheckpointCode
    stopped: Instant
    exemption_lost: bool = False
    consignments: tuple[ConsignmentId, ...] = ()


class ExemptionLost(_OfOne):
    """By the officer's decision the chapter on arrival applies after a stop, and there vehicle and goods are shown."""

    type: Literal["ExemptionLost"] = "ExemptionLost"
    article: Word = "37(3)"
    rule: Word = "A8"
    present_at: CheckpointCode
    stopped: Instant
    consignments: tuple[ConsignmentId, ...] = ()


class ConsignmentAnnounced(Event):
    """A notice named this consignment; `unloaded_at` are the places where, by its journey, it is unloaded.

    `submitted` is when the notice was given: of what was said of a journey the last counts. `papers` inform, and
    nothing is measured by them: that is done by those of the crossing.
    """

    type: Literal["ConsignmentAnnounced"] = "ConsignmentAnnounced"
    article: Word = "37(2-1)"
    rule: Word = "A1"
    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode
    expected: Instant
    submitted: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()
    papers: Papers | None = None


class GoodsJourneyChanged(Event):
    """The journey of the vehicle with these goods leads otherwise than was said; `stated` is when it was said."""

    type: Literal["GoodsJourneyChanged"] = "GoodsJourneyChanged"
    article: Word = "38"
    rule: Word = "P10"
    consignment: ConsignmentId
    movement: MovementId
    mode: Mode
    stated: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()


class GoodsCrossed(Event):
    """The goods of this consignment crossed the customs border: their import begins."""

    type: Literal["GoodsCrossed"] = "GoodsCrossed"
    article: Word = "5(1)(21)(a)"
    rule: Word = "F4"
    consignment: ConsignmentId
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode | None = None
    crossed: Instant
    non_stop: bool = False
    papers: Papers | None = None

    @property
    def packages(self) -> Packages | None:
        """As the papers state them."""
        return self.papers.packages if self.papers else None

    @property
    def goods(self) -> tuple[GoodsLine, ...]:
        """As the papers name them."""
        return self.papers.goods if self.papers else ()


class GoodsArrived(Event):
    """The vehicle with which the goods crossed came to a checkpoint; `unloaded`: the goods left it there.

    None is as planned for that place.
    """

    type: Literal["GoodsArrived"] = "GoodsArrived"
    article: Word = "37(1)"
    rule: Word = "F8"
    consignment: ConsignmentId
    movement: MovementId
    mode: Mode | None = None
    checkpoint: CheckpointCode
    arrived: Instant
    unloaded: bool | None = None
    corrects: Instant | None = None


EVENTS = defined_in(__name__)
