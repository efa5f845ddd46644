"""What `arrival` writes: who announced what, where and when, and what crossed."""

from dataclasses import dataclass
from typing import Literal, Self

from pydantic import model_validator

from contracts.elsewhere import ArrivalElsewhereWithdrawn, Border, Elsewhere, VehicleArrivedElsewhere
from contracts.event import Event, defined_in
from contracts.links import FactsPassedOn, LinkAsked, LinkMade, LinkRefused
from contracts.notices import ArrivalInformed, Unannounced
from contracts.papers import ControlTotals, GoodsLine, Papers, TransportDocument
from contracts.parties import Party
from contracts.seals import Seal
from contracts.stating import StatementDiffers, Stater
from contracts.undecided import StopUndecided, StopUndecidedWithdrawn
from contracts.values import (
    Arrived,
    Call,
    CallNumber,
    CheckpointCode,
    Company,
    ConsignmentId,
    Country,
    Direction,
    Exemption,
    Instant,
    Journey,
    Leads,
    Mode,
    MovementId,
    Number,
    Packages,
    Stopped,
    Text,
    Word,
    Work,
)
from contracts.vehicle import IdentityKind, MeansOfTransport
from contracts.whereabouts import Seen, VehicleId, Whereabouts
from law import Finding

TOPIC = "customs.arrival.v1"


class ArrivalNotified(Event):
    """Customs was told in advance where and when a vehicle arrives, by which journey, and with which consignments.

    Of a vehicle there is one for each checkpoint that it comes to. `submitted` is when it was told, as that is stated,
    and `received` when it counts from: as an officer stated it, else when customs had it on record. `leads` is how the
    journey leads by all that was said of it, where this notice by itself does not say that; `hear` hear of it. `mode`
    is left out where nobody said it and the checkpoint takes several; `procedure` names the agreed procedure that the
    notice follows, where one stands.
    `carried_by` is the movement that carries this one, such as a ferry a lorry. `documents` and `totals` are those of
    the journey and its manifest; `papers` say what was known of the goods then: what counts is said at the crossing.
    """

    type: Literal["ArrivalNotified"] = "ArrivalNotified"
    article: Word = "37(2-1)"
    rule: Word = "A1"
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode | None = None
    expected: Instant
    submitted: Instant | None = None
    received: Instant | None = None
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
    leads: Leads | None = None
    hear: tuple[ConsignmentId, ...] = ()
    stated_by: Stater | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Noticed:
    """A notice that counts, as its consignments hear of it."""

    checkpoint: CheckpointCode
    mode: Mode | None = None
    expected: Instant
    submitted: Instant | None = None
    journey: tuple[Call, ...] = ()
    consignments: tuple[ConsignmentId, ...] = ()
    papers: tuple[Papers, ...] = ()


class _Anew(Event):
    """`leads` is how the journey leads now by what was said of it last, None where nothing that was said stands.

    `hear` are the consignments that are to hear that, `left` those that nothing names any more.
    """

    leads: Leads | None = None
    hear: tuple[ConsignmentId, ...] = ()
    left: tuple[ConsignmentId, ...] = ()
    reason: Text | None = None


class _NoticeAnew(_Anew):
    """Of a notice, besides: `stands` are others that count now, `unannounced` those that one does not name any more."""

    stands: tuple[Noticed, ...] = ()
    unannounced: tuple[Unannounced, ...] = ()


class NoticeAmended(_NoticeAnew):
    """Something else is announced from `submitted` on; the whole of it stands here. `counts`: it was said last.

    With `instead_of` the vehicle does not come to that checkpoint, as was announced before, but to this one.
    """

    type: Literal["NoticeAmended"] = "NoticeAmended"
    article: Word = "37(2-1)"
    rule: Word = "A1"
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode | None = None
    expected: Instant
    submitted: Instant
    received: Instant | None = None
    instead_of: CheckpointCode | None = None
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
    counts: bool = False
    stated_by: Stater | None = None


