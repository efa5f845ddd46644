"""The descriptions in docs/api: those of today, sound by their standards, with examples that fit; they break nobody."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from asyncapi3.models.asyncapi import AsyncAPI3
from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.protocols import Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from chassis.service import find_services
from deploy.api.breaking import breaks
from deploy.api.documents import CLIENT, HERE, RELEASED, Document, documents, read, routes_for_clients, text
from doors.describing import references
from entries.entry import PARTITIONS
from servers.topics import FORM

NOW, SERVICES = documents(), find_services()
OPENAPI = sorted(name for name in NOW if name.endswith(".openapi.json"))
ASYNCAPI = sorted(name for name in NOW if name.endswith(".asyncapi.json"))


def found(document: Document, reference: str) -> Any:
    """What a reference stands for. Raises KeyError where it stands for nothing."""
    part: Any = document
    for name in reference.removeprefix("#/").split("/"):
        part = part[name]
    return part


def fitting(document: Document, schema: Mapping[str, Any], kind: type[Validator]) -> Validator:
    """Judges by a schema of the document, which may refer to its others."""
    return kind({**schema, "components": document["components"]}, format_checker=kind.FORMAT_CHECKER)


def messages(name: str) -> dict[str, Any]:
    found: dict[str, Any] = NOW[name]["components"]["messages"]
    return found


def test_what_is_on_file_is_what_the_services_offer() -> None:
    on_file = {path.name: path.read_text(encoding="utf-8") for path in HERE.glob("*.json")}
    assert on_file == {name: text(document) for name, document in NOW.items()}, "make api writes docs/api anew"


def test_clients_know_every_route_and_no_other() -> None:
    assert CLIENT.read_text(encoding="utf-8") == text(routes_for_clients()), "make api writes libs/client/routes.json"


def test_the_table_of_descriptions_names_each() -> None:
    table = (HERE / "README.md").read_text(encoding="utf-8")
    assert [f"docs/api/README.md: link to {name}" for name in sorted(NOW) if f"]({name})" not in table] == []


@pytest.mark.parametrize("name", sorted(read(RELEASED)))
def test_nothing_breaks_whoever_goes_by_the_last_release(name: str) -> None:
    assert breaks(read(RELEASED)[name], NOW.get(name)) == []


@pytest.mark.parametrize("name", OPENAPI)
def test_doors_are_described_in_openapi_3_1(name: str) -> None:
    assert NOW[name]["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(NOW[name]).iter_errors()] == []


@pytest.mark.parametrize("name", ASYNCAPI)
def test_topics_are_described_in_asyncapi_3(name: str) -> None:
    assert AsyncAPI3.model_validate(NOW[name]).asyncapi == "3.0.0"
    for schema in NOW[name]["components"]["schemas"].values():
        Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("name", sorted(NOW))
def test_every_reference_stands_for_something(name: str) -> None:
    for reference in set(references(NOW[name])):
        assert found(NOW[name], reference) is not None


@pytest.mark.parametrize("name", ASYNCAPI)
def test_every_event_of_the_contract_has_an_example_that_fits_its_message_and_no_other(name: str) -> None:
    shown = {name: message["examples"][0] for name, message in messages(name).items() if "examples" in message}
    events = {event.__name__ for event in SERVICES[name.partition(".")[0]].writes.EVENTS}
    assert [f"libs/contracts/examples/{event}.json is not there" for event in sorted(events - {*shown})] == []
    for event, message in messages(name).items():
        headers = fitting(NOW[name], message["headers"], Draft7Validator)
        payload = fitting(NOW[name], message["payload"], Draft7Validator)
        for other, example in shown.items():
            assert headers.is_valid(example["headers"])
            assert payload.is_valid(example["payload"]) == (event == other), (event, other)


@pytest.mark.parametrize("name", OPENAPI)
def test_every_door_has_an_example_that_fits_its_command(name: str) -> None:
    doors = [methods["post"] for methods in NOW[name]["paths"].values() if "post" in methods]
    assert len(doors) >= 4
    for door in doors:
        content = door["requestBody"]["content"]["application/json"]
        command, file = content["schema"]["$ref"].rpartition("/")[2], f"services/{name.partition('.')[0]}/examples.json"
        assert content.get("example"), f"{file} has no example of {command}: write one under that name"
        errors = fitting(NOW[name], content["schema"], Draft202012Validator).iter_errors(content["example"])
        assert [error.message for error in errors] == []


@pytest.mark.parametrize("name", ASYNCAPI)
def test_a_topic_is_described_as_it_is_made(name: str) -> None:
    for channel in NOW[name]["channels"].values():
        kafka = channel["bindings"]["kafka"]
        assert kafka["partitions"] == PARTITIONS
        assert kafka["topic"] == channel["address"]
        told = {key: ",".join(value) if isinstance(value, list) else str(value) for key, value in made(kafka)}
        assert told.items() <= FORM.settings.items()


def made(kafka: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(kafka["topicConfiguration"].items())


@pytest.mark.parametrize("name", ASYNCAPI)
def test_each_service_writes_one_topic_and_hears_its_upstreams(name: str) -> None:
    operations = dict(NOW[name]["operations"])
    writer = name.partition(".")[0]
    assert operations.pop("write")["channel"] == {"$ref": f"#/channels/{writer}"}
    assert {operation["action"] for operation in operations.values()} <= {"receive"}
    assert set(operations) == {f"hear-{each}" for each in upstreams(writer)}


def upstreams(writer: str) -> tuple[str, ...]:
    return tuple(SERVICES[writer].hears)


def operations(name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each door of a service: its path, its method, and what is said of it."""
    for path, methods in NOW[name]["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


@pytest.mark.parametrize("name", OPENAPI)
def test_every_door_has_a_name_of_its_own_a_tag_and_a_summary(name: str) -> None:
    document = NOW[name]
    names = [operation["operationId"] for *_, operation in operations(name)]
    assert sorted({*names}) == sorted(names)
    assert all(each.isidentifier() and each[0].islower() for each in names), names
    tags = {tag["name"] for tag in document["tags"] if tag["description"]}
    for path, _, operation in operations(name):
        assert set(operation["tags"]) <= tags, path
        assert operation["summary"], path
        assert len(operation["description"]) > 20, path
    assert [server["url"] for server in document["servers"]]


@pytest.mark.parametrize("name", OPENAPI)
def test_every_answer_has_a_schema_that_says_something_and_the_id_of_its_request(name: str) -> None:
    for path, method, operation in operations(name):
        for status, answer in operation["responses"].items():
            said = found(NOW[name], answer["$ref"]) if "$ref" in answer else answer
            assert "X-Request-Id" in said["headers"], (path, status)
            for kind, content in said["content"].items():
                assert content["schema"], (path, method, status, kind)


@pytest.mark.parametrize("name", OPENAPI)
def test_commands_are_sent_under_a_key_alone_or_each_with_its_own(name: str) -> None:
    for path, method, operation in operations(name):
        if method != "post":
            continue
        keys = [each for each in operation["parameters"] if each["name"] == "Idempotency-Key"]
        assert [each["required"] for each in keys] == [True], path
        content = operation["requestBody"]["content"]
        alone = found(NOW[name], content["application/json"]["schema"]["$ref"])
        line = found(NOW[name], content["application/x-ndjson"]["x-line"]["$ref"])
        assert "idempotency_key" not in alone["properties"]
        assert "idempotency_key" in line["required"]
        assert alone["properties"].keys() == line["properties"].keys() - {"idempotency_key"}


@pytest.mark.parametrize("name", OPENAPI)
def test_streams_are_looked_up_by_acts_that_may_be_open_on_them_and_no_others(name: str) -> None:
    service = SERVICES[name.partition(".")[0]]
    for kind, decided in service.kinds.items():
        listed = NOW[name]["paths"][f"/{kind}s"]["get"]
        asked = [each["schema"] for each in listed["parameters"] if each["name"] == "waiting"]
        acts = [act for schema in asked for each in schema["anyOf"] for act in each.get("enum", [each.get("const")])]
        assert [act for act in acts if act] == list(decided.acts)
