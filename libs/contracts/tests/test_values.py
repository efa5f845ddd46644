"""Values at their bounds: whatever is taken can be written, and what was written is read as the same."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from contracts.values import Amount, Call, Description, Instant, KnownCheckpoint, KnownJourney, Number, Text, Word

AMOUNT: TypeAdapter[Decimal] = TypeAdapter(Amount)
INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)
CHECKPOINT: TypeAdapter[str] = TypeAdapter(KnownCheckpoint)


@pytest.mark.parametrize("sent", ["0", "120.5", "120.50", "9999999999999.99"])
def test_an_amount_is_a_text_of_digits_and_comes_back_as_it_was(sent: str) -> None:
    read = AMOUNT.validate_python(sent)
    assert AMOUNT.validate_json(AMOUNT.dump_json(read)) == read == Decimal(sent)


NO_TEXTS = (Decimal("1E+2"), Decimal("-0.0"), 10, 10.0, True)
NO_DIGITS = ("1e5", "-1", "-0.0", "+1", " 1", "1.", ".5", "1.234", "NaN", "1e1000000", "\u0661")


@pytest.mark.parametrize("sent", [*NO_TEXTS, *NO_DIGITS])
def test_what_is_no_amount_is_refused(sent: Any) -> None:
    with pytest.raises(ValidationError):
        AMOUNT.validate_python(sent)


@pytest.mark.parametrize("sent", ["2000-01-01T00:00:00Z", "1999-12-31T23:30:00-01:00", "2199-12-31T23:59:59Z"])
def test_an_instant_within_two_centuries_comes_back_as_it_was(sent: str) -> None:
    read = INSTANT.validate_python(sent)
    assert INSTANT.validate_json(INSTANT.dump_json(read)) == read


@pytest.mark.parametrize(
    "sent",
    ["2000-01-01T00:00:00+01:00", "2199-12-31T23:30:00-01:00", "0001-01-01T00:00:00+01:00", "2026-01-01T00:00:00"],
)
def test_an_instant_outside_or_without_a_zone_is_refused(sent: str) -> None:
    with pytest.raises(ValidationError):
        INSTANT.validate_python(sent)


@pytest.mark.parametrize("sent", ["FRP-MIX", "frp-mix", "Farap", "FARAB", "TMFAR", " farap "])
def test_a_checkpoint_is_taken_by_any_of_its_names_and_kept_by_its_code(sent: str) -> None:
    read = CHECKPOINT.validate_python(sent)
    assert CHECKPOINT.validate_json(CHECKPOINT.dump_json(read)) == read == "FRP-MIX"
    assert TypeAdapter(KnownJourney).validate_python([{"place": sent}]) == (Call(place=read),)


def test_a_name_of_several_checkpoints_is_answered_with_the_codes_to_choose_from() -> None:
    with pytest.raises(
        ValidationError, match=r"send one of the codes DSH-AIR \(Dashoguz airport\), DSH-ROD \(Dashoguz\)"
    ):
        CHECKPOINT.validate_python("Tashauz")


@pytest.mark.parametrize("sent", ["", "Termez", "FRP-MIY", 7, None, ["FRP-MIX"]])
def test_what_is_the_name_of_no_checkpoint_is_refused(sent: Any) -> None:
    with pytest.raises(ValidationError):
        CHECKPOINT.validate_python(sent)


@pytest.mark.parametrize("sent", ["Fa\u200brap", "TMFAR\u202e", "\ufeffFarap", "Farap\n"])
def test_the_name_of_a_checkpoint_hides_nothing_either(sent: str) -> None:
    with pytest.raises(ValidationError, match="cannot be seen"):
        CHECKPOINT.validate_python(sent)
    with pytest.raises(ValidationError, match="cannot be seen"):
        TypeAdapter(KnownJourney).validate_python([{"place": sent}])


def test_spaces_around_a_text_are_left_aside() -> None:
    assert TypeAdapter(Text).validate_python(" \u00a0Silk  Road \u2003") == "Silk  Road"
    assert TypeAdapter(Word).validate_python(" 1234 ASH") == "1234 ASH"


@pytest.mark.parametrize("sent", ["", " ", "\u00a0\u2003", "A\n", "\tA", "A\x7f", "A\x00B", " \x1f"])
@pytest.mark.parametrize("kind", [Text, Word])
def test_a_text_has_something_to_see_and_no_control_characters_as_its_schema_says(kind: Any, sent: str) -> None:
    adapter = TypeAdapter(kind)
    with pytest.raises(ValidationError):
        adapter.validate_python(sent)
    assert not re.fullmatch(adapter.json_schema()["pattern"].strip("^$"), sent)


@pytest.mark.parametrize(("kind", "most"), [(Text, 200), (Word, 64)])
def test_a_text_is_as_long_as_its_schema_says(kind: Any, most: int) -> None:
    adapter = TypeAdapter(kind)
    assert adapter.validate_python("A" * most)
    for sent in ("A" * (most + 1), " " + "A" * most):
        with pytest.raises(ValidationError):
            adapter.validate_python(sent)


def test_the_mode_beside_a_name_tells_which_checkpoint_is_meant_also_in_a_journey() -> None:
    assert CHECKPOINT.validate_python("TMKRW", context={"document": {"mode": "sea"}}) == "TKB-SEA"
    journey = TypeAdapter(KnownJourney).validate_python([{"place": "TMKRW"}], context={"document": {"mode": "air"}})
    assert journey == (Call(place="TKB-AIR"),)
    for context in (None, {}, {"document": {"mode": 7}}, {"document": {"mode": "elephant"}}):
        with pytest.raises(ValidationError, match="send one of the codes TKB-AIR"):
            CHECKPOINT.validate_python("TMKRW", context=context)


def test_a_schema_takes_what_a_door_takes_as_a_place() -> None:
    journey = TypeAdapter(KnownJourney).json_schema()
    for schema in (CHECKPOINT.json_schema(), journey["items"]["properties"]["place"]):
        assert "pattern" not in schema
        assert schema["type"] == "string"


@pytest.mark.parametrize("sent", ["1764579600", 1764579600, 1764579600.0, "2026-12-01", "2026-12-01T09:20Z", True])
def test_what_only_looks_like_an_instant_is_refused(sent: Any) -> None:
    with pytest.raises(ValidationError, match="RFC 3339"):
        INSTANT.validate_python(sent)


@pytest.mark.parametrize("sent", ["2026-12-01t09:20:00z", "2026-12-01T09:20:00.123456789+05:00"])
def test_an_instant_is_taken_in_every_form_that_rfc_3339_has(sent: str) -> None:
    assert INSTANT.validate_python(sent).tzinfo is UTC


HIDDEN = ("\u200b", "\u200e", "\u202e", "\u2066", "\u2028", "\u061c", "\ufeff", "\u00ad", "\u0085", "\u2060")
UNSEEN = (
    "\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", "\ufe0f", "\u180b", "\U000e0001", "\U000e0041", "\U000e007f",
    "\U000e0100",
)  # fmt: skip


@pytest.mark.parametrize("sent", [f"A{each}B" for each in HIDDEN])
@pytest.mark.parametrize("kind", [Text, Word])
def test_a_text_holds_nothing_that_cannot_be_seen(kind: Any, sent: str) -> None:
    adapter = TypeAdapter(kind)
    with pytest.raises(ValidationError, match="none of them hidden"):
        adapter.validate_python(sent)
    assert not re.fullmatch(adapter.json_schema()["pattern"].strip("^$"), sent)


@pytest.mark.parametrize("hidden", UNSEEN)
@pytest.mark.parametrize("kind", [Text, Word, Number, Description, KnownCheckpoint])
def test_neither_does_it_hold_what_shows_nothing_and_no_pattern_names(kind: Any, hidden: str) -> None:
    with pytest.raises(ValidationError, match=r"hidden|cannot be seen"):
        TypeAdapter(kind).validate_python(f"FRP{hidden}-MIX")
    assert TypeAdapter(Text).validate_python("Türkmenbaşy, Köpetdag, 货物") == "Türkmenbaşy, Köpetdag, 货物"


@pytest.mark.parametrize("sent", [[], {}, ["2026-01-31T09:30:00Z"], None])
def test_what_is_no_text_is_neither_an_amount_nor_an_instant(sent: Any) -> None:
    for read in (AMOUNT, INSTANT):
        with pytest.raises(ValidationError):
            read.validate_python(sent)


def test_what_is_wrong_with_an_instant_or_an_amount_is_told_each_time_in_words() -> None:
    for _ in range(2):
        with pytest.raises(ValidationError, match="is no time that there is: month"):
            INSTANT.validate_python("2026-13-31T09:30:00Z")
        with pytest.raises(ValidationError, match="is to have 13 digits or fewer before the point"):
            AMOUNT.validate_python("12345678901234")


@pytest.mark.parametrize("sent", ["2026-01-31T14:30:00+05:00", "2026-01-31t09:30:00z", "2026-01-31T09:30:00.000Z"])
def test_one_instant_is_one_whatever_is_written(sent: str) -> None:
    assert (
        INSTANT.validate_python(sent) == INSTANT.validate_json(f'"{sent}"') == datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
    )
