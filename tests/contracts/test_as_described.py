"""What the running services serve, answer and write is what their descriptions say."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from chassis.service import find_services
from deploy.api.tests.test_documents import NOW, fitting
from deploy.local.issuer import make_token
from deploy.local.stack import Stack
from tests.faults.evidence import Side
from tests.faults.gathering import SERVICES

AS_A_PROBLEM = "application/problem+json"


ROUTES = [
    (service, path)
    for service in find_services()
    for path, methods in NOW[f"{service}.openapi.json"]["paths"].items()
    if "post" in methods
]


def described(service: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = NOW[f"{service}.openapi.json"]["paths"][path]["post"]
    return found


@pytest.mark.parametrize("service", find_services())
@pytest.mark.parametrize("name", ["openapi", "asyncapi"])
def test_a_service_shows_its_descriptions_to_everyone(service: str, name: str, stack: Stack) -> None:
    shown = httpx.get(f"{stack.door(service)}/{name}.json", trust_env=False)
    assert shown.json() == NOW[f"{service}.{name}.json"]


@pytest.mark.parametrize(("service", "path"), ROUTES)
def test_the_example_at_a_door_is_answered_as_described(service: str, path: str, stack: Stack) -> None:
    door = described(service, path)
    example = door["requestBody"]["content"]["application/json"]["example"]
    told = send(stack, service, path, example)
    expected = 409 if path in ("/redrives", "/discards") else 200
    assert told.status_code == expected, told.text
    assert fits(service, path, told) == []


def send(stack: Stack, service: str, path: str, command: dict[str, Any]) -> httpx.Response:
    token = make_token(stack.path, subject="officer@examples", roles=["officer"])
    headers = {"authorization": f"Bearer {token}", "idempotency-key": str(uuid4())}
    return httpx.post(stack.door(service) + path, json=command, headers=headers, timeout=30.0, trust_env=False)


def fits(service: str, path: str, told: httpx.Response) -> list[str]:
    """What of an answer is not as described."""
    kind = "application/json" if told.is_success else AS_A_PROBLEM
    assert told.headers["content-type"] == kind
    answer = described(service, path)["responses"][str(told.status_code)]
    if "$ref" in answer:
        answer = NOW[f"{service}.openapi.json"]["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    schema = answer["content"][kind]["schema"]
    judge = fitting(NOW[f"{service}.openapi.json"], schema, Draft202012Validator)
    return [error.message for error in judge.iter_errors(told.json())]


@pytest.mark.parametrize(("service", "path"), ROUTES)
def test_a_command_with_a_field_too_many_is_answered_as_described(service: str, path: str, stack: Stack) -> None:
    example = described(service, path)["requestBody"]["content"]["application/json"]["example"]
    told = send(stack, service, path, {**example, "colour": "red"})
    assert told.status_code == 422
    assert fits(service, path, told) == []
    assert [each["pointer"] for each in told.json()["errors"]] == ["/colour"]


@pytest.mark.parametrize("service", SERVICES)
def test_every_entry_of_a_service_is_one_of_its_messages(service: str, journals: Side) -> None:
    document = NOW[f"{service}.asyncapi.json"]
    messages = document["components"]["messages"]
    judges = {name: fitting(document, each["payload"], Draft7Validator) for name, each in messages.items()}
    entries = [entry for (writer, _), rows in journals.items() if writer == service for entry in rows]
    assert len(entries) > 50
    for entry in entries:
        assert messages[entry.type]["x-kind"] == entry.kind
        errors = judges[entry.type].iter_errors(json.loads(entry.value))
        assert [error.message for error in errors] == [], entry.value
