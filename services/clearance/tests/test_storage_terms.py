from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.storage import three_days_or_as_an_act_sets
from clearance.storage_terms import StorageTerm
from clearance.tests.declared import SHOWN, crossed, found, lodge
from clearance.tests.test_storage import (
    BOMBS,
    DAY,
    DISPOSAL,
    EXPORT,
    HOUR,
    LEAVE,
    MOMENT,
    ORDERED,
    PLACED,
    STORE,
    STORED,
    UNTIL,
    exported,
    late,
    placed,
)
from clearance.upstream import Goods
from contracts.arrival import GoodsCrossed
from contracts.clearance import (
    DisposalReferred,
    ImmediateExportOrderWithdrawn,
    StorageTermEnded,
    StorageTermEndWithdrawn,
    StorageTermWithdrawn,
    TemporaryStorageStarted,
)
from decider import Due
from decider.tests.kit import NOON, Said, live, step
from law.rule import Happened

SHELLS, POLYMERS, CIGARETTES = "930690900", "391530900", "240220100"
"""Prohibited goods for which an act sets a term: a day; ten days where they are of one origin; a month."""
OF_ACT: dict[str, Any] = {"layer": "by-law", "act": "SAMPLE-STORAGE"}
CITED: dict[str, Any] = {**OF_ACT, "citation": "Sample act on terms of temporary storage (invented), items 1 to 3"}
A_DAY, TEN_DAYS, A_MONTH = UNTIL - 2 * DAY, UNTIL + 7 * DAY, datetime(2026, 4, 2, 19, tzinfo=UTC)
KNOWN = datetime(2020, 1, 31, 19, tzinfo=UTC)  # The first instant of the day at Ashgabat from which the act is known.
CODE_S_WITHDRAWN = StorageTermWithdrawn(consignment="C1", until=UNTIL)


def stored(until: datetime, code: str, **more: Any) -> TemporaryStorageStarted:
    return STORED.model_copy(update={"until": until, "codes": (code,), **CITED, **more})


def withdrawn(until: datetime, code: str, **more: Any) -> StorageTermWithdrawn:
    return StorageTermWithdrawn(consignment="C1", until=until, codes=(code,), **{**OF_ACT, **more})


def ended(until: datetime, code: str, **more: Any) -> list[StorageTermEnded | DisposalReferred]:
    """The end of an act's term and what follows from it."""
    goods = {"consignment": "C1", "occurred": until, "until": until, "codes": (code,)}
    origin = {"origin": more["origin"]} if "origin" in more else {}
    return [StorageTermEnded(**goods, **{**CITED, **more}), DisposalReferred(**goods, **origin)]


def end_withdrawn(until: datetime, code: str, **more: Any) -> StorageTermEndWithdrawn:
    return StorageTermEndWithdrawn(consignment="C1", until=until, codes=(code,), **{**OF_ACT, **more})


OF_THE_CODE: dict[str, Any] = {"layer": "code", "act": None, "citation": None}


def kept_out(*goods: tuple[str, str | None]) -> Any:
    """The state once these goods have crossed, two days ago, and their order to leave is on record."""
    state = step(consignment, consignment.INITIAL, late(came(*goods), NOON, NOON))[0]
    for code, origin in goods:
        state = step(consignment, state, late(found(code, origin), NOON, NOON))[0]
    return state


def came(*goods: tuple[str, str | None], at: datetime = NOON - 2 * DAY) -> GoodsCrossed:
    return crossed(*goods).model_copy(update={"crossed": at})


def in_storage(*goods: tuple[str, str | None]) -> Any:
    return step(consignment, kept_out(*goods), late(STORE, NOON, NOON))[0]


