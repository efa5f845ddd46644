"""What the trade sends has a place in papers, vehicles and seals, with its own spelling, and a bound."""

import json
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import TypeAdapter, ValidationError

from contracts import goods, papers, parties, seals, values, vehicle
from contracts.papers import GoodsLine, Papers, ShippingPapers
from contracts.parties import Party
from contracts.seals import Seal, missing
from contracts.vehicle import MeansOfTransport
from intake.advice import advice


def words(of: Any, sent: object) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(of).validate_python(sent, extra="forbid")
    return [advice(wrong) for wrong in refused.value.errors()]


@pytest.mark.parametrize("number", ["HZF/26/00731", "CMR 0099/26", "26 0417 8830", "ПЛ-№ 42", "O'TY 5512044", "x" * 70])
def test_a_number_is_kept_as_it_is_written(number: str) -> None:
    assert TypeAdapter(values.Number).validate_python(number) == number


@pytest.mark.parametrize("number", ["", " ", "a\nb", "a\u200bb", "x" * 71])
def test_a_number_has_something_to_see_nothing_hidden_and_an_end(number: str) -> None:
    assert words(values.Number, number) == [
        "is to be a number as it is written: 1 to 70 characters, none of them hidden, and one at least to see"
    ]


@pytest.mark.parametrize("code", ["0701", "070110", "84182110", "930690100"])
def test_papers_name_goods_by_four_to_nine_digits_or_by_none(code: str) -> None:
    assert TypeAdapter(GoodsLine).validate_python({"code": code}).code == code
    assert GoodsLine(description="Seed potatoes").code is None


@pytest.mark.parametrize("code", ["", "070", "0701100000", "0701 10", "HS 0701", "٠٧٠١"])
def test_a_code_of_papers_that_is_none_is_told_in_words(code: str) -> None:
    assert words(GoodsLine, {"code": code}) == ["is to be four to nine digits, without blanks"]


def test_an_item_of_a_declaration_is_named_by_all_nine_digits() -> None:
    assert words(goods.GoodsItem, {"code": "070110"}) == ["is to be nine digits, without blanks"]


@pytest.mark.parametrize("mass", ["19 800,00", "1e3", "-1", "1.2345", "", "1" * 13, "٣"])
def test_a_mass_is_digits_and_a_point(mass: str) -> None:
    (said,) = words(values.Mass, mass)
    assert said.startswith("is to be kilograms as a text of digits")


@pytest.mark.parametrize("mass", [11870, 11870.5, True])
def test_a_mass_is_no_number_of_json(mass: object) -> None:
    assert words(values.Mass, mass) == [
        'is to be kilograms as a text of digits with at most three after the point, such as "11870.5"'
    ]


@pytest.mark.parametrize("day", ["2026-11-31", "12/2/26", "20261128", "2026-11-28T00:00:00Z", 1764288000])
def test_a_day_is_one_that_there_is(day: object) -> None:
    (said,) = words(values.Day, day)
    assert "a day" in said or "date" in said


def test_no_field_takes_a_persons_name() -> None:
    hints = get_type_hints(parties.NaturalPerson)
    assert {*hints} == {"number", "issuer"}
    assert words(Party, {"role": "notify", "person": {"number": "1", "name": "Somebody"}}) == [
        "is not a field of this command; leave it out"
    ]


def test_a_seal_is_no_bare_text_and_a_vehicle_neither() -> None:
    assert words(Seal, "HZ 004411") == ["is to be an object, in curly brackets"]
    assert words(MeansOfTransport, "01 AG 4471") == ["is to be an object, in curly brackets"]


def test_seals_are_compared_however_they_are_spelt_and_shown_as_they_were_written() -> None:
    imposed = (Seal(number="HZ 004411", by="carrier"), Seal(number="TR-CUS-77120"), Seal(number="АВ 12"))
    assert missing(imposed, ("hz-004411", "AB12")) == ("TR-CUS-77120",)
    assert missing((Seal(number="HZ 1"), Seal(number="HZ1", on="SRHU1000019")), ()) == ("HZ1",)
    assert missing((), ("HZ 1",)) == ()


MODULES = (goods, papers, parties, seals, vehicle)
PARTS = [
    each for module in MODULES for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__
]
STATED = [each for each in PARTS if isinstance(each, type)]


@pytest.mark.parametrize("part", STATED, ids=lambda part: part.__name__)
def test_every_text_number_and_list_of_a_part_has_its_bounds(part: type) -> None:
    drawn = json.dumps(TypeAdapter(part).json_schema())
    assert unbounded(json.loads(drawn)) == []


def unbounded(schema: Any, at: str = "") -> list[str]:
    match schema:
        case {"type": "string"} if not {"pattern", "maxLength", "enum", "const", "format"} & {*schema}:
            return [at]
        case {"type": "array"} if "maxItems" not in schema:
            return [at]
        case {"type": "integer"} if not {"minimum", "maximum"} <= {*schema}:
            return [at]
        case dict():
            return [found for name, part in schema.items() for found in unbounded(part, f"{at}/{name}")]
        case list():
            return [found for number, part in enumerate(schema) for found in unbounded(part, f"{at}/{number}")]
    return []


def test_what_nobody_stated_is_not_written() -> None:
    line = {"consignment": "C1", "goods": [{"code": "0701"}]}
    read: Papers = TypeAdapter(Papers).validate_python(line)
    assert json.loads(TypeAdapter(Papers).dump_json(read, exclude_none=True)) == line


def test_papers_come_back_with_their_own_values() -> None:
    sent = {
        "consignment": "C1",
        "documents": [{"kind": "bill_of_lading", "number": "HZF/26/00731", "issuer": "Hazar Ferry Lines"}],
        "purpose": "transit",
        "gross_mass": "11870.0",
        "containers": [{"number": "SRHU1000019", "size_type": "45G1", "seals": [{"number": "HZ 004411"}]}],
        "parties": [{"role": "consignee", "company": {"name": "Daýhan Hyzmat", "number": "TM100000000029"}}],
        "freight": {"amount": "1450.0", "currency": "USD"},
        "goods": [{"description": "Холодильники бытовые", "freight_code": "84182110"}],
    }
    adapter: TypeAdapter[tuple[Papers, ...]] = TypeAdapter(ShippingPapers)
    read = adapter.validate_python([sent])
    assert json.loads(adapter.dump_json(read, exclude_none=True)) == [sent]


def test_roles_and_kinds_are_words_of_the_trade() -> None:
    assert {"bill_of_lading", "air_waybill", "cmr", "cim_smgs", "tir_carnet", "mrn", "lrn"} <= {
        *get_args(papers.DocumentKind)
    }
    assert {"consignor", "consignee", "notify", "carrier", "agent", "declarant", "principal"} == {
        *get_args(parties.Role)
    }
    assert {"import", "transit", "stays_aboard", "transhipment"} <= {*get_args(papers.Purpose)}
