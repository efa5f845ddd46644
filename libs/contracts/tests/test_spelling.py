"""The fold of numbers, as it was fixed: what it made of a text once it makes of it for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.spelling import alike, folded, in_short

FIXED = [
    ("HZF/26/00731", "HZF/26/00731"),
    ("HZ 004411", "HZ004411"),
    ("hz-004411", "HZ004411"),
    ("\u00a0HZ\u2009004\u2011411 ", "HZ004411"),
    ("АВ 1234 СТ", "AB1234CT"),  # Cyrillic, all of it.
    ("ру 77", "PY77"),
    ("ҮЁЇЈЅ", "YEIJS"),
    ("ПЛ 0042", "ПЛ0042"),
    ("ıİiI", "IIII"),
    ("Türkmenbaşy 1", "TÜRKMENBAŞY1"),
    ("ＳＲＨＵ１０００", "SRHU1000"),
    ("970-10000421", "97010000421"),
    ("O'TY 5512044", "O'TY5512044"),
    ("01 AG 0012", "01AG0012"),
    ("straße", "STRASSE"),
    (" - ", " - "),
]


@pytest.mark.parametrize(("written", "spelt"), FIXED)
def test_what_a_number_was_folded_to_it_is_folded_to_for_ever(written: str, spelt: str) -> None:
    assert folded(written) == spelt


@given(
    st.text(st.characters(codec="ascii"), max_size=70).filter(lambda text: text.strip(" -\t\n\r\v\f\x1c\x1d\x1e\x1f"))
)
def test_plain_letters_come_to_the_same_beside_others(text: str) -> None:
    assert folded(text + "Ж") == folded(text) + "Ж"


@given(st.text(max_size=70))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "other"), [("HZ 1", "HZ/1"), ("HZ1", "HZ01"), ("O1", "01"), ("HZ.1", "HZ1"), ("И", "Й"), ("U", "Ü")]
)
def test_numbers_that_are_two_stay_two(one: str, other: str) -> None:
    assert not alike(one, other)


def test_numbers_that_were_written_by_two_people_are_one() -> None:
    assert alike("TR-CUS 77120", "tr cus-77120")
    assert alike("АВ-1", "AB1")


@pytest.mark.parametrize(
    ("measured", "short"),
    [("11870.0", "11870"), ("11870", "11870"), ("0024.310", "24.31"), ("0.0", "0"), ("0.05", "0.05"), ("100", "100")],
)
def test_noughts_that_say_nothing_are_left_out_where_what_is_measured_is_compared(measured: str, short: str) -> None:
    assert in_short(measured) == short
