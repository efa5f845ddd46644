"""Each change that breaks somebody is noticed, in a sentence with its place; and growing breaks nobody."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from deploy.api.breaking import breaks
from deploy.api.tests.test_documents import NOW

Document = dict[str, Any]
TOPICS, DOORS = NOW["arrival.asyncapi.json"], NOW["release.openapi.json"]


def changed(document: Document, change: Callable[[Document], object]) -> list[str]:
    later = deepcopy(document)
    change(later)
    return breaks(document, later)


def event(document: Document, name: str = "BorderCrossed") -> Document:
    found: Document = document["components"]["schemas"][name]
    return found


def renamed(fields: Document, before: str, after: str) -> None:
    fields[after] = fields.pop(before)


def optional(schema: Document, name: str) -> None:
    schema["required"].remove(name)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: event(d)["properties"].pop("seals"), ["BorderCrossed/data/seals is gone"]),
        (lambda d: renamed(event(d)["properties"], "seals", "marks"), ["BorderCrossed/data/seals is gone"]),
        (
            lambda d: event(d)["properties"].update(non_stop={"type": "string"}),
            ["BorderCrossed/data/non_stop may no longer be boolean", "BorderCrossed/data/non_stop may now be string"],
        ),
        (lambda d: optional(event(d), "crossed"), ["BorderCrossed/data/crossed may now be missing"]),
        (lambda d: event(d)["required"].append("place"), ["BorderCrossed/data/place must now be there"]),
        (
            lambda d: event(d)["properties"]["mode"]["enum"].append("foot"),
            ["BorderCrossed/data/mode may now be foot"],
        ),
        (
            lambda d: event(d)["properties"]["mode"]["enum"].remove("rail"),
            ["BorderCrossed/data/mode may no longer be rail"],
        ),
        (
            lambda d: event(d)["properties"]["article"].update(maxLength=100),
            ["BorderCrossed/data/article: maxLength is 100, and was 64"],
        ),
        (
            lambda d: event(d)["properties"]["crossed"].pop("format"),
            ["BorderCrossed/data/crossed: format is None, and was date-time"],
        ),
        (
            lambda d: event(d, "Papers")["properties"].pop("packages"),
            ["ArrivalNotified/data/papers/*/packages is gone"],
        ),
        (lambda d: d["channels"]["arrival"]["messages"].pop("StopRecorded"), ["StopRecorded is gone"]),
        (lambda d: d["channels"]["arrival"].update(address="x"), ["the topic customs.arrival.v1 is gone"]),
        (
            lambda d: d["channels"]["arrival"]["bindings"]["kafka"].update(partitions=48),
            ["customs.arrival.v1 has 48 partitions, and had 24"],
        ),
    ],
)  # fmt: skip
def test_a_change_of_an_event_that_breaks_a_reader_is_noticed(
    change: Callable[[Document], object], said: list[str]
) -> None:
    found = changed(TOPICS, change)
    assert set(said) <= set(found)
    assert len({each.split("/")[-1] for each in found}) == len(said)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: event(d)["properties"].update(later={"type": "string"}),
        lambda d: event(d, "Papers")["properties"].update(later={"type": "integer"}),
        lambda d: event(d)["properties"]["article"].update(title="Another"),
    ],
)
def test_a_field_that_may_be_left_out_breaks_no_reader(change: Callable[[Document], object]) -> None:
    assert changed(TOPICS, change) == []


def command(document: Document) -> Document:
    return event(document, "ReportUse")


def answer(document: Document) -> Document:
    return event(document, "Answer")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["paths"].pop("/uses"), "POST /uses is gone"),
        (lambda d: d["paths"]["/consignments/{id}"].pop("get"), "GET /consignments/{id} is gone"),
        (lambda d: command(d)["properties"].pop("items"), "POST /uses/items is gone"),
        (lambda d: command(d)["required"].append("items"), "POST /uses/items must now be there"),
        (
            lambda d: command(d)["properties"].update(seat={"type": "string"}) or
            command(d)["required"].append("seat"),
            "POST /uses/seat must now be there",
        ),
        (lambda d: command(d)["properties"]["use"]["enum"].remove("use"), "POST /uses/use may no longer be use"),
        (
            lambda d: command(d)["properties"]["items"].update(maxItems=9),
            "POST /uses/items: maxItems is 9, and was 999",
        ),
        (
            lambda d: command(d)["properties"]["items"]["items"].update(type="string"),
            "POST /uses/items/* may no longer be integer",
        ),
        (lambda d: answer(d)["properties"].pop("receipt"), "POST /releases 200/receipt is gone"),
        (lambda d: optional(answer(d), "receipt"), "POST /releases 200/receipt may now be missing"),
        (
            lambda d: answer(d)["properties"]["outcome"]["enum"].append("lost"),
            "POST /releases 200/outcome may now be lost",
        ),
        (
            lambda d: d["paths"]["/uses"]["post"]["requestBody"]["content"].pop("application/x-ndjson"),
            "POST /uses: application/x-ndjson is gone",
        ),
        (lambda d: d["paths"]["/uses"]["post"]["responses"].pop("422"), "POST /uses: the answer 422 is gone"),
        (
            lambda d: d["paths"]["/consignments"]["get"]["parameters"].pop(),
            "GET /consignments: the parameter limit is gone",
        ),
        (
            lambda d: d["paths"]["/consignments"]["get"]["parameters"][-1].update(required=True),
            "GET /consignments: the parameter limit must now be sent",
        ),
    ],
)  # fmt: skip
def test_a_change_of_a_door_that_breaks_a_caller_is_noticed(change: Callable[[Document], object], said: str) -> None:
    assert said in changed(DOORS, change)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["paths"].update({"/later": {}}),
        lambda d: command(d)["properties"].update(later={"type": "string"}),
        lambda d: command(d)["properties"]["use"]["enum"].append("loan"),
        lambda d: optional(command(d), "use"),
        lambda d: command(d)["properties"]["items"].update(maxItems=2000),
        lambda d: answer(d)["properties"].update(later={"type": "string"}),
    ],
)
def test_growing_breaks_no_caller(change: Callable[[Document], object]) -> None:
    assert changed(DOORS, change) == []


def test_a_service_that_is_gone_is_noticed() -> None:
    assert breaks(DOORS, None) == ["the service is gone"]