@pytest.mark.law("L3")
@pytest.mark.parametrize(
    ("code", "origin", "until"),
    [(SHELLS, None, A_DAY), (SHELLS, "UZ", A_DAY), (POLYMERS, "XA", TEN_DAYS), (CIGARETTES, "XA", A_MONTH)],
)
def test_art_7_1_goods_for_which_an_act_sets_a_term_are_stored_for_that_and_the_act_is_cited(
    code: str, origin: str | None, until: datetime
) -> None:
    state, events = step(consignment, kept_out((code, origin)), late(STORE, NOON, NOON))
    by_origin = {"origin": "XA"} if code == POLYMERS else {}
    assert events == [PLACED, stored(until, code, **by_origin)]
    assert consignment.due(state) == ((until, "StorageTerm"),)


@pytest.mark.law("L3", "L4")
@pytest.mark.parametrize(("goods", "until"), [((SHELLS, None), A_DAY), ((POLYMERS, "XA"), TEN_DAYS)])
def test_art_7_1_an_act_s_term_ends_after_its_last_instant_and_the_goods_are_referred(
    goods: tuple[str, str | None], until: datetime
) -> None:
    state = in_storage(goods)
    by_origin = {"origin": goods[1]} if goods[1] else {}
    for recorded in (until - MOMENT, until):
        assert step(consignment, state, late(SHOWN, NOON, recorded))[1] == []
    assert step(consignment, state, late(SHOWN, NOON, until + MOMENT))[1] == ended(until, goods[0], **by_origin)
    fired, events = step(consignment, state, late(Due(name="StorageTerm", instant=until), until, until + MOMENT))
    assert events == ended(until, goods[0], **by_origin)
    assert (consignment.due(fired), consignment.open_points(fired)) == ((), (DISPOSAL,))


@pytest.mark.law("L3")
@pytest.mark.parametrize("origin", ["UZ", None])
def test_art_7_1_goods_of_another_origin_than_the_act_names_are_stored_for_three_days(origin: str | None) -> None:
    assert step(consignment, kept_out((POLYMERS, origin)), late(STORE, NOON, NOON))[1] == [PLACED, STORED]


@pytest.mark.law("L3", "L4")
def test_art_7_1_goods_of_two_terms_have_each_its_deadline_its_end_and_its_referral() -> None:
    state, events = step(consignment, kept_out((BOMBS, None), (SHELLS, None)), late(STORE, NOON, NOON))
    assert events == [PLACED, stored(A_DAY, SHELLS), stored(UNTIL, BOMBS, **OF_THE_CODE)]
    assert consignment.due(state) == ((A_DAY, "StorageTerm"), (UNTIL, "StorageTerm"))
    state, events = step(consignment, state, late(Due(name="StorageTerm", instant=A_DAY), A_DAY, A_DAY + MOMENT))
    assert events == ended(A_DAY, SHELLS)
    assert consignment.due(state) == ((UNTIL, "StorageTerm"),)
    assert consignment.open_points(state) == (DISPOSAL, LEAVE)
    state, events = step(consignment, state, late(Due(name="StorageTerm", instant=UNTIL), UNTIL, UNTIL + MOMENT))
    assert events == ended(UNTIL, BOMBS, **OF_THE_CODE)
    assert consignment.open_points(state) == (DISPOSAL,)
    state, events = step(consignment, state, late(EXPORT, A_DAY + HOUR, UNTIL + DAY))
    assert events == [exported(A_DAY + HOUR), end_withdrawn(UNTIL, BOMBS, layer="code", act=None)]
    assert [each.codes for each in state.storage.ended] == [(SHELLS,)]


@pytest.mark.law("L3")
def test_art_7_1_an_export_within_an_act_s_term_takes_its_end_back_and_leaves_no_deadline() -> None:
    past = step(consignment, in_storage((SHELLS, None)), late(SHOWN, NOON, A_DAY + MOMENT))[0]
    assert step(consignment, past, late(EXPORT, A_DAY, A_DAY + DAY))[1] == [
        exported(A_DAY), end_withdrawn(A_DAY, SHELLS),
    ]  # fmt: skip
    assert step(consignment, past, late(EXPORT, A_DAY + MOMENT, A_DAY + DAY))[1] == [exported(A_DAY + MOMENT)]
    state = step(consignment, in_storage((POLYMERS, "XA")), late(EXPORT, TEN_DAYS, TEN_DAYS))[0]
    assert (consignment.due(state), state.storage.ended) == ((), ())


