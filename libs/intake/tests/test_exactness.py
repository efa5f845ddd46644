"""Documents are read as published schemas say, and what is wrong is told in words."""

import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest
from pydantic import AwareDatetime, Field, StringConstraints, TypeAdapter, ValidationError

from intake.advice import advice
from intake.documents import NoDocument, read_object
from intake.hasty import fitting


@dataclass(frozen=True, kw_only=True)
class Box:
    sealed: bool
    weight: Annotated[int, Field(ge=0, le=9)] = 0
    share: float = 0.0
    colour: Literal["red", "green"] = "red"
    label: Annotated[str, StringConstraints(min_length=1, max_length=3)] = "A"
    packed: AwareDatetime | None = None
    others: tuple[int, ...] = ()
    inner: "Box | None" = None


ADAPTER = TypeAdapter(Box)


def read(size: int | None = 0, **fields: Any) -> Box:
    box: Box = fitting(ADAPTER, size).validate_python({"sealed": True, **fields}, extra="forbid")
    return box


@pytest.mark.parametrize("size", [0, None])
@pytest.mark.parametrize(
    "sent",
    [
        {"sealed": 1}, {"sealed": "yes"}, {"sealed": "true"}, {"weight": "1"}, {"weight": True}, {"weight": 1.5},
        {"share": "0.5"}, {"share": True}, {"label": 1}, {"others": [True]}, {"others": ["1"]},
        {"inner": {"sealed": "no"}},
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused_however_alike_it_looks(sent: dict[str, Any], size: int | None) -> None:
    with pytest.raises(ValidationError):
        read(size, **sent)


def test_values_of_their_types_are_read() -> None:
    assert read(weight=1, share=1, others=[1, 2], inner={"sealed": False}).inner == Box(sealed=False)


@pytest.mark.parametrize(("text", "number"), [("1.0", 1), ("1e2", 100), ("-2.0", -2)])
def test_a_whole_number_may_be_written_with_a_point_as_json_schema_has_it(text: str, number: int) -> None:
    said = read_object(f'{{"n": {text}}}'.encode())["n"]
    assert (said, type(said)) == (number, int)


@pytest.mark.parametrize("text", ["1.5", "1e-3", "1e999"])
def test_other_numbers_stay_what_they_are(text: str) -> None:
    assert isinstance(read_object(f'{{"n": {text}}}'.encode())["n"], float)


def test_a_byte_order_mark_is_passed_over_and_another_encoding_is_no_document() -> None:
    assert read_object(b'\xef\xbb\xbf{"n": 1}') == {"n": 1}
    with pytest.raises(NoDocument):
        read_object(json.dumps({"n": "ý"}, ensure_ascii=False).encode("cp1252"))


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"sealed": "yes"}, "is to be true or false, without quotes"),
    ({"weight": "1"}, "is to be a whole number, in digits and without quotes"),
    ({"weight": 1.5}, "is to be a whole number, in digits and without quotes"),
    ({"weight": 10}, "is to be 9 or less"),
    ({"weight": -1}, "is to be 0 or more"),
    ({"colour": "blue"}, "is to be 'red' or 'green'"),
    ({"label": 7}, "is to be a text, in quotes"),
    ({"label": ""}, "is to have 1 characters or more"),
    ({"label": "ABCD"}, "is to have 3 characters or fewer"),
    ({"packed": "2026-02-30T00:00:00Z"}, "is no time that there is: day value is outside expected range"),
    ({"packed": "2026-02-03T00:00:00"}, "is to be a time with its zone, such as 2026-01-31T09:30:00Z"),
    ({"others": "1"}, "is to be a list, in square brackets"),
    ({"inner": []}, "is to be an object, in curly brackets"),
    ({"inner": {}}, "is missing; send it"),
    ({"height": 1}, "is not a field of this command; leave it out"),
)


@pytest.mark.parametrize(("sent", "words"), WRONG)
def test_what_is_wrong_is_told_in_words(sent: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as raised:
        read(**sent)
    (wrong,) = raised.value.errors(include_url=False, include_input=False)
    assert advice(wrong) == words