class NoticeCorrected(_NoticeAnew):
    """The notice, or its amendment, that was given at `corrects`, is as it stands here, at `submitted`.

    `instead_of` is the checkpoint that it was stated for, where that was wrong.
    """

    type: Literal["NoticeCorrected"] = "NoticeCorrected"
    article: Word = "37(2-1)"
    rule: Word = "A1"
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode | None = None
    expected: Instant
    submitted: Instant
    received: Instant | None = None
    corrects: Instant
    instead_of: CheckpointCode | None = None
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
    counts: bool = False
    stated_by: Stater | None = None


class NoticeWithdrawn(_NoticeAnew):
    """No notice of that checkpoint, and no amendment of one, was given at `withdraws`."""

    type: Literal["NoticeWithdrawn"] = "NoticeWithdrawn"
    article: Word = "37(2-1)"
    rule: Word = "A1"
    movement: MovementId
    checkpoint: CheckpointCode | None = None
    withdraws: Instant


class JourneyCorrected(_Anew):
    """What was said of the journey at `corrects` is as it stands here, at `stated`."""

    type: Literal["JourneyCorrected"] = "JourneyCorrected"
    article: Word = "38"
    rule: Word = "P10"
    movement: MovementId
    mode: Mode
    journey: Journey
    stated: Instant
    corrects: Instant
    stated_by: Stater | None = None


class JourneyWithdrawn(_Anew):
    """Nothing was said of the journey at `withdraws`: what was said before counts again."""

    type: Literal["JourneyWithdrawn"] = "JourneyWithdrawn"
    article: Word = "38"
    rule: Word = "P10"
    movement: MovementId
    withdraws: Instant


class JourneyChanged(Event):
    """The journey leads, or led, otherwise than was said before; the whole of it stands here.

    `stated` is when that was said: what was said last counts. `consignments` are those that are to hear of it; `again`:
    it was said before, and only these have not heard of it; `anew`: by all that was said together it leads so.
    """

    type: Literal["JourneyChanged"] = "JourneyChanged"
    article: Word = "38"
    rule: Word = "P10"
    movement: MovementId
    mode: Mode | None = None
    journey: Journey
    stated: Instant | None = None
    consignments: tuple[ConsignmentId, ...] = ()
    again: bool = False
    anew: bool = False
    stated_by: Stater | None = None


class BorderCrossed(Event):
    """A vehicle crossed the customs border; `arrived` stands in it only where its arrival was recorded before.

    `elsewhere` is where, if that is no checkpoint, and `border` which border it crossed.
    `further` are other places that it had come to, `stopped` the stops on record by then. `non_stop`: a ship or an
    aircraft that is said to cross the country without a stop. `notice_due`: the place owed a notice.
    `whereabouts` are those of each vehicle that the journey was ever said to be made with, as they stand then.
    """

    type: Literal["BorderCrossed"] = "BorderCrossed"
    article: Word = "5(1)(21)(a)"
    rule: Word = "A9"
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode | None = None
    elsewhere: Elsewhere | None = None
    border: Border = "state"
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
    stated_by: Stater | None = None
    whereabouts: tuple[Whereabouts, ...] | None = None