@pytest.mark.law("L3")
def test_art_7_1_the_statement_may_come_before_the_goods_are_known_and_the_term_follows_them() -> None:
    state, events = step(consignment, consignment.INITIAL, late(STORE, NOON, NOON))
    assert events == [PLACED]
    state = step(consignment, state, late(came((SHELLS, None)), NOON, NOON + HOUR))[0]
    state, events = step(consignment, state, late(found(SHELLS), NOON, NOON + HOUR))
    assert events[-3:] == [ORDERED, stored(A_DAY, SHELLS), CODE_S_WITHDRAWN]
    assert consignment.due(state) == ((A_DAY, "StorageTerm"),)
    state, events = step(consignment, state, late(lodge((BOMBS, None)), NOON, NOON + 2 * HOUR))
    assert events[-1] == stored(UNTIL, BOMBS, **OF_THE_CODE)
    assert consignment.due(state) == ((A_DAY, "StorageTerm"), (UNTIL, "StorageTerm"))


@pytest.mark.law("L3")
def test_art_7_1_another_origin_that_an_officer_decides_on_changes_the_term_and_the_end_that_was_found() -> None:
    of_origin, declared = {"origin": "XA"}, late(lodge((POLYMERS, "XA")), NOON, NOON)
    begun = step(consignment, step(consignment, in_storage(), declared)[0], late(SHOWN, NOON, NOON))[0]
    word = late(found(item=1, origin="UZ"), NOON, NOON + HOUR)
    state, events = step(consignment, begun, word)
    assert events[-2:] == [STORED, withdrawn(TEN_DAYS, POLYMERS, **of_origin)]
    assert consignment.due(state) == ((UNTIL, "StorageTerm"),)
    begun = step(consignment, in_storage(), late(lodge((POLYMERS, "UZ")), NOON, NOON))[0]
    past = step(consignment, begun, late(SHOWN, NOON, UNTIL + MOMENT))[0]
    state, events = step(consignment, past, late(found(item=1, origin="XA"), NOON, UNTIL + DAY))
    assert events[-3:] == [
        stored(TEN_DAYS, POLYMERS, **of_origin), CODE_S_WITHDRAWN,
        StorageTermEndWithdrawn(consignment="C1", until=UNTIL),
    ]  # fmt: skip
    assert consignment.due(state) == ((TEN_DAYS, "StorageTerm"),)


@pytest.mark.law("L3")
def test_art_7_1_an_earlier_statement_moves_an_act_s_term() -> None:
    state, events = step(consignment, in_storage((SHELLS, None)), late(STORE, NOON - DAY, NOON + HOUR))
    assert events == [placed(NOON - DAY), stored(A_DAY - DAY, SHELLS, started=NOON - DAY, instead_of=A_DAY)]
    assert consignment.due(state) == ((A_DAY - DAY, "StorageTerm"),)


@pytest.mark.law("L3")
def test_art_7_1_an_act_that_becomes_known_after_the_statement_leaves_its_term_alone() -> None:
    begun = datetime(2020, 1, 29, 7, tzinfo=UTC)
    code_s, act_s = begun.replace(hour=19) + 3 * DAY, begun.replace(hour=19) + 10 * DAY
    here = step(consignment, consignment.INITIAL, late(came((POLYMERS, "XA"), at=begun), begun, begun))[0]
    here = step(consignment, here, late(lodge((POLYMERS, "XA")), begun, begun))[0]
    for recorded, until in ((begun, code_s), (KNOWN - MOMENT, code_s), (KNOWN, act_s)):
        state = step(consignment, here, late(STORE, begun, recorded))[0]
        assert consignment.due(state) == ((until, "StorageTerm"),)
        assert step(consignment, state, late(SHOWN, begun, KNOWN))[1] == []
        state, _ = step(consignment, state, late(Due(name="StorageTerm", instant=until), until, until + MOMENT))
        assert ([each.until for each in state.storage.terms], consignment.due(state)) == ([until], ())


