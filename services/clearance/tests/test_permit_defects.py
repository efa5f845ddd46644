"""Permits by anybody, out of their time, or for less than is declared: the officer decides (Art. 7(1) para 3, 7(5))."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration
from clearance.permit_decisions import DecideOnPermit
from clearance.permits import CorrectPermit, PresentPermit
from clearance.tests.declared import MEDICINE, RADIO, crossed, lodge
from contracts.values import PermitLine
from decider.tests.kit import NOON, Said, live, play, when
from law import Finding
from law.reference import VARIABLE
from law.tests.late_act import forget

SYRUP = "300490200"
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
KIND = "medicine import permit"
FIELDS: dict[str, Any] = {"consignment": "C1", "permit": KIND, "number": "P-1"}


BY_ORIGIN = """
id = "BY-ORIGIN"
title = "Invented act"
layer = "by-law"
citation = "Invented act, item 1"
in_force_from = 2020-01-01
known_from = 2020-01-01
source = "Invented for tests"
sample = true

[[measures]]
kind = "restriction"
prefix = "999909"
direction = "in"
origin = "XA"
zone = "*"
requires = "origin permit"
"""


def line(code: str = MEDICINE, quantity: str = "120", unit: str = "kg") -> PermitLine:
    return PermitLine(code=code, quantity=quantity, unit=unit)


PERMIT = PresentPermit(**FIELDS, issued_by="Sample Health Authority", lines=(line(),))
ACCEPT = DecideOnPermit(**FIELDS, accepted=True)
GOODS = crossed((MEDICINE, None))


@pytest.fixture
def by_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Goods that an act lets in with a permit where they are of XA."""
    (tmp_path / "acts").mkdir()
    (tmp_path / "acts" / "act.toml").write_text(BY_ORIGIN, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    forget()
    yield "999909000"
    monkeypatch.undo()
    forget()


def declared(*quantities: tuple[str, str], code: str = MEDICINE) -> Any:
    said = lodge(*((code, None) for _ in quantities))
    items = tuple(
        replace(item, quantity=quantity, unit=unit)
        for item, (quantity, unit) in zip(said.items, quantities, strict=True)
    )
    return replace(said, items=items)


def outcome(*said: Any) -> tuple[list[str], list[Finding]]:
    """What is still to be done about permits, and the defects that the officer sees."""
    state, _ = play(consignment, [*said])
    acts = [point.act for point in consignment.open_points(state) if "Permit" in point.act]
    return acts, [each for waiting in state.requirements.referred for each in waiting.findings]


@pytest.mark.law("L5")
@pytest.mark.parametrize("issuer", ["Sample Health Authority", "SAMPLE HEALTH  AUTHORITY", "Rugsatnama gullugy DK"])
def test_art_7_1_a_permit_by_a_body_that_the_act_names_meets_the_restriction(issuer: str) -> None:
    assert outcome(GOODS, replace(PERMIT, issued_by=issuer)) == ([], [])


@pytest.mark.law("L5")
def test_art_7_1_a_permit_by_anybody_else_goes_to_the_officer_who_may_accept_it() -> None:
    by_anybody = replace(PERMIT, issued_by="Alma Trade HJ")
    acts, (found,) = outcome(GOODS, by_anybody)
    assert acts == ["DecideOnPermit"]
    assert (found.article, found.rule, found.layer) == ("7(1) para 3", "L5", "by-law")
    assert dict(found.facts)["issued_by"] == "Alma Trade HJ"
    assert "Sample Health Authority" in dict(found.facts)["issuers"]
    assert outcome(GOODS, by_anybody, ACCEPT) == ([], [])
    turned_down = replace(ACCEPT, accepted=False)
    assert outcome(GOODS, by_anybody, turned_down) == (["PresentPermit"], [])


@pytest.mark.law("L5")
def test_art_7_1_where_no_act_says_who_gives_a_permit_anybody_may(silent_act: None) -> None:
    other = replace(PERMIT, permit="silent permit", issued_by="Alma Trade HJ", lines=(line("999907000"),))
    assert outcome(crossed(("999907000", None)), other) == ([], [])


@pytest.mark.law("L5")
@pytest.mark.parametrize(
    ("validity", "sound"),
    [
        ({}, True),
        ({"valid_until": TODAY}, True),
        ({"valid_until": TODAY - DAY}, False),
        ({"valid_from": TODAY}, True),
        ({"valid_from": TODAY + DAY}, False),
        ({"valid_from": TODAY - DAY, "valid_until": TODAY + DAY}, True),
        ({"issued": TODAY + DAY}, True),
    ],
)
def test_art_7_1_a_permit_is_for_goods_that_come_in_while_it_is_valid(validity: dict[str, Any], sound: bool) -> None:
    acts, found = outcome(GOODS, replace(PERMIT, **validity))
    assert acts == ([] if sound else ["DecideOnPermit"])
    assert [each.rule for each in found] == ([] if sound else ["L5"])
    assert sound or dict(found[0].facts)["came_in"] == ("2026-03-02",)


@pytest.mark.law("L5")
def test_art_7_1_the_day_counts_on_which_the_goods_came_in_and_not_that_of_the_permit_or_the_release() -> None:
    until_then = replace(PERMIT, valid_until=TODAY)
    late = [
        Said(content=GOODS, occurred=NOON, recorded=NOON),
        Said(content=until_then, occurred=NOON + 9 * DAY, recorded=NOON + 9 * DAY),
    ]
    state, _ = live(consignment, late, NOON + 10 * DAY)
    assert state.requirements.met
    assert not state.requirements.referred


@pytest.mark.law("L5")
def test_art_7_1_goods_that_come_in_parts_need_a_permit_that_is_valid_for_each() -> None:
    later = crossed((MEDICINE, None), movement="M2").model_copy(update={"crossed": NOON + 5 * DAY})
    other = crossed(("220110110", None), movement="M2").model_copy(update={"crossed": NOON + 5 * DAY})
    until_then = replace(PERMIT, valid_until=TODAY + DAY)
    acts, (found,) = outcome(GOODS, later, until_then)
    assert acts == ["DecideOnPermit"]
    assert dict(found.facts)["came_in"] == ("2026-03-07",)
    assert outcome(GOODS, other, until_then) == ([], [])


@pytest.fixture
def silent_act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An act that says nothing of who gives its permit, and another that says for how long one is valid."""
    text = """
id = "SILENT"
title = "Of goods that exist in tests only"
layer = "by-law"
citation = "Silent act, item 1"
in_force_from = 2026-01-01
known_from = 2026-01-01
source = "Invented for tests"
sample = true
measures = [
  {kind = "restriction", prefix = "999907", direction = "in", origin = "*", zone = "*", requires = "silent permit"},
  {kind = "restriction", prefix = "999908", direction = "in", origin = "*", zone = "*", requires = "short permit"},
]
permits = [{kind = "short permit", issued_by = ["Sample Health Authority"], valid_for = 10, valid_unit = "days"}]
"""
    (tmp_path / "acts").mkdir()
    (tmp_path / "acts" / "silent.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    forget()
    yield
    monkeypatch.undo()
    forget()


@pytest.mark.law("L5")
@pytest.mark.parametrize(
    ("validity", "fact"),
    [
        ({}, ("issued", "not stated")),
        ({"issued": TODAY - 10 * DAY}, None),
        ({"issued": TODAY - 11 * DAY}, ("valid_until", "2026-03-01")),
        ({"issued": TODAY - 11 * DAY, "valid_until": TODAY}, ("valid_until", "2026-03-01")),
        ({"issued": TODAY - 9 * DAY, "valid_until": TODAY - DAY}, ("valid_until", "2026-03-01")),
        ({"valid_until": TODAY}, None),
        ({"issued": date(9999, 12, 31)}, None),
    ],
)
def test_art_7_1_an_act_may_say_how_long_a_permit_is_valid_since_it_was_given(
    silent_act: None, validity: dict[str, Any], fact: tuple[str, str] | None
) -> None:
    short = replace(PERMIT, permit="short permit", lines=(line("999908000"),), **validity)
    acts, found = outcome(crossed(("999908000", None)), short)
    assert acts == (["DecideOnPermit"] if fact else [])
    assert fact is None or fact in found[0].facts


@pytest.mark.law("K1")
@pytest.mark.parametrize(
    ("quantities", "permitted", "sound"),
    [
        ([("120", "kg")], [line()], True),
        ([("120.5", "kg")], [line()], False),
        ([("60", "kg"), ("61", "KG")], [line()], False),
        ([("60", "kg"), ("60", "KG")], [line()], True),
        ([("121", "kg")], [line(), line(quantity="1,5")], True),
        ([("1200", "kg")], [line(quantity="1 200")], True),
        ([("120", "piece")], [line()], False),
        ([("120", "kg")], [line(unit="piece")], False),
        ([("120", "kg")], [line(quantity="some")], False),
    ],
)
def test_art_7_5_a_permit_is_for_as_much_of_the_goods_as_it_states(
    quantities: list[tuple[str, str]], permitted: list[PermitLine], sound: bool
) -> None:
    acts, found = outcome(GOODS, declared(*quantities), replace(PERMIT, lines=tuple(permitted)))
    assert acts == ([] if sound else ["DecideOnPermit"])
    beyond = Finding(rule="K1", article="7(5)", facts=(("goods beyond quantity", (MEDICINE,)),))
    assert found == ([] if sound else [beyond])
    assert outcome(GOODS, declared(*quantities), replace(PERMIT, lines=tuple(permitted)), ACCEPT) == ([], [])


@pytest.mark.law("K1")
def test_art_7_5_what_is_declared_without_a_quantity_is_compared_with_nothing() -> None:
    assert outcome(GOODS, lodge((MEDICINE, None)), PERMIT) == ([], [])


@pytest.mark.law("K1")
@pytest.mark.parametrize(
    ("mass", "more", "sound"),
    [
        ("120", {}, True),
        ("120.001", {}, False),
        ("121", {"quantity": "12", "unit": "piece"}, False),
        ("120", {"quantity": "12", "unit": "piece"}, True),
        ("121", {"quantity": "120", "unit": "KGM"}, True),
    ],
)
def test_art_7_5_a_permit_in_kilograms_is_held_against_the_net_mass(mass: str, more: Any, sound: bool) -> None:
    said = lodge((MEDICINE, None))
    weighed = replace(said, items=(replace(said.items[0], net_mass=mass, **more),))
    assert outcome(GOODS, weighed, PERMIT)[0] == ([] if sound else ["DecideOnPermit"])


@pytest.mark.law("K1")
def test_art_7_5_a_mass_is_compared_with_no_permit_in_another_unit() -> None:
    said = lodge((RADIO, None))
    weighed = replace(said, items=(replace(said.items[0], net_mass="400"),))
    pieces = replace(PERMIT, permit="radio equipment permit", lines=(line(RADIO, "12", "piece"),))
    assert outcome(crossed((RADIO, None)), weighed, pieces) == ([], [])


@pytest.mark.law("K1")
def test_art_7_5_a_permit_is_for_the_goods_of_the_origin_for_which_it_is_required(by_origin: str) -> None:
    said = lodge((by_origin, "XA"), (by_origin, "UZ"))
    items = tuple(replace(each, quantity="100", unit="kg") for each in said.items)
    permit = replace(PERMIT, permit="origin permit", lines=(line(by_origin, "100"),))
    goods = crossed((by_origin, "XA"), (by_origin, "UZ"))
    assert outcome(goods, replace(said, items=items), permit) == ([], [])
    more = (replace(items[0], quantity="101"), items[1])
    assert outcome(goods, replace(said, items=more), permit)[0] == ["DecideOnPermit"]


@pytest.mark.law("K1")
def test_art_7_5_where_no_act_says_in_which_unit_the_declared_one_counts_main_or_additional() -> None:
    said = lodge((RADIO, None))
    radios = replace(said.items[0], quantity="400", unit="kg", additional_quantity="12", additional_unit="piece")
    several = replace(PERMIT, permit="radio equipment permit", lines=(line(RADIO, "12", "Piece"),))
    goods = crossed((RADIO, None))
    assert outcome(goods, replace(said, items=(radios,)), several) == ([], [])
    more = replace(radios, additional_quantity="13")
    assert outcome(goods, replace(said, items=(more,)), several)[0] == ["DecideOnPermit"]


@pytest.mark.law("K1", "L5")
def test_art_7_5_permits_of_one_kind_count_together_but_none_that_has_a_defect_of_its_own() -> None:
    other = replace(PERMIT, number="P-2", lines=(line(quantity="80"),))
    assert outcome(GOODS, declared(("200", "kg")), PERMIT, other) == ([], [])
    by_anybody = replace(other, issued_by="Alma Trade HJ")
    acts, found = outcome(GOODS, declared(("200", "kg")), PERMIT, by_anybody)
    assert acts == ["DecideOnPermit"]
    assert [each.rule for each in found] == ["K1", "L5"]


@pytest.mark.law("L5")
def test_art_7_5_what_a_permit_is_enough_for_comes_in_and_the_rest_waits() -> None:
    both = replace(PERMIT, lines=(line(), line(SYRUP, "10")))
    said = lodge((MEDICINE, None), (SYRUP, None))
    items = tuple(replace(each, quantity="100", unit="kg") for each in said.items)
    state, _ = play(consignment, [crossed((MEDICINE, None), (SYRUP, None)), replace(said, items=items), both])
    assert [each.code for each in state.requirements.met] == [MEDICINE]
    assert [each.number for each in state.requirements.referred] == ["P-1"]


@pytest.mark.law("L5")
def test_art_7_5_no_order_of_permit_declaration_and_crossing_says_otherwise() -> None:
    said = (GOODS, declared(("200", "kg")), PERMIT)
    for order in (said, said[::-1], (said[1], said[0], said[2])):
        assert outcome(*order)[0] == ["DecideOnPermit"]


@pytest.mark.law("L5")
def test_art_7_5_goods_declared_as_more_afterwards_are_met_no_more_and_put_right_they_are_again() -> None:
    state, _ = play(consignment, [GOODS, declared(("100", "kg")), PERMIT])
    assert state.requirements.met
    said = declared(("200", "kg"))
    more = AmendDeclaration(consignment="C1", declarant=said.declarant, items=said.items, regime=said.regime)
    events = when(consignment, state, more, NOON + timedelta(hours=1))
    assert "RestrictionSatisfactionWithdrawn" in [event.type for event in events]
    right = CorrectPermit(
        **FIELDS, corrects=NOON, issued_by=PERMIT.issued_by, lines=(line(quantity="200"),), valid_until=TODAY
    )
    state, _ = play(consignment, [GOODS, declared(("200", "kg")), PERMIT, right])
    assert state.requirements.met
    assert state.permits.presented[0].valid_until == TODAY


def test_what_a_permit_says_of_its_validity_stands_in_its_event() -> None:
    of: dict[str, Any] = {"issued": TODAY - DAY, "valid_from": TODAY, "valid_until": TODAY + DAY}
    (event,) = when(consignment, consignment.INITIAL, replace(PERMIT, **of))
    assert (event.issued, event.valid_from, event.valid_until) == tuple(of.values())
    differs = play(consignment, [replace(PERMIT, **of), PERMIT])[1][-1]
    assert differs.differing == ("issued", "valid_from", "valid_until")