class CrossingCorrected(Event):
    """The crossing that was stated for `corrects` is as it stands here, at `crossed`.

    Its fields are as in `BorderCrossed`, but for `arrived`, which are all places. `left` are the consignments
    that its papers named before and do not name: they had not crossed with it.
    """

    type: Literal["CrossingCorrected"] = "CrossingCorrected"
    article: Word = "5(1)(21)(a)"
    rule: Word = "A9"
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode | None = None
    elsewhere: Elsewhere | None = None
    border: Border = "state"
    crossed: Instant
    corrects: Instant
    non_stop: bool = False
    vehicle: MeansOfTransport | None = None
    carried_by: MovementId | None = None
    seals: tuple[Seal, ...] = ()
    papers: tuple[Papers, ...] = ()
    notice_due: bool = False
    arrived: tuple[Arrived, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    left: tuple[ConsignmentId, ...] = ()
    reason: Text | None = None
    stated_by: Stater | None = None
    whereabouts: tuple[Whereabouts, ...] | None = None


class CrossingWithdrawn(Event):
    """The vehicle did not cross, as was stated for `withdraws`, and neither did the consignments, which hear of it."""

    type: Literal["CrossingWithdrawn"] = "CrossingWithdrawn"
    article: Word = "5(1)(21)(a)"
    rule: Word = "A9"
    movement: MovementId
    withdraws: Instant
    consignments: tuple[ConsignmentId, ...] = ()
    reason: Text | None = None
    whereabouts: tuple[Whereabouts, ...] | None = None


class VehicleArrived(Event):
    """A vehicle came to a checkpoint; the consignments are those that crossed with it, as far as recorded by then.

    `work` is what was done with goods there, and `unloads` which were unloaded, as it happened; None is as planned for
    that place. `corrects` is when it was said before to have arrived there, or at `instead_of`, where that was another
    place: then this stands in the place of that. `left` are consignments that had not come there, as was said before.
    `notice_due`: the place owed a notice. `call`: which call there it is, where that was stated.
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
    instead_of: CheckpointCode | None = None
    consignments: tuple[ConsignmentId, ...] = ()
    left: tuple[ConsignmentId, ...] = ()
    reason: Text | None = None
    stated_by: Stater | None = None
    whereabouts: tuple[Whereabouts, ...] | None = None
    call: CallNumber | None = None


class ArrivalWithdrawn(Event):
    """The vehicle did not come to that checkpoint, as was stated for `withdraws`; the consignments hear of it."""

    type: Literal["ArrivalWithdrawn"] = "ArrivalWithdrawn"
    article: Word = "37(1)"
    rule: Word = "P10"
    movement: MovementId
    checkpoint: CheckpointCode
    withdraws: Instant
    consignments: tuple[ConsignmentId, ...] = ()
    reason: Text | None = None
    whereabouts: tuple[Whereabouts, ...] | None = None


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


class VehicleSighted(Event):
    """Where a vehicle was on one of its journeys, as far as is stated by now; it stands in the place of what was told.

    `vehicle` is the id of the vehicle's own stream, one for each identity however spelt.
    """

    type: Literal["VehicleSighted"] = "VehicleSighted"
    article: Word = "37(1)"
    rule: Word = "P10"
    vehicle: VehicleId
    kind: IdentityKind
    identity: Number
    nationality: Country | None = None
    movement: MovementId
    seen: tuple[Seen, ...] = ()


class VehicleAtTwoPlaces(Event):
    """By two of its journeys a vehicle was at two posts at times that cannot both be true; told to `movement`."""

    type: Literal["VehicleAtTwoPlaces"] = "VehicleAtTwoPlaces"
    article: Word = "37(1)"
    rule: Word = "P10"
    vehicle: VehicleId
    movement: MovementId
    findings: tuple[Finding, ...]


class VehicleAtTwoPlacesWithdrawn(Event):
    """What of these findings does not hold, by what its journeys say since."""

    type: Literal["VehicleAtTwoPlacesWithdrawn"] = "VehicleAtTwoPlacesWithdrawn"
    article: Word = "37(1)"
    rule: Word = "P10"
    vehicle: VehicleId
    movement: MovementId
    findings: tuple[Finding, ...]


class WhereaboutsFindingsRecorded(Event):
    """A vehicle was at a post that was not open then, or not for its mode; or at two at times that cannot be true.

    `vehicle` is the vehicle of which another journey says the other place; without it both stand in this one.
    """

    type: Literal["WhereaboutsFindingsRecorded"] = "WhereaboutsFindingsRecorded"
    article: Word = "37(1)"
    rule: Word = "P10"
    movement: MovementId
    vehicle: VehicleId | None = None
    findings: tuple[Finding, ...]


class WhereaboutsFindingsWithdrawn(Event):
    """What of the findings on a vehicle's whereabouts does not hold, by what was recorded after them."""

    type: Literal["WhereaboutsFindingsWithdrawn"] = "WhereaboutsFindingsWithdrawn"
    article: Word = "37(1)"
    rule: Word = "P10"
    movement: MovementId
    vehicle: VehicleId | None = None
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


class ExemptionWithdrawn(_OfOne):
    """The chapter on arrival applies: it does to the crossing as it stands now, or there was none.

    `exemption` is what was recorded of it before.
    """

    type: Literal["ExemptionWithdrawn"] = "ExemptionWithdrawn"
    article: Word = "37(3)"
    rule: Word = "A7"
    exemption: Exemption


class StopRecorded(_OfOne):
    """A ship or an aircraft that was not to stop did stop; what that means is the officer's decision.

    With `corrects` it stands in the place of a stop that was stated for then, there or at `instead_of`. `consignments`
    are those on it that are to hear of it, as far as recorded by then.
    """

    type: Literal["StopRecorded"] = "StopRecorded"
    article: Word = "37(3)"
    rule: Word = "A8"
    place: CheckpointCode
    stopped: Instant
    exemption_lost: bool = False
    present_at: CheckpointCode | None = None
    corrects: Instant | None = None
    instead_of: CheckpointCode | None = None
    consignments: tuple[ConsignmentId, ...] = ()
    reason: Text | None = None
    stated_by: Stater | None = None


class ExemptionLost(_OfOne):
    """By the officer's decision the chapter on arrival applies after a stop, and there vehicle and goods are shown."""

    type: Literal["ExemptionLost"] = "ExemptionLost"
    article: Word = "37(3)"
    rule: Word = "A8"
    present_at: CheckpointCode
    stopped: Instant
    consignments: tuple[ConsignmentId, ...] = ()


class StopWithdrawn(_OfOne):
    """A vehicle did not stop there, as was stated for `withdraws`; goods hear it, too, where they were not aboard."""

    type: Literal["StopWithdrawn"] = "StopWithdrawn"
    article: Word = "37(3)"
    rule: Word = "A8"
    place: CheckpointCode
    withdraws: Instant
    consignments: tuple[ConsignmentId, ...] = ()
    reason: Text | None = None


class ExemptionLossWithdrawn(_OfOne):
    """The decision on a stop, by which the chapter on arrival applied, is gone with the stop, or was not that one."""

    type: Literal["ExemptionLossWithdrawn"] = "ExemptionLossWithdrawn"
    article: Word = "37(3)"
    rule: Word = "A8"
    present_at: CheckpointCode
    stopped: Instant
    consignments: tuple[ConsignmentId, ...] = ()


class ConsignmentAnnounced(Event):
    """A notice named this consignment; `unloaded_at` are the places where, by its journey, it is unloaded.

    `unloading_calls` says which calls there these are, where not all are the first.
    `submitted` is when the notice was given: of what was said of a journey the last counts. `papers` inform, and
    nothing is measured by them: that is done by those of the crossing. With `instead_of` it stands in the place of
    what was announced then, and how the journey leads is told behind it.
    """

    type: Literal["ConsignmentAnnounced"] = "ConsignmentAnnounced"
    article: Word = "37(2-1)"
    rule: Word = "A1"
    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode | None = None
    expected: Instant
    submitted: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()
    unloading_calls: tuple[CallNumber, ...] = ()
    papers: Papers | None = None
    instead_of: Instant | None = None
    told_as: ConsignmentId | None = None


class ConsignmentAnnouncementWithdrawn(Event):
    """The notice of that checkpoint names this consignment no more, as it did at `withdraws`, or there is none."""

    type: Literal["ConsignmentAnnouncementWithdrawn"] = "ConsignmentAnnouncementWithdrawn"
    article: Word = "37(2-1)"
    rule: Word = "A1"
    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode | None = None
    withdraws: Instant | None = None


class GoodsJourneyChanged(Event):
    """The journey of the vehicle with these goods leads otherwise than was said; `stated` is when it was said.

    With `anew` it counts whatever was said last: that was put right, or taken back.
    """

    type: Literal["GoodsJourneyChanged"] = "GoodsJourneyChanged"
    article: Word = "38"
    rule: Word = "P10"
    consignment: ConsignmentId
    movement: MovementId
    mode: Mode | None = None
    stated: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()
    unloading_calls: tuple[CallNumber, ...] = ()
    anew: bool = False
    told_as: ConsignmentId | None = None


class GoodsJourneyWithdrawn(Event):
    """Nothing of what was said of the vehicle's journey concerns these goods any more.

    `joined_into`: what concerned them is told under that name of the vehicle.
    """

    type: Literal["GoodsJourneyWithdrawn"] = "GoodsJourneyWithdrawn"
    article: Word = "38"
    rule: Word = "P10"
    consignment: ConsignmentId
    movement: MovementId
    joined_into: MovementId | None = None


class _OnPaper(Event):
    """Goods by their papers of the crossing, where there were any."""

    papers: Papers | None = None

    @property
    def packages(self) -> Packages | None:
        """As the papers state them."""
        return self.papers.packages if self.papers else None

    @property
    def goods(self) -> tuple[GoodsLine, ...]:
        """As the papers name them."""
        return self.papers.goods if self.papers else ()


class GoodsCrossed(_OnPaper):
    """The goods of this consignment crossed the customs border: their import begins."""

    type: Literal["GoodsCrossed"] = "GoodsCrossed"
    article: Word = "5(1)(21)(a)"
    rule: Word = "F4"
    consignment: ConsignmentId
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode | None = None
    border: Border = "state"
    crossed: Instant
    non_stop: bool = False
    told_as: ConsignmentId | None = None


class GoodsCrossingCorrected(_OnPaper):
    """The crossing of these goods with this vehicle, stated for `corrects`, is as it stands here, at `crossed`."""

    type: Literal["GoodsCrossingCorrected"] = "GoodsCrossingCorrected"
    article: Word = "5(1)(21)(a)"
    rule: Word = "F4"
    consignment: ConsignmentId
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode | None = None
    border: Border = "state"
    crossed: Instant
    corrects: Instant
    non_stop: bool = False
    told_as: ConsignmentId | None = None


class GoodsCrossingWithdrawn(Event):
    """The goods did not cross with this vehicle, as was stated for `withdraws`."""

    type: Literal["GoodsCrossingWithdrawn"] = "GoodsCrossingWithdrawn"
    article: Word = "5(1)(21)(a)"
    rule: Word = "F4"
    consignment: ConsignmentId
    movement: MovementId
    withdraws: Instant


class GoodsArrived(Event):
    """The vehicle with which the goods crossed came to a checkpoint; `unloaded`: the goods left it there.

    None is as planned for that call. With `corrects` it stands in the place of what was said of an arrival then, there
    or at `instead_of`.
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
    instead_of: CheckpointCode | None = None
    told_as: ConsignmentId | None = None
    call: CallNumber | None = None


class GoodsArrivalWithdrawn(Event):
    """The goods did not come to that checkpoint with this vehicle, as was stated for `withdraws`."""

    type: Literal["GoodsArrivalWithdrawn"] = "GoodsArrivalWithdrawn"
    article: Word = "37(1)"
    rule: Word = "F8"
    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    withdraws: Instant


class GoodsLeft(Event):
    """A movement was joined into another; these goods, which it told of itself, are that one's now, and forget this."""

    type: Literal["GoodsLeft"] = "GoodsLeft"
    article: Word = "8(1)"
    rule: Word = "F19"
    movement: MovementId
    into: MovementId
    consignments: tuple[ConsignmentId, ...] = ()


EVENTS: tuple[type[Event], ...] = (
    *defined_in(__name__), ArrivalInformed, VehicleArrivedElsewhere, ArrivalElsewhereWithdrawn, StopUndecided,
    StopUndecidedWithdrawn, StatementDiffers, LinkAsked, LinkMade, LinkRefused, FactsPassedOn,
)  # fmt: skip
