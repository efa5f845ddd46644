"""Late facts: the same facts in any order of recording, across a day's outage and more, end in the same findings.

Each fact happens once, at its own instant, and is recorded at that instant or later; deadlines fire before whatever is
recorded after them. What was found too early may be withdrawn on the way; what stands in the end may not differ.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrival.consignment import consignment as arrival_consignment
from arrival.movement import movement as arrival_movement
from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.notice import NotifyArrival
from clearance.acceptance import AcceptDeclaration
from clearance.consignment import consignment as clearance
from clearance.declaration import LodgeDeclaration
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.export import RecordImmediateExport, left_by
from clearance.payments import RecordPayment
from clearance.placement import PlaceInStorage
from contracts.arrival import ArrivalNotified, BorderCrossed, ConsignmentAnnounced, GoodsCrossed
from contracts.clearance import DeclarationLodged, ImportProhibited, PaymentAssessed, PaymentReceived
from contracts.event import Event
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.presentation import CheckpointDetermined, GoodsPresented
from contracts.tests.kit import sealed
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from decider import Aggregate
from decider.tests.kit import Said, at, facts, folded, live
from presentation.consignment import consignment as presentation
from presentation.consignment.presentation import PresentGoods
from presentation.movement import movement as vehicles
from presentation.movement.presentation import PresentVehicle
from release.consignment import consignment as release
from release.regime import EndRegime
from release.release import ReleaseGoods

LORRY = MeansOfTransport(kind="registration_plate", identity="TM 1")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ACT_COMES = datetime(2019, 12, 27, 7, tzinfo=UTC)  # Five days later the act that forbids bombs comes into force.
START = datetime(2026, 3, 1, 7, tzinfo=UTC)
DELAYS = (timedelta(), HOUR, DAY, 6 * DAY)
BOMBS, WATER = "930690100", "220110110"


class Fact(NamedTuple):
    content: Any
    occurred: datetime


Order = list[tuple[Fact, timedelta]]
SHORT, LONG = settings(max_examples=300, deadline=None), settings(max_examples=3000, deadline=None)


def instants(number: int, start: datetime) -> st.SearchStrategy[list[datetime]]:
    """So many instants, no two the same, within ten days, one in four at the very end of a day."""
    quarters = st.lists(st.integers(0, 40), min_size=number, max_size=number, unique=True)
    return quarters.map(lambda each: [start + quarter * DAY / 4 for quarter in each])


@st.composite
def orders(draw: st.DrawFn, contents: Sequence[Any], start: datetime = START) -> Order:
    """Facts in an order of recording, each with what it is late by at least."""
    facts = [_dated(*pair) for pair in zip(contents, draw(instants(len(contents), start)), strict=True)]
    return [(fact, draw(st.sampled_from(DELAYS))) for fact in draw(st.permutations(facts))]


def _dated(content: Any, instant: datetime) -> Fact:
    """An event of another author says itself when it happened."""
    for field in ("crossed", "accepted", "arrived", "submitted", "stated", "stopped", "decided"):
        if isinstance(content, Event) and hasattr(content, field):
            return Fact(content.model_copy(update={field: instant}), instant)
    return Fact(content, instant)


def said(order: Order) -> list[Said]:
    """Nothing is recorded before it happened, nor before what was recorded already."""
    found: list[Said] = []
    for fact, delay in order:
        recorded = max([fact.occurred + delay, *(each.recorded for each in found[-1:])])
        found.append(Said(content=fact.content, occurred=fact.occurred, recorded=recorded))
    return found


def as_it_happened(order: Order) -> list[Said]:
    facts = sorted((fact for fact, _ in order), key=lambda fact: fact.occurred)
    return [Said(content=fact.content, occurred=fact.occurred, recorded=fact.occurred) for fact in facts]


def ends(decider: Aggregate[Any], order: Order) -> tuple[Any, Any]:
    """The two last states: as recorded in this order, and as it happened."""
    end = at_last(order)
    return live(decider, said(order), end)[0], live(decider, as_it_happened(order), end)[0]


def at_last(order: Order) -> datetime:
    """Until when time goes on after all is recorded."""
    return max(each.recorded for each in said(order)) + 5 * DAY


def crossed(movement: str, *codes: str, packages: int = 12, place: str = "FRP-MIX") -> GoodsCrossed:
    return GoodsCrossed(
        consignment="C1", movement=movement, direction="in", mode="road", place=place, crossed=START,
        papers=Papers(consignment="C1", packages=packages, goods=tuple(GoodsLine(code=code) for code in codes)),
    )  # fmt: skip


# --- clearance: the prohibition, the order to leave, the storage and its term (Art. 7(1)) ---

KEPT_IN = RecordImmediateExport(consignment="C1", done=False)
STORE = PlaceInStorage(consignment="C1", place="Farap, store 2")
TAKEN_OUT = RecordImmediateExport(consignment="C1")
DECLARED = LodgeDeclaration(
    consignment="C1", declarant="Sample Imports", form="declaration", regime="transit",
    items=(GoodsItem(code=BOMBS), GoodsItem(code=WATER)),
)  # fmt: skip
FOUND = DecideOnGoodsInDoubt(consignment="C1", code=BOMBS, evidence=("examination",))
FOUND_SO = DecideOnGoodsInDoubt(consignment="C1", item=1, code=WATER, origin="UZ", evidence=("examination",))
ACCEPTED = AcceptDeclaration(consignment="C1")
PAID = RecordPayment(consignment="C1", amount=Decimal("10.00"), reference="T-1")
SHOWN = GoodsPresented(consignment="C1", checkpoint="FRP-MIX")
BEFORE_OR_IN_FORCE = st.lists(
    st.sampled_from(
        [
            KEPT_IN, STORE, TAKEN_OUT, crossed("M1", BOMBS), crossed("M2"), DECLARED, ACCEPTED, PAID, SHOWN, FOUND,
            FOUND_SO,
        ]
    ),
    min_size=3,
    unique_by=repr,
).flatmap(lambda contents: orders(contents, ACT_COMES))  # fmt: skip
STORED = st.lists(st.sampled_from([KEPT_IN, STORE, TAKEN_OUT, SHOWN, crossed("M2")]), max_size=3).flatmap(
    lambda more: orders([crossed("M1", BOMBS), FOUND, STORE, TAKEN_OUT, *more])
)
SHELLS, POLYMERS = "930690900", "391530900"
"""An act sets a term for the storage of the first, and for that of the second where it is of one origin."""
OF_TWO_ORIGINS = (GoodsLine(code=WATER), GoodsLine(code=POLYMERS, origin="XA"))
TERMS = st.lists(
    st.sampled_from(
        [
            KEPT_IN,
            STORE,
            TAKEN_OUT,
            SHOWN,
            FOUND,
            DecideOnGoodsInDoubt(consignment="C1", item=1, origin="XA", evidence=("origin_proof",)),
            crossed("M1", BOMBS, SHELLS),
            crossed("M2", WATER).model_copy(
                update={"papers": Papers(consignment="C1", goods=OF_TWO_ORIGINS)}
            ),
            LodgeDeclaration(
                consignment="C1", declarant="Sample Imports", form="declaration", regime="transit",
                items=(GoodsItem(code=POLYMERS, origin="UZ"), GoodsItem(code=SHELLS)),
            ),
        ]
    ),
    min_size=3,
    unique_by=repr,
).flatmap(orders)  # fmt: skip


def stands(state: Any) -> dict[str, Any]:
    """What clearance has found and not withdrawn."""
    return {
        "prohibitions": state.measures.prohibitions,
        "doubts": state.declared.doubts,
        "export": (state.export.ordered, state.export.done, state.export.left),
        "stored": state.storage.terms,
        "ended": state.storage.ended,
        "ready": (state.readiness.items, state.readiness.as_a_whole),
        "due": clearance.due(state),
        "open": clearance.open_points(state),
    }


def _clearance(order: Order) -> None:
    late, prompt = ends(clearance, order)
    assert stands(late) == stands(prompt)
    storage, export = late.storage, late.export
    past = [each for each in storage.terms if each.until < at_last(order)]
    kept = [each for each in past if left_by(each.until, each.codes, late.measures, export)]
    assert storage.ended == (tuple(each for each in past if each not in kept) if export.ordered else ())


@SHORT
@given(order=BEFORE_OR_IN_FORCE)
def test_late_facts_goods_are_prohibited_or_not_alike_in_any_order_of_recording(order: Order) -> None:
    _clearance(order)


@SHORT
@given(order=STORED)
def test_late_facts_the_storage_of_goods_ends_alike_in_any_order_of_recording(order: Order) -> None:
    _clearance(order)


@SHORT
@given(order=TERMS)
def test_late_facts_each_kind_of_goods_has_its_term_alike_in_any_order_of_recording(order: Order) -> None:
    _clearance(order)


@pytest.mark.long
@LONG
@given(order=BEFORE_OR_IN_FORCE | STORED | TERMS)
def test_late_facts_prohibited_goods_and_their_storage_in_many_more_cases(order: Order) -> None:
    _clearance(order)


# --- presentation: where and how the goods were shown, measured by what had crossed (Art. 37(2)) ---

SHOW = PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=12)
OF_PRESENTATION = st.lists(
    st.sampled_from(
        [
            SHOW,
            PresentGoods(consignment="C1", checkpoint="SRK-MIX", packages_found=20, packaging_breached=True),
            crossed("M1"),
            crossed("M2", packages=8, place="SRK-MIX"),
            crossed("M3", packages=1, place="TLM-ROD"),
            ConsignmentAnnounced(consignment="C1", movement="M1", checkpoint="SRK-MIX", mode="road", expected=START),
        ]
    ),
    min_size=2,
    unique_by=repr,
)


OF_VEHICLES = st.lists(
    st.sampled_from(
        [
            PresentVehicle(movement="M1", checkpoint="FRP-MIX", seals_found_intact=("S1",)),
            PresentVehicle(movement="M1", checkpoint="SRK-MIX", seals_found_intact=("S1", "S2")),
            BorderCrossed(
                movement="M1",
                direction="in",
                mode="road",
                place="FRP-MIX",
                crossed=START,
                seals=sealed("S1", "S2"),
            ),
            ArrivalNotified(
                movement="M1",
                checkpoint="SRK-MIX",
                mode="road",
                expected=START,
                vehicle=LORRY,
                carrier="Sample",
            ),
        ]
    ),
    min_size=2,
    unique_by=repr,
)


def counts(state: Any) -> Any:
    """All but the showings that came after the one that counts, which are on record where they were recorded first."""
    shown, found = state.presentation.shown, state.presentation.findings
    return facts([state.arrival, state.checkpoint, (shown,), found])


def _presentation(order: Order) -> None:
    late, prompt = ends(presentation, order)
    assert counts(late) == counts(prompt)
    assert presentation.open_points(late) == presentation.open_points(prompt)


@SHORT
@given(order=OF_VEHICLES.flatmap(orders))
def test_late_facts_vehicles_are_found_alike_in_any_order_of_recording(order: Order) -> None:
    late, prompt = ends(vehicles, order)
    assert counts(late) == counts(prompt)


@SHORT
@given(order=OF_PRESENTATION.flatmap(orders))
def test_late_facts_goods_are_found_alike_in_any_order_of_recording(order: Order) -> None:
    _presentation(order)


@pytest.mark.long
@LONG
@given(order=OF_PRESENTATION.flatmap(orders))
def test_late_facts_goods_are_found_alike_in_many_more_cases(order: Order) -> None:
    _presentation(order)


# --- release: its findings, its grounds that came later, its completion (Arts 5(1)(20), 7(1), 29(2)) ---

PROHIBITED = ImportProhibited(consignment="C1", codes=(BOMBS,), act="ACT-1", citation="Act 1", layer="by-law")
RELEASE = ReleaseGoods(consignment="C1", regime="transit", runs_for_a_term=True)
OF_RELEASE = st.lists(
    st.sampled_from(
        [
            RELEASE,
            EndRegime(consignment="C1"),
            crossed("M1"),
            crossed("M2"),
            CheckpointDetermined(consignment="C1", checkpoint="FRP-MIX", basis="facts"),
            DeclarationLodged(
                consignment="C1", declarant="Sample Imports", form="declaration", items=(), regime="transit",
                lodged=START,
            ),
            PaymentAssessed(
                consignment="C1", duties=Decimal(1), taxes=Decimal(0), fees=Decimal(0), total=Decimal(1)
            ),
            PaymentReceived(consignment="C1", amount=Decimal(1), reference="T-1"),
            PROHIBITED,
        ]
    ),
    min_size=2,
    unique_by=repr,
)  # fmt: skip


def _release(order: Order) -> None:
    """Whether goods are released is decided by the grounds on record when it is asked; all else by the facts."""
    contents = [fact.content for fact, _ in order]
    late, prompt = ends(release, order)
    if facts(late.released) == facts(prompt.released):
        assert facts(late) == facts(prompt)
    forbidden_before = PROHIBITED in contents[: contents.index(RELEASE)] if RELEASE in contents else False
    assert bool(late.released.parts) == (RELEASE in contents and not forbidden_before)
    codes = [dict(ground.facts)["codes"] for ground in late.after.grounds]
    assert codes == ([(BOMBS,)] if late.released.parts and PROHIBITED in contents else [])


@SHORT
@given(order=OF_RELEASE.flatmap(orders))
def test_late_facts_a_release_is_judged_and_completed_alike_in_any_order_of_recording(order: Order) -> None:
    _release(order)


@pytest.mark.long
@LONG
@given(order=OF_RELEASE.flatmap(orders))
def test_late_facts_a_release_is_judged_and_completed_alike_in_many_more_cases(order: Order) -> None:
    _release(order)


# --- arrival: what was announced and what came, of each vehicle and of each consignment (Art. 37) ---


def acts(movement: str, place: str) -> tuple[Any, ...]:
    notice = NotifyArrival(
        movement=movement, checkpoint=place, mode="road", expected=START, vehicle=LORRY, carrier="Sample Haulage",
        journey=(Call(place=place),), consignments=("C1", "C2"),
    )  # fmt: skip
    papers = (Papers(consignment="C1", packages=12), Papers(consignment="C3"))
    crossing = RecordCrossing(movement=movement, direction="in", mode="road", place=place, papers=papers)
    return notice, crossing, RecordArrival(movement=movement, checkpoint=place)


OF_ARRIVAL = st.lists(
    st.sampled_from([*acts("M1", "FRP-MIX"), *acts("M2", "SRK-MIX")]), min_size=2, unique_by=repr
).flatmap(orders)


def recorded_by_arrival(order: Sequence[Said]) -> tuple[dict[str, Any], set[str]]:
    """Every state, and every fact on record of the consignments, with when it happened."""
    states: dict[str, Any] = {}
    on_record: set[str] = set()

    def tell(decider: Aggregate[Any], stream: str, content: Any, occurred: datetime) -> None:
        state = states.get(stream, decider.INITIAL)
        events = decider.decide(at(decider, occurred, content), state)
        states[stream] = folded(decider, state, *events)
        for event in events:
            for target, command in decider.react(event) if decider is arrival_movement else ():
                tell(arrival_consignment, target, command, event.occurred or occurred)
            if decider is arrival_consignment:
                on_record.add(repr((event.occurred or occurred, event.model_copy(update={"occurred": None}))))

    for each in order:
        tell(arrival_movement, f"movement/{each.content.movement}", each.content, each.occurred)
    return states, on_record


@SHORT
@given(order=OF_ARRIVAL)
def test_late_facts_what_arrived_is_on_record_alike_in_any_order_of_recording(order: Order) -> None:
    assert recorded_by_arrival(said(order)) == recorded_by_arrival(as_it_happened(order))
