"""A rule that is added, changed or ended later says nothing of what was on record before: the log stays as it is.

Every decider is asked, with every rule that it goes by. A journal of yesterday is decided again under the rulebook of
today, and then something comes in that concerns nobody.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from inspect import getclosurevars
from pkgutil import resolve_name
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.consignment.crossing import RecordGoodsCrossing
from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.notice import NotifyArrival
from arrival.vehicle.sightings import RecordSightings
from clearance.declaration import AmendDeclaration, LodgeDeclaration
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.permits import PresentPermit
from clearance.placement import PlaceInStorage
from contracts.arrival import BorderCrossed, Chapter8NotApplicable, GoodsArrived, GoodsCrossed
from contracts.clearance import (
    AgencyApprovalGranted,
    AgencyApprovalRequested,
    DeclarationAmended,
    DeclarationLodged,
    DeclarationWithdrawn,
    ImportProhibited,
    PaymentAssessed,
    RestrictionOpened,
)
from contracts.doubts import GoodsInDoubt
from contracts.goods import GoodsItem
from contracts.papers import Container, GoodsLine, Papers
from contracts.seals import Seal, SealFound
from contracts.undecided import StopUndecided
from contracts.values import PermitLine
from contracts.vehicle import MeansOfTransport
from contracts.whereabouts import Seen
from decider import Due, Input, Subject
from decider.tests.kit import NOON, folded
from law import Finding
from law.calendar import EARLIEST, LATEST, day
from law.rule import SPEAKS, Speaks
from presentation.consignment.examination import ExamineGoods
from presentation.consignment.presentation import PresentGoods
from presentation.movement.determination import DetermineCheckpoint
from presentation.movement.examination import ExamineVehicle
from presentation.movement.presentation import PresentVehicle
from release.regime import EndRegime
from release.release import Given, ReleaseGoods
from release.use import ReportUse
from tests.law.varied import content
from tests.orders.examples import Decided, decided

OFFICER = Subject("officer-1", "officer")
"""When customs was told, whenever that is recorded, is his to say."""
PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-1")

DECIDED = {each.name: each for each in decided()}
TODAY = NOON + timedelta(days=60)
"""From then on the rulebook is another one; all that is in a journal happened, and was recorded, before."""
NEVER, ALWAYS = Speaks(LATEST, LATEST, LATEST), Speaks(EARLIEST, LATEST, EARLIEST)
ADDED = {"in force": Speaks(TODAY, LATEST, EARLIEST), "known": Speaks(EARLIEST, LATEST, TODAY)}
ENDED = Speaks(EARLIEST, TODAY, EARLIEST)
HISTORIES, LENGTH_MAX, JOURNALS = 300, 10, 8


RARE: dict[str, list[Any]] = {
    "arrival/movement": [
        NotifyArrival(
            movement="M-1", checkpoint="ASB-AIR", mode="sea", expected=NOON, vehicle=PLANE, carrier="Alma Trade HJ",
            received=NOON - timedelta(hours=1),
        ),
        RecordArrival(movement="M-1", checkpoint="ASB-AIR", mode="sea"),
        NotifyArrival(movement="M-1", checkpoint="ASB-AIR", mode="air", expected=NOON),
        NotifyArrival(movement="M-1", checkpoint="HWD-ROD", mode="road", expected=NOON),
        RecordCrossing(movement="M-1", direction="in", mode="road", place="FRP-MIX"),
        RecordArrival(movement="M-1", checkpoint="TLM-ROD", mode="road"),
    ],
    "arrival/consignment": [
        RecordGoodsCrossing(
            consignment="C1", movement="M-1", direction="in", mode="air", crossed=NOON, non_stop=True,
            papers=Papers(consignment="C1"),
        ),
        RecordGoodsArrival(consignment="C1", movement="M-1", checkpoint="ASB-AIR", arrived=NOON, unloaded=True),
    ],
    "arrival/vehicle": [
        RecordSightings(
            vehicle="V-1", kind="registration_plate", identity="01 AG 1", movement=movement,
            seen=(Seen(place=place, at=NOON),),
        )
        for movement, place in (("M-1", "FRP-MIX"), ("M-2", "TLM-ROD"))
    ],
    "clearance/consignment": [
        GoodsCrossed(
            consignment="C1", movement="M-1", direction="in", mode="road", place="FRP-MIX", crossed=NOON,
            papers=Papers(
                consignment="C1",
                goods=(
                    GoodsLine(code="240220100", origin="XA"), GoodsLine(code="300490000"), GoodsLine(code="020230000"),
                    GoodsLine(code="930690100"), GoodsLine(code="080810000", origin="XA"),
                ),
            ),
        ),
        *(
            PresentPermit(
                consignment="C1", permit="medicine import permit", number=number, lines=lines, issued_by=issuer,
                valid_until=day(NOON) - timedelta(days=1) if number == "P-4" else None,
            )
            for number, issuer, lines in (
                ("P-1", "Sample Health Authority", (PermitLine(code="300490000", quantity="1", unit="kg"),)),
                ("P-2", "Sample Health Authority", (PermitLine(code="020230000", quantity="1", unit="kg"),)),
                ("P-3", "Somebody", (PermitLine(code="300490000", quantity="1", unit="kg"),)),
                ("P-4", "Sample Health Authority", (PermitLine(code="300490000", quantity="1", unit="kg"),)),
            )
        ),
        Chapter8NotApplicable(consignment="C1", movement="M-1", exemption="pipeline"),
        StopUndecided(consignment="C1", movement="M-1", checkpoint="ASB-AIR", arrived=NOON),
        LodgeDeclaration(
            consignment="C1", declarant="Alma Trade HJ", form="declaration",
            items=(
                GoodsItem(code="220110110", origin="XC"), GoodsItem(code="240220100"), GoodsItem(code="050710000"),
                GoodsItem(code="930690100"), GoodsItem(code="080810000", origin="KZ"),
            ),
        ),
        PlaceInStorage(consignment="C1", place="Farap, store 2"),
        LodgeDeclaration(
            consignment="C1", declarant="Alma Trade HJ", form="declaration",
            items=(GoodsItem(code="300490000", quantity="5", unit="kg"),),
        ),
    ],
    "presentation/consignment": [
        *(
            event
            for mode, place in (("sea", "TKB-SEA"), ("air", "ASB-AIR"))
            for event in (
                GoodsCrossed(consignment="C1", movement="M-1", direction="in", mode=mode, crossed=NOON),
                GoodsArrived(
                    consignment="C1", movement="M-1", mode=mode, checkpoint=place, arrived=NOON, unloaded=True
                ),
            )
        ),
        GoodsCrossed(
            consignment="C1", movement="M-1", direction="in", mode="road", place="FRP-MIX", crossed=NOON,
            papers=Papers(
                consignment="C1", packages=12, containers=(Container(number="K1", seals=(Seal(number="S1"),)),)
            ),
        ),
        PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=11, container_seals_intact=()),
        ExamineGoods(
            consignment="C1", checkpoint="FRP-MIX", packaging="breached", condition="changed",
            seals=(SealFound(number="S1", state="removed"),),
        ),
    ],
    "presentation/movement": [
        BorderCrossed(
            movement="M-1", direction="in", mode="road", place="FRP-MIX", crossed=NOON, seals=(Seal(number="S1"),)
        ),
        PresentVehicle(movement="M-1", checkpoint="SRK-MIX", seals_found_intact=()),
        DetermineCheckpoint(movement="M-1", checkpoint="FRP-MIX"),
        ExamineVehicle(movement="M-1", checkpoint="FRP-MIX", seals=(SealFound(number="S1", state="removed"),)),
    ],
    "release/consignment": [
        AgencyApprovalRequested(
            consignment="C1", layer="by-law", agency="veterinary", codes=("020230000",), act="A", citation="A 1"
        ),
        ImportProhibited(
            consignment="C1", layer="by-law", codes=("020230000",), act="B", citation="B 1", origin="XA"
        ),
        AgencyApprovalGranted(consignment="C1", agency="veterinary", reference="V-1", decided=NOON),
        ImportProhibited(
            consignment="C1", article="20(1)", rule="L7", layer="by-law", codes=("020230000",), act="A", citation="A 1",
            origin="XA",
        ),
        GoodsInDoubt(
            consignment="C1", findings=(Finding(rule="K6", article="22(4)", facts=(("papers", ("930690100",)),)),)
        ),
        ReleaseGoods(consignment="C1", regime="transit"),
        ReportUse(consignment="C1", use="use"),
        ReleaseGoods(consignment="C1", regime="transit", runs_for_a_term=True),
        EndRegime(consignment="C1"),
        ReleaseGoods(consignment="C1", regime="transit", items=(1,)),
        ReleaseGoods(consignment="C1", regime="transit", items=(3,)),
        ReleaseGoods(consignment="C1", regime="transit", runs_for_a_term=True),
        EndRegime(consignment="C1"),
        DeclarationLodged(
            consignment="C1", declarant="Alma Trade HJ", form="declaration", regime="transit", lodged=NOON,
            items=(GoodsItem(code="220110110"), GoodsItem(code="020230000")),
        ),
        DeclarationAmended(
            consignment="C1", declarant="Alma Trade HJ", form="declaration", regime="transit", items=(),
            amended=NOON + timedelta(days=1), replaces=NOON,
        ),
        DeclarationWithdrawn(consignment="C1", withdraws=NOON, withdrawn=NOON + timedelta(days=1)),
        PaymentAssessed(consignment="C1", duties=Decimal(0), taxes=Decimal(0), fees=Decimal(0), total=Decimal(0)),
        ImportProhibited(
            consignment="C1", article="20(1)", rule="L7", layer="by-law", codes=("020230000",), act="A", citation="A 1",
            origin="XA",
        ),
        ReleaseGoods(consignment="C1", regime="transit", runs_for_a_term=True),
        ImportProhibited(consignment="C1", layer="by-law", codes=("020230000",), act="C", citation="C 1"),
        ReleaseGoods(
            consignment="C1", regime="transit", given=Given(officer="FRP-1", post="FRP-MIX", reason="the line was cut")
        ),
        GoodsCrossed(consignment="C1", movement="M-1", direction="in", mode="road", place="FRP-MIX", crossed=NOON),
        RestrictionOpened(
            consignment="C1", layer="by-law", codes=("020230000",), permit="permit", act="D", citation="D 1"
        ),
        ReleaseGoods(consignment="C1", regime="transit", runs_for_a_term=True),
        PaymentAssessed(consignment="C1", duties=Decimal(0), taxes=Decimal(0), fees=Decimal(0), total=Decimal(0)),
        DeclarationLodged(
            consignment="C1", declarant="Alma Trade HJ", form="declaration", regime="free circulation", lodged=NOON,
            items=(GoodsItem(code="710812000"),),
        ),
        ReleaseGoods(consignment="C1", regime="free circulation", items=(1,)),
    ],
}  # fmt: skip
"""What chance brings together too seldom."""


ZERO = Decimal(0)
WORDED = DecideOnGoodsInDoubt(consignment="C1", item=1, code="300490000", evidence=("shipping_papers",))
IN_TIME: dict[str, list[list[tuple[Any, datetime]]]] = {
    "clearance/consignment": [
        [
            (
                LodgeDeclaration(
                    consignment="C1", declarant="Alma Trade HJ", form="declaration",
                    items=(GoodsItem(code="220110110"),),
                ),
                NOON - timedelta(days=3),
            ),
            (WORDED, NOON),
            (
                AmendDeclaration(
                    consignment="C1", declarant="Alma Trade HJ", items=(GoodsItem(code="020230000", origin="KZ"),)
                ),
                NOON + timedelta(hours=5),
            ),
        ]
    ],
    "release/consignment": [
        [
            (PaymentAssessed(consignment="C1", duties=ZERO, taxes=ZERO, fees=ZERO, total=ZERO), NOON),
            (ReleaseGoods(consignment="C1", regime="transit", runs_for_a_term=True), NOON),
        ]
    ],
}  # fmt: skip
"""Of which it counts what happened before what."""


class Decision(NamedTuple):
    """An input, and what it led to."""

    given: Input[Any]
    events: list[Any]


@dataclass(frozen=True)
class Nothing:
    """Something that concerns nobody."""


@cache
def histories(name: str) -> list[list[tuple[Any, datetime]]]:
    """Inputs of a decider, as they happened."""
    found: list[list[tuple[Any, datetime]]] = []
    occurred = st.sampled_from([NOON - timedelta(days=3), NOON, NOON + timedelta(hours=5)])
    anything, rare = content(DECIDED[name].decider), RARE.get(name)
    some = st.booleans().flatmap(lambda seldom: st.sampled_from(rare) if rare and seldom else anything)
    one = st.tuples(some, occurred)

    @settings(max_examples=HISTORIES, database=None, derandomize=True, phases=[Phase.generate], deadline=None)
    @given(inputs=st.lists(one, min_size=3, max_size=LENGTH_MAX))
    def draw(inputs: list[tuple[Any, datetime]]) -> None:
        found.append(inputs)

    draw()
    in_turn = [(each, NOON) for each in rare or ()]
    return [
        *found,
        *IN_TIME.get(name, ()),
        *(in_turn[number:] + in_turn[:number] for number in range(len(in_turn))),
        in_turn[::-1],
    ]


def recorded(of: Decided, inputs: Sequence[tuple[Any, datetime]]) -> list[Decision]:
    """The journal of these inputs, one a day, and of something that concerns nobody, after today."""
    given = [asked(of, each, when, number) for number, (each, when) in enumerate(inputs)]
    after = TODAY + timedelta(days=1)
    nothing = Input(stream=f"{of.kind.name}/C1", content=Nothing(), occurred=after, recorded=after, subject=OFFICER)
    return [*decisions(of, [*given, nothing])]


def asked(of: Decided, content: Any, occurred: datetime, day: int) -> Input[Any]:
    stream = f"{of.kind.name}/{getattr(content, of.kind.name, None) or 'C1'}"
    return Input(
        stream=stream, content=content, occurred=occurred, recorded=NOON + timedelta(days=day), subject=OFFICER
    )


def decisions(of: Decided, inputs: Sequence[Input[Any]], before: Sequence[Decision] = ()) -> Iterator[Decision]:
    """What each leads to; the state follows from what stands on record, where something does."""
    state = of.kind.initial
    for number, each in enumerate(inputs):
        if type(each.content).__name__ in of.kind.hears:
            state = folded(of.kind, state, each.content, recorded=each.recorded)
        events = of.kind.decide(each, state)
        yield Decision(each, events)
        if isinstance(each.content, Due):
            state = folded(of.kind, state, each.content, recorded=each.recorded)
        on_record = before[number].events if number < len(before) else events
        state = folded(of.kind, state, *on_record, recorded=each.recorded)


def stands(of: Decided, journal: Sequence[Decision]) -> bool:
    """Whether the journal is decided again as it was."""
    return [*decisions(of, [each.given for each in journal], journal)] == [*journal]


@contextmanager
def speaking(rule: str, speaks: Speaks) -> Iterator[None]:
    """The rule has these dates."""
    before = SPEAKS[rule]
    SPEAKS[rule] = speaks
    try:
        yield
    finally:
        SPEAKS[rule] = before


@contextmanager
def changed(rule: str, since: datetime) -> Iterator[None]:
    """Of facts of then and later another version of it says nothing."""
    dated = resolve_name(rule)
    names: tuple[str, ...] = dated.__code__.co_freevars
    cell, silence = dated.__closure__[names.index("function")], getclosurevars(dated).nonlocals["silence"]
    before: Callable[..., Any] = cell.cell_contents

    def otherwise(fact: Any, *rest: Any, **named: Any) -> Any:
        said = before(fact, *rest, **named)
        if fact.occurred < since and fact.recorded < since:
            return said
        return silence

    cell.cell_contents = otherwise
    try:
        yield
    finally:
        cell.cell_contents = before


def rules_of(of: Decided) -> list[str]:
    """Those of its service."""
    service = of.name.partition("/")[0]
    return [rule for rule in SPEAKS if rule.startswith((f"{service}.", f"{service}:"))]


@cache
def heeded(name: str) -> dict[str, list[list[Decision]]]:
    """By rule, journals of yesterday that are others without it, a few of each."""
    of, found = DECIDED[name], dict[str, list[list[Decision]]]()
    for inputs in histories(name):
        journal = recorded(of, inputs)
        for rule in rules_of(of):
            with speaking(rule, NEVER):
                if len(found.get(rule, ())) < JOURNALS and not stands(of, journal):
                    found.setdefault(rule, []).append(journal)
    return found


def again(of: Decided, journal: Sequence[Decision]) -> list[Decision]:
    """The journal of the same inputs."""
    return [*decisions(of, [each.given for each in journal])]


@pytest.mark.parametrize("name", DECIDED)
def test_a_rule_that_is_added_says_nothing_of_what_was_on_record(name: str) -> None:
    of = DECIDED[name]
    for rule, journals in heeded(name).items():
        for journal in journals:
            with speaking(rule, NEVER):
                yesterday = again(of, journal)
            for how, speaks in ADDED.items():
                with speaking(rule, speaks):
                    assert stands(of, yesterday), f"{rule}, {how} from {TODAY}"
            with speaking(rule, ALWAYS):
                assert not stands(of, yesterday), f"{rule} says nothing of {yesterday}"


@pytest.mark.parametrize("name", DECIDED)
def test_a_rule_that_is_ended_leaves_what_it_has_said(name: str) -> None:
    of = DECIDED[name]
    for rule, journals in heeded(name).items():
        for journal in journals:
            with speaking(rule, ENDED):
                assert stands(of, journal), f"{rule}, in force until {TODAY}"


@pytest.mark.parametrize("name", DECIDED)
def test_a_rule_that_is_changed_leaves_what_it_has_said(name: str) -> None:
    of = DECIDED[name]
    for rule, journals in heeded(name).items():
        with changed(rule, TODAY):
            assert all(stands(of, journal) for journal in journals), f"{rule}, changed from {TODAY} on"
        with changed(rule, EARLIEST):
            assert not all(stands(of, journal) for journal in journals), f"{rule} says the same as its opposite"


def test_every_rule_that_concludes_something_is_heeded_by_some_decider() -> None:
    of_services = {rule for name in DECIDED for rule in rules_of(DECIDED[name])}
    unheeded = of_services - {rule for name in DECIDED for rule in heeded(name)}
    assert unheeded == set(), "tests/law/test_later_rulebooks.py: add inputs to RARE by which these say something"
    assert [name for name in DECIDED if rules_of(DECIDED[name]) and not heeded(name)] == []