@pytest.mark.law("L3")
def test_art_7_1_an_act_that_becomes_known_during_the_term_fires_no_deadline_again() -> None:
    begun = datetime(2020, 1, 29, 7, tzinfo=UTC)
    here = came((BOMBS, None), (POLYMERS, "XA"), at=begun)
    declared = lodge((BOMBS, None), (POLYMERS, "XA"))
    said = [Said(content=content, occurred=begun, recorded=begun) for content in (here, declared, STORE)]
    state, _ = live(consignment, said, begun + 30 * DAY)
    assert [each.codes for each in state.storage.terms] == [()]
    assert (consignment.due(state), [each.codes for each in state.storage.ended]) == ((), [()])


@pytest.mark.law("L3")
def test_art_7_1_storage_that_began_before_the_act_was_in_force_has_the_term_of_the_code() -> None:
    begun = datetime(2019, 12, 31, 18, 59, tzinfo=UTC)
    for start, terms in ((begun, {None}), (begun + timedelta(minutes=1), {"SAMPLE-STORAGE"})):
        term = three_days_or_as_an_act_sets(Happened(start, NOON), Goods(code=SHELLS, since=start, known=NOON))
        assert {term and term.act} == terms


@pytest.mark.law("L3")
def test_art_7_1_an_act_s_term_falls_with_the_prohibition() -> None:
    past = step(consignment, in_storage((SHELLS, None)), late(SHOWN, NOON, A_DAY + MOMENT))[0]
    early = datetime(2019, 12, 31, 12, tzinfo=UTC)
    before_the_act = crossed((SHELLS, None)).model_copy(update={"crossed": early})
    state, events = step(consignment, past, late(before_the_act, early, A_DAY + DAY))
    assert events[1:] == [
        ImmediateExportOrderWithdrawn(consignment="C1"), STORED, withdrawn(A_DAY, SHELLS),
        end_withdrawn(A_DAY, SHELLS),
    ]  # fmt: skip
    assert state.storage.terms == (StorageTerm(until=UNTIL),)


def test_of_goods_that_an_act_does_not_name_every_event_is_written_as_before() -> None:
    said, event = step(consignment, kept_out((BOMBS, None)), late(STORE, NOON, NOON))[1]
    assert said == PLACED
    assert set(event.model_dump(exclude_none=True)) == {
        "type", "article", "rule", "layer", "consignment", "place", "started", "until", "cost_bearer",
    }  # fmt: skip
    past = step(consignment, in_storage((BOMBS, None)), late(SHOWN, NOON, UNTIL + MOMENT))[1]
    assert [set(each.model_dump(exclude_none=True)) & {"act", "codes", "origin", "citation"} for each in past] == [
        set(), set(),
    ]  # fmt: skip


FACTS = (
    (came((SHELLS, None), (POLYMERS, "XA")), NOON),
    (lodge((POLYMERS, "UZ"), (BOMBS, None)), NOON + HOUR),
    (found(SHELLS), NOON),
    (STORE, NOON),
    (EXPORT, A_DAY + HOUR),
)


@pytest.mark.law("L3", "L4")
@pytest.mark.parametrize("down", [None, UNTIL + 2 * DAY])
def test_art_7_1_no_order_of_recording_changes_the_terms_of_goods_and_how_they_end(down: datetime | None) -> None:
    """Also where nothing is recorded and no deadline fires until the second day after the Code's term."""
    for order in permutations(FACTS):
        recorded = down or max(instant for _, instant in order)
        said = [Said(content=content, occurred=instant, recorded=recorded) for content, instant in order]
        state, _ = live(consignment, said, UNTIL + 3 * DAY)
        assert [(each.until, each.codes) for each in state.storage.terms] == [
            (A_DAY, (SHELLS,)), (UNTIL, (POLYMERS, BOMBS)),
        ]  # fmt: skip
        assert [(each.until, each.codes) for each in state.storage.ended] == [(A_DAY, (SHELLS,))]
        assert consignment.due(state) == ()
