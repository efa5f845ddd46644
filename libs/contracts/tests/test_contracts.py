import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import TypeAdapter, ValidationError

from contracts import presentation, streams
from contracts.__main__ import EVENTS, EXAMPLES, SCHEMAS, schema, topics, unshown
from contracts.clearance import PaymentReceived
from contracts.event import Event
from contracts.links import FactsPassedOn
from contracts.papers import Papers, ShippingPapers
from contracts.release import GoodsReleased, ReleaseRefused
from contracts.stating import StatementDiffers
from contracts.values import (
    Amount,
    Call,
    Instant,
    Journey,
    KnownCheckpoint,
    KnownJourney,
    MovementId,
    NineDigits,
    Sum,
    Text,
)

NAMES = sorted(event.__name__ for event in EVENTS)


def example(name: str) -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def test_every_event_has_an_example_and_a_schema_and_there_are_no_others() -> None:
    shown, drawn = ({path.stem for path in folder.iterdir()} for folder in (EXAMPLES, SCHEMAS))
    assert [
        *unshown(),
        *(f"libs/contracts/examples/{name}.json is of no event: take it away" for name in shown - {*NAMES}),
        *(f"libs/contracts/schemas/{name}.json: make api writes the schemas anew" for name in drawn ^ {*NAMES}),
    ] == []


@pytest.mark.parametrize("event", EVENTS)
def test_an_example_comes_back_as_it_went_in(event: type[Event]) -> None:
    said = event.model_validate(example(event.__name__))
    assert json.loads(said.model_dump_json(exclude_none=True)) == example(event.__name__)
    assert event.model_validate_json(said.model_dump_json(exclude_none=True)) == said


@pytest.mark.parametrize("event", EVENTS)
def test_an_example_is_read_as_its_own_type_and_as_no_other(event: type[Event]) -> None:
    for name in NAMES:
        if name == event.__name__:
            continue
        with pytest.raises(ValidationError, match="literal_error"):
            event.model_validate(example(name))


@pytest.mark.parametrize("event", EVENTS)
def test_what_a_later_writer_adds_is_passed_over(event: type[Event]) -> None:
    assert event.model_validate({**example(event.__name__), "later": 1}) == event.model_validate(
        example(event.__name__)
    )


@pytest.mark.parametrize("event", [each for each in EVENTS if each is not StatementDiffers])
def test_every_event_cites_its_article_by_itself(event: type[Event]) -> None:
    without = {name: value for name, value in example(event.__name__).items() if name != "article"}
    assert event.model_validate(without).article == example(event.__name__)["article"]


@pytest.mark.parametrize("event", EVENTS)
def test_the_schema_on_file_is_that_of_the_model(event: type[Event]) -> None:
    stored = (SCHEMAS / f"{event.__name__}.json").read_text(encoding="utf-8")
    assert stored == schema(event), "the contract has changed: make api writes the schemas anew"


@pytest.mark.parametrize("event", EVENTS)
def test_no_field_is_a_float_or_a_set_and_every_decimal_is_bounded(event: type[Event]) -> None:
    for field in event.model_fields.values():
        parts = set(_types(field.annotation))
        assert not parts & {float, set, frozenset, list, dict}
        if Decimal in parts:
            assert any(getattr(bound, "max_digits", None) for bound in field.metadata)


