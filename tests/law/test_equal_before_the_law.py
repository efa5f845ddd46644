"""Art. 6(1), 28(3): who acts, and where goods come from, changes no decision but through a rule or an act that says so.

Every decider is asked twice: with inputs, and with the same inputs of other companies and other countries.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chassis.service import Kind
from clearance.declaration import LodgeDeclaration
from contracts.goods import GoodsItem
from contracts.values import Company, Name
from decider import Aggregate, Input
from decider.tests.kit import NOON, SOMEBODY, folded
from tests.law.varied import COMPANIES, COUNTRIES, Others, content, made, of_others
from tests.orders.examples import Decided, decided

DECIDED = [pytest.param(each, id=each.name) for each in decided()]
WHO = re.compile("|".join([*COMPANIES, *(f'"{code}"' for code in COUNTRIES)]))


def others(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Others:
    companies, countries = draw(st.permutations(COMPANIES)), draw(st.permutations(COUNTRIES))
    return Others(
        company=dict(zip(COMPANIES, companies, strict=True)), country=dict(zip(COUNTRIES, countries, strict=True))
    )


def decisions(kind: Kind, inputs: Sequence[tuple[Any, datetime]]) -> list[str]:
    """What was decided, in order, with everybody's name and every country's struck out."""
    state, said = kind.initial, []
    for number, (each, occurred) in enumerate(inputs):
        if type(each).__name__ in kind.hears:
            state = folded(kind, state, each)
        recorded = NOON + timedelta(days=number)
        stream = f"{kind.name}/{getattr(each, kind.name, None) or 'C1'}"
        given = Input(stream=stream, content=each, occurred=occurred, recorded=recorded, subject=SOMEBODY)
        events = kind.decide(given, state)
        state = folded(kind, state, *events)
        said += [WHO.sub("?", event.model_dump_json(exclude_none=True)) for event in events]
    return said


def differs(kind: Kind, decider: Aggregate[Any], data: st.DataObject, often: type | None = None) -> bool:
    """`often` is drawn as often as all else together."""
    occurred = st.sampled_from([NOON - timedelta(days=3), NOON])
    inputs = content(decider) if often is None else st.one_of(content(decider), made(often))
    found = data.draw(st.lists(st.tuples(inputs, occurred), min_size=1, max_size=6), label="inputs")
    one, other = (
        [(of_others(each, who), when) for each, when in found] for who in (others(data.draw), others(data.draw))
    )
    return decisions(kind, one) != decisions(kind, other)


@pytest.mark.parametrize("of", DECIDED)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_art_6_1_and_28_3_no_decision_depends_on_who_acts_or_on_a_country_that_no_act_names(
    of: Decided, data: st.DataObject
) -> None:
    assert not differs(of.kind, of.decider, data)


@pytest.mark.long
@pytest.mark.parametrize("of", DECIDED)
@settings(max_examples=1000, deadline=None)
@given(data=st.data())
def test_art_6_1_and_28_3_in_many_more_cases(of: Decided, data: st.DataObject) -> None:
    assert not differs(of.kind, of.decider, data)


@pytest.mark.parametrize("favoured", ["declarant", "origin"])
def test_a_decider_that_favours_somebody_is_noticed(favoured: str) -> None:
    (of,) = (each for each in decided() if each.name == "clearance/consignment")
    kind = of.kind

    def favours(given: Input[Any], state: Any) -> list[Any]:
        told = given.content
        if isinstance(told, LodgeDeclaration):
            by = {"declarant": told.declarant, "origin": told.items[0].origin if told.items else None}
            if by[favoured] in (COMPANIES[0], COUNTRIES[0]):
                return []
        return kind.decide(given, state)

    partial = Kind("consignment", SimpleNamespace(INITIAL=kind.initial, HEARS=(), decide=favours, evolve=kind.evolve))
    partial.hears = kind.hears

    @settings(max_examples=3000, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(data=st.data())
    def notices(data: st.DataObject) -> None:
        assert not differs(partial, of.decider, data, often=LodgeDeclaration)

    with pytest.raises(AssertionError):
        notices()


def test_others_stand_wherever_somebody_or_a_country_is_named() -> None:
    someone = Others(company={COMPANIES[0]: COMPANIES[1]}, country={"DE": "KZ"})
    item = GoodsItem(code="220110110", origin="DE")
    lodged = LodgeDeclaration(consignment="C1", declarant=COMPANIES[0], form="declaration", items=(item,))
    assert of_others(lodged, someone) == replace(lodged, declarant=COMPANIES[1], items=(replace(item, origin="KZ"),))
    assert Company == Name
