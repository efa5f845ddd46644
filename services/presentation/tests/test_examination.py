"""The carrier shows, the officer finds: seal by seal, packages, packaging, condition; and decides (Art. 37(2))."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from contracts.arrival import BorderCrossed, GoodsCrossed
from contracts.examinations import GoodsFindingDecided, VehicleExamined, VehicleFindingDecided
from contracts.papers import Container, Papers
from contracts.presentation import GoodsFindingsRecorded, VehicleFindingsRecorded
from contracts.seals import Seal, SealFound
from contracts.stating import Stater
from contracts.tests.kit import sealed
from decider import Party, Subject
from decider.tests.kit import NOON, Said, given, live, when
from law import Finding
from presentation.consignment import consignment
from presentation.consignment.decisions import DecideOnGoodsFinding
from presentation.consignment.examination import (
    CorrectGoodsExamination,
    ExamineGoods,
    WithdrawGoodsExamination,
)
from presentation.consignment.presentation import PresentGoods
from presentation.movement import movement
from presentation.movement.decisions import DecideOnVehicleFinding
from presentation.movement.examination import (
    CorrectVehicleExamination,
    ExamineVehicle,
    WithdrawVehicleExamination,
)
from presentation.movement.presentation import PresentVehicle

HOUR = timedelta(hours=1)
SOON, LATER, LATEST = NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR
CARRIER = Subject("driver-1", "carrier", Party(number="77", issuer="TM"))
OFFICER = Subject("officer-1", "officer", checkpoints=("FRP-MIX",))
CROSSED = BorderCrossed(
    movement="M1", direction="in", mode="road", place="FRP-MIX", crossed=NOON, seals=sealed("S1", "S2", "HZ 3")
)
BOX = Container(number="SRHU1000019", seals=(Seal(number="B1"), Seal(number="B2")))
GOODS_CROSSED = GoodsCrossed(
    consignment="C1", movement="M1", direction="in", mode="road", place="FRP-MIX", crossed=NOON,
    papers=Papers(consignment="C1", packages=12, containers=(BOX,)),
)  # fmt: skip
SHOW = PresentVehicle(movement="M1", checkpoint="FRP-MIX")
SHOW_GOODS = PresentGoods(consignment="C1", checkpoint="FRP-MIX")


def look(*seals: SealFound, **more: Any) -> ExamineVehicle:
    return ExamineVehicle(movement="M1", checkpoint="FRP-MIX", seals=seals, **more)


def look_at_goods(**found: Any) -> ExamineGoods:
    return ExamineGoods(consignment="C1", checkpoint="FRP-MIX", **found)


def seal(number: str, state: Any, noted: bool = False) -> SealFound:
    return SealFound(number=number, state=state, noted_at_crossing=noted)


def found(**facts: Any) -> Finding:
    return Finding(rule="P2", article="37(2)", facts=tuple(sorted(facts.items())))


def findings(decider: Any, *inputs: tuple[Any, Any]) -> tuple[Finding, ...]:
    """What stands after these, each at its time, in whichever order they are recorded."""
    said = [Said(content=content, occurred=at, recorded=NOON + 9 * HOUR) for content, at in inputs]
    all_found = {live(decider, list(order), NOON + 9 * HOUR)[0].presentation.findings for order in permutations(said)}
    (one,) = all_found
    return one  # type: ignore[no-any-return]


@pytest.mark.law("P2")
def test_art_37_2_what_a_carrier_says_of_his_seals_and_goods_certifies_nothing_and_is_held_against_nobody() -> None:
    said = replace(SHOW, seals_found_intact=("S1",))
    opened = replace(SHOW_GOODS, packaging_breached=True, condition_changed=True, container_seals_intact=())
    for decider, crossed, show in ((movement, CROSSED, said), (consignment, GOODS_CROSSED, opened)):
        (by_carrier,) = when(decider, given(decider, crossed), show, SOON, subject=CARRIER)
        assert by_carrier.findings == ()
        assert decider.open_points(given(decider, crossed, by_carrier)) == ()
        (by_officer, *_) = when(decider, given(decider, crossed), show, SOON, subject=OFFICER)
        assert {finding.rule for finding in by_officer.findings} == {"P2"}


@pytest.mark.law("P2")
def test_art_37_2_shown_is_enough_and_where_nobody_looked_nothing_is_concluded() -> None:
    assert when(movement, given(movement, CROSSED), SHOW, SOON, subject=OFFICER)[0].findings == ()
    assert findings(movement, (CROSSED, NOON), (SHOW, SOON)) == ()


@pytest.mark.law("P2")
def test_art_37_2_each_seal_that_was_on_at_the_crossing_is_found_in_its_state_however_it_is_spelt() -> None:
    looked = look(seal("s 1", "altered"), seal("S2", "destroyed"), seal("HZ-3", "damaged"), seal("S9", "removed"))
    expected = found(altered=("S1",), damaged=("HZ 3",), destroyed=("S2",))
    assert findings(movement, (CROSSED, NOON), (SHOW, SOON), (looked, LATER)) == (expected,)
    assert findings(movement, (CROSSED, NOON), (look(seal("S1", "intact")), LATER)) == ()
    before = (look(seal("S1", "removed")), NOON - HOUR)
    assert findings(movement, (CROSSED, NOON), before) == ()


@pytest.mark.law("P2")
def test_art_37_2_what_was_noted_at_the_crossing_and_what_customs_opened_or_put_on_is_no_finding() -> None:
    assert findings(movement, (CROSSED, NOON), (look(seal("S1", "damaged", noted=True)), LATER)) == ()
    opened = look(seals_opened=("s-1",), seals_put_on=(Seal(number="TM-9", by="customs"),))
    afterwards = look(seal("S1", "removed"), seal("TM-9", "intact"))
    assert findings(movement, (CROSSED, NOON), (opened, SOON), (afterwards, LATER)) == ()
    earlier = findings(movement, (CROSSED, NOON), (afterwards, SOON), (opened, LATER))
    assert earlier == (found(removed=("S1",)),)


@pytest.mark.law("P2")
def test_art_37_2_goods_are_found_with_their_packaging_condition_and_the_seals_of_their_containers() -> None:
    looked = look_at_goods(packaging="breached", condition="changed", seals=(seal("B1", "removed"),))
    expected = {found(packaging="breached"), found(condition="changed"), found(removed=("B1",))}
    assert {*findings(consignment, (GOODS_CROSSED, NOON), (SHOW_GOODS, SOON), (looked, LATER))} == expected
    noted = look_at_goods(packaging="breached_at_crossing", condition="changed_at_crossing")
    assert findings(consignment, (GOODS_CROSSED, NOON), (noted, LATER)) == ()
    of_one = replace(looked, movement="M1", seals=(), condition=None)
    assert findings(consignment, (GOODS_CROSSED, NOON), (of_one, LATER)) == (
        found(movement="M1", packaging="breached"),
    )


@pytest.mark.law("P2")
def test_art_37_2_packages_that_an_officer_counted_go_before_those_that_the_carrier_states() -> None:
    stated = replace(SHOW_GOODS, packages_found=12)
    fewer = found(packages_found="11", packages_stated="12")
    crossed = (GOODS_CROSSED, NOON)
    assert findings(consignment, crossed, (stated, SOON), (look_at_goods(packages_found=11), LATER)) == (fewer,)
    short = replace(SHOW_GOODS, packages_found=11)
    assert findings(consignment, crossed, (short, SOON), (look_at_goods(packages_found=12), LATER)) == ()
    assert findings(consignment, crossed, (stated, SOON), (look_at_goods(packages_found=11), NOON)) == ()


@pytest.mark.law("P2")
def test_art_37_2_a_showing_is_not_held_against_him_for_what_was_noted_at_the_crossing_or_opened_by_customs() -> None:
    shown = (replace(SHOW, seals_found_intact=("S1", "HZ3")), LATER)
    assert findings(movement, (CROSSED, NOON), shown) == (found(broken=("S2",)),)
    for looked in (look(seal("s2", "damaged", noted=True)), look(seals_opened=("s-2",))):
        assert findings(movement, (CROSSED, NOON), (looked, SOON), shown) == ()
    noted, opened = look(seal("S2", "damaged", noted=True)), look(seals_opened=("S2",))
    assert findings(movement, (CROSSED, NOON), shown, (noted, LATEST)) == ()
    assert findings(movement, (CROSSED, NOON), shown, (opened, LATEST)) == (found(broken=("S2",)),)
    again = look(seal("S2", "damaged"))
    assert findings(movement, (CROSSED, NOON), (noted, SOON), (again, LATEST)) == ()
    worse = look(seal("S2", "removed"))
    assert findings(movement, (CROSSED, NOON), (noted, SOON), (worse, LATEST)) == (found(removed=("S2",)),)


@pytest.mark.law("P2")
def test_art_37_2_nor_is_it_for_seals_of_containers_packaging_and_condition_noted_then() -> None:
    shown = (replace(SHOW_GOODS, container_seals_intact=("B1",)), LATER)
    broken = found(broken=("B2",), containers=("SRHU1000019",))
    crossed = (GOODS_CROSSED, NOON)
    assert findings(consignment, crossed, shown) == (broken,)
    for looked in (look_at_goods(seals=(seal("b-2", "removed", noted=True),)), look_at_goods(seals_opened=("b2",))):
        assert findings(consignment, crossed, (looked, SOON), shown) == ()
    assert findings(consignment, crossed, shown, (look_at_goods(seals_opened=("B2",)), LATEST)) == (broken,)
    torn = (replace(SHOW_GOODS, packaging_breached=True, condition_changed=True), LATER)
    assert {*findings(consignment, crossed, torn)} == {found(packaging="breached"), found(condition="changed")}
    noted = look_at_goods(packaging="breached_at_crossing", condition="changed_at_crossing", movement="M1")
    assert findings(consignment, crossed, torn, (noted, LATEST)) == ()


@pytest.mark.law("P2")
def test_art_37_2_what_was_intact_when_shown_and_is_found_damaged_later_is_not_held_against_the_carrier() -> None:
    intact, damaged = look(seal("S1", "intact")), (look(seal("s1", "damaged")), LATEST)
    crossed, shown = (CROSSED, NOON), (SHOW, SOON)
    assert findings(movement, crossed, shown, damaged) == (found(damaged=("S1",)),)
    assert findings(movement, crossed, shown, (intact, LATER), damaged) == ()
    assert findings(movement, crossed, (intact, SOON), (SHOW, LATER), damaged) == (found(damaged=("S1",)),)
    certified = (replace(SHOW, seals_found_intact=("S1", "S2", "HZ3")), SOON)
    assert findings(movement, crossed, certified, damaged) == ()


@pytest.mark.law("P2")
def test_art_37_2_nor_are_goods_that_were_whole_and_unchanged_then() -> None:
    crossed, shown = (GOODS_CROSSED, NOON), (SHOW_GOODS, SOON)
    good = look_at_goods(packaging="whole", condition="unchanged", seals=(seal("B1", "intact"),))
    bad = look_at_goods(packaging="breached", condition="changed", seals=(seal("b-1", "damaged"),), movement="M1")
    assert findings(consignment, crossed, shown, (good, LATER), (bad, LATEST)) == ()
    assert len(findings(consignment, crossed, (good, SOON), (SHOW_GOODS, LATER), (bad, LATEST))) == 3
    assert len(findings(consignment, crossed, shown, (bad, LATER), (good, LATEST))) == 3
    certified = (replace(SHOW_GOODS, container_seals_intact=("B1", "B2")), SOON)
    seals = look_at_goods(seals=(seal("B1", "damaged"),))
    assert findings(consignment, crossed, certified, (seals, LATEST)) == ()


@pytest.mark.law("P2")
def test_art_37_2_goods_of_another_vehicle_that_were_whole_say_nothing_of_those_that_are_not() -> None:
    first = GOODS_CROSSED.model_copy(update={"papers": None})
    crossed = ((first, NOON), (first.model_copy(update={"movement": "M2"}), NOON))
    good = look_at_goods(packaging="whole", movement="M1")
    bad = look_at_goods(packaging="breached", movement="M2")
    of_it = found(movement="M2", packaging="breached")
    assert findings(consignment, *crossed, (SHOW_GOODS, SOON), (good, LATER), (bad, LATEST)) == (of_it,)
    of_all = look_at_goods(packaging="whole")
    assert findings(consignment, *crossed, (SHOW_GOODS, SOON), (of_all, LATER), (bad, LATEST)) == ()


@pytest.mark.law("P2")
@pytest.mark.parametrize("shown_of", [None, "M1"])
@pytest.mark.parametrize("looked_at", [None, "M1"])
def test_art_37_2_a_count_is_of_the_goods_shown_whether_either_names_their_vehicle(
    shown_of: str | None, looked_at: str | None
) -> None:
    crossed, shown = (GOODS_CROSSED, NOON), (replace(SHOW_GOODS, packages_found=12, movement=shown_of), SOON)
    counted = (look_at_goods(packages_found=9, movement=looked_at), LATER)
    assert findings(consignment, crossed, shown, counted) == (found(packages_found="9", packages_stated="12"),)


@pytest.mark.law("P2")
def test_art_37_2_a_count_of_what_two_vehicles_brought_is_not_that_of_one() -> None:
    second = GOODS_CROSSED.model_copy(update={"movement": "M2"})
    shown = (replace(SHOW_GOODS, packages_found=12, movement="M1"), SOON)
    both = (look_at_goods(packages_found=24), LATER)
    assert findings(consignment, (GOODS_CROSSED, NOON), (second, NOON), shown, both) == ()
    one = (look_at_goods(packages_found=9, movement="M1"), LATER)
    expected = found(movements=("M1",), packages_found="9", packages_stated="12")
    assert findings(consignment, (GOODS_CROSSED, NOON), (second, NOON), shown, one) == (expected,)


EACH: list[Any] = [
    (
        movement, CROSSED, look(seal("S1", "damaged")), look(seal("S1", "intact")), VehicleFindingsRecorded,
        CorrectVehicleExamination(movement="M1", corrects=SOON, checkpoint="FRP-MIX", seals=(seal("S1", "intact"),)),
        WithdrawVehicleExamination(movement="M1", withdraws=SOON),
    ),
    (
        consignment, GOODS_CROSSED, look_at_goods(packaging="breached"), look_at_goods(packaging="whole"),
        GoodsFindingsRecorded,
        CorrectGoodsExamination(consignment="C1", corrects=SOON, checkpoint="FRP-MIX", packaging="whole"),
        WithdrawGoodsExamination(consignment="C1", withdraws=SOON),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("decider", "crossed", "looked", "otherwise", "recorded", "right", "gone"), EACH, ids=["vehicle", "goods"]
)
def test_an_examination_is_put_right_and_taken_back_and_another_one_at_its_time_differs(
    decider: Any, crossed: Any, looked: Any, otherwise: Any, recorded: Any, right: Any, gone: Any
) -> None:
    examined, finding = when(decider, given(decider, crossed), looked, SOON, subject=OFFICER)
    assert isinstance(finding, recorded)
    state = given(decider, crossed, examined, finding)
    assert when(decider, state, looked, SOON, subject=OFFICER) == []
    (differs,) = when(decider, state, otherwise, SOON, subject=OFFICER)
    assert (differs.outcome, differs.stands_since) == ("differs", SOON)
    for act in (right, gone):
        amended, ended = when(decider, state, act, LATER, subject=OFFICER)
        assert ended.findings == finding.findings
        after = given(decider, crossed, examined, finding, amended, ended)
        assert after.presentation.findings == ()
        assert when(decider, after, act, LATER, subject=OFFICER) == []


@pytest.mark.parametrize(
    ("decider", "command", "event", "of"),
    [
        (movement, DecideOnVehicleFinding, VehicleFindingDecided, {"movement": "M1"}),
        (consignment, DecideOnGoodsFinding, GoodsFindingDecided, {"consignment": "C1"}),
    ],
    ids=["vehicle", "goods"],
)
def test_art_37_2_what_a_finding_comes_from_and_what_follows_is_decided_by_an_officer_and_may_be_anew(
    decider: Any, command: Any, event: Any, of: Any
) -> None:
    content = {"finding": found(damaged=("S1",)), "cause": "an accident", "consequence": "none"}
    decide = command(**of, **content)
    (decided,) = when(decider, given(decider), decide, SOON, subject=OFFICER)
    assert decided == event(**of, **content, decided=SOON, stated_by=Stater(role="officer", checkpoints=("FRP-MIX",)))
    state = given(decider, decided)
    assert when(decider, state, decide, SOON, subject=OFFICER) == []
    other = replace(decide, cause="carelessness")
    (differs,) = when(decider, state, other, SOON, subject=OFFICER)
    assert differs.differing == ("cause",)
    (anew,) = when(decider, state, other, LATER, subject=OFFICER)
    assert [each.cause for each in given(decider, decided, anew).decisions.decided] == [
        "an accident",
        "carelessness",
    ]


def test_an_examination_says_when_and_by_whom_and_keeps_what_customs_did() -> None:
    put_on = (Seal(number="TM-9", by="customs"),)
    (examined,) = when(movement, given(movement), look(seals_opened=("S2", "S1"), seals_put_on=put_on), SOON)
    assert examined == VehicleExamined(
        movement="M1", checkpoint="FRP-MIX", seals_opened=("S1", "S2"), seals_put_on=put_on, examined=SOON
    )