def _types(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        return _types(get_args(annotation)[0])
    inner = get_args(annotation)
    return [get_origin(annotation) or annotation, *(found for part in inner for found in _types(part))]


def test_each_topic_is_of_one_service_and_each_event_on_one_topic() -> None:
    written = {module.__name__.removeprefix("contracts."): module.TOPIC for module in topics()}
    assert written == {name: f"customs.{name}.v1" for name in written}
    assert len(topics()) >= 4
    on_each = {StatementDiffers, FactsPassedOn}
    assert len(NAMES) == len(set(NAMES)) == sum(len({*module.EVENTS} - on_each) for module in topics()) + len(on_each)


def test_a_stream_is_named_by_its_kind_and_its_id() -> None:
    assert (streams.movement("M1"), streams.consignment("C1")) == ("movement/M1", "consignment/C1")


@pytest.mark.parametrize(
    "wrong", ["1e1000000", "1E5", "-1", "NaN", "Infinity", "1.234", "12345678901234", "", " 1", "١"]
)
def test_an_amount_is_written_out_in_a_bounded_number_of_digits(wrong: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Amount).validate_python(wrong)


@pytest.mark.parametrize("wrong", ["10.5", "1", "true", "null"])
def test_an_amount_is_never_a_number_of_json(wrong: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Amount).validate_json(wrong)


def test_an_amount_keeps_its_digits() -> None:
    assert TypeAdapter(Amount).validate_python("1234567890123.45") == Decimal("1234567890123.45")
    assert TypeAdapter(Sum).validate_json('"0.10"') == Decimal("0.10")


@pytest.mark.parametrize("wrong", ["", ".", "-a", "a/b", "a b", "a\n", "a" * 65, "ý"])
def test_an_id_fits_into_the_name_of_a_stream(wrong: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(MovementId).validate_python(wrong)


@pytest.mark.parametrize("wrong", ["", "  ", "a\0b", "a\nb", "a" * 201])
def test_a_text_has_something_in_it_and_no_control_character(wrong: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Text).validate_python(wrong)


@pytest.mark.parametrize("wrong", ["", "12345678", "1234567890", "12345678a", "١٢٣٤٥٦٧٨٩"])
def test_a_code_of_goods_has_nine_digits(wrong: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(NineDigits).validate_python(wrong)


@pytest.mark.parametrize("wrong", ["2026-03-02T07:00:00", "9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00"])
def test_an_instant_has_a_zone_and_lies_in_a_time_that_can_be_reckoned_with(wrong: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Instant).validate_python(wrong)


def test_a_command_names_a_checkpoint_that_there_is() -> None:
    assert TypeAdapter(KnownCheckpoint).validate_python("FRP-MIX") == "FRP-MIX"
    with pytest.raises(ValidationError, match="there is no checkpoint FRP-MIY"):
        TypeAdapter(KnownCheckpoint).validate_python("FRP-MIY")


def test_a_command_names_the_places_of_its_journey_by_any_of_their_names_and_only_such_as_there_are() -> None:
    journeys = TypeAdapter(KnownJourney)
    assert journeys.validate_python([{"place": "Mary howa menzili"}]) == (Call(place="MRY-AIR"),)
    with pytest.raises(ValidationError, match="there is no checkpoint XXX-AIR"):
        journeys.validate_json('[{"place": "MRY-AIR"}, {"place": "XXX-AIR"}]')


def test_an_event_is_read_whether_or_not_its_places_are_still_on_file() -> None:
    assert TypeAdapter(Journey).validate_json('[{"place": "XXX-AIR"}]') == (Call(place="XXX-AIR"),)


def test_an_instant_lies_between_the_years_2000_and_2199() -> None:
    for right in ("2000-01-01T00:00:00Z", "2199-12-31T23:59:59Z"):
        assert TypeAdapter(Instant).validate_python(right) == datetime.fromisoformat(right)
    for wrong in ("1999-12-31T23:59:59Z", "2200-01-01T00:00:00Z"):
        with pytest.raises(ValidationError, match="within the years 2000 to 2199"):
            TypeAdapter(Instant).validate_python(wrong)


def test_an_instant_is_kept_in_utc() -> None:
    instant = TypeAdapter(Instant).validate_python("2026-03-02T12:00:00+05:00")
    assert (instant, instant.tzinfo) == (datetime(2026, 3, 2, 7, tzinfo=UTC), UTC)


def test_the_papers_of_a_consignment_stand_once_in_a_crossing() -> None:
    each = TypeAdapter(ShippingPapers).validate_python([{"consignment": "C2"}, {"consignment": "C1"}])
    assert each == (Papers(consignment="C2"), Papers(consignment="C1"))
    with pytest.raises(ValidationError, match="stated once, these more often: C1"):
        TypeAdapter(ShippingPapers).validate_python([{"consignment": "C1"}, {"consignment": "C1", "packages": 2}])


def test_a_checkpoint_is_determined_for_a_vehicle_or_for_goods() -> None:
    of_both = {**example("CheckpointDetermined"), "consignment": "C1"}
    of_none = {name: value for name, value in example("CheckpointDetermined").items() if name != "movement"}
    for wrong in (of_both, of_none):
        with pytest.raises(ValidationError, match="either for a movement or for a consignment"):
            presentation.CheckpointDetermined.model_validate(wrong)


def test_an_event_stays_as_it_is() -> None:
    paid = PaymentReceived(consignment="C1", amount=Decimal("1"), reference="T-1")
    with pytest.raises(ValidationError, match="frozen"):
        paid.reference = "T-2"  # type: ignore[misc]


@pytest.mark.law("F6")
@pytest.mark.parametrize("regime", ["", " ", None])
def test_art_5_1_20_a_release_without_a_regime_cannot_be_written(regime: str | None) -> None:
    with pytest.raises(ValidationError):
        GoodsReleased.model_validate({**example("GoodsReleased"), "regime": regime})


@pytest.mark.law("F12")
def test_art_8_2_a_refusal_without_a_ground_cannot_be_written() -> None:
    with pytest.raises(ValidationError, match="too_short"):
        ReleaseRefused.model_validate({**example("ReleaseRefused"), "grounds": []})


@pytest.mark.law("F12", "L8")
@pytest.mark.parametrize("false", [{"article": "20(2)"}, {"rule": "L8"}, {"layer": "default"}, {"article": "37(2)"}])
def test_art_8_2_a_refusal_with_a_ground_that_is_none_is_not_read_either(false: dict[str, str]) -> None:
    (ground,) = example("ReleaseRefused")["grounds"]
    with pytest.raises(ValidationError):
        ReleaseRefused.model_validate({**example("ReleaseRefused"), "grounds": [{**ground, **false}]})
