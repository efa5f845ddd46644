"""Schemathesis at every door and page, from what the services say of themselves, with a token of every role."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks
from schemathesis.specs.openapi.schemas import OpenApiSchema

from deploy.local.issuer import ROLES, make_token
from deploy.local.stack import Stack
from tests.hostile.tally import Tally

JSON = "application/json"
CONFORMS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
REFUSED = [*CONFORMS, checks.negative_data_rejection]
EXAMPLES = [2, pytest.param(200, marks=[pytest.mark.long, pytest.mark.timeout(3600)])]


@pytest.mark.parametrize("examples", EXAMPLES)
def test_what_does_not_fit_a_schema_is_refused(
    stack: Stack, described: dict[str, Any], tally: Tally, examples: int
) -> None:
    """At all doors and pages; nothing is written. Pages leave unknown parameters aside."""
    with sender(stack, tally, examples) as sending:
        for operation in operations(stack, described):
            if operation.body or operation.query or operation.path_parameters:
                sending.attack(operation, GenerationMode.NEGATIVE, REFUSED if operation.body else CONFORMS)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_what_fits_a_schema_is_answered_as_the_schema_says(
    stack: Stack, described: dict[str, Any], capsys: pytest.CaptureFixture[str], examples: int
) -> None:
    """What is well-formed is an entry: here something may be written, and nothing may be a fault."""
    tally = Tally()
    with sender(stack, tally, examples) as sending:
        for operation in operations(stack, described):
            sending.attack(operation, GenerationMode.POSITIVE, CONFORMS)
    with capsys.disabled():
        print(f"\n{tally}")
    assert not tally.wrong, "\n".join(tally.wrong[:10])


def operations(stack: Stack, described: dict[str, Any]) -> Iterator[Any]:
    """Every operation of every service, but for tokens: the sender gives a true one whatever stands there."""
    for service, said in described.items():
        open_doors = json.loads(json.dumps({name: part for name, part in said.items() if name != "security"}))
        schema: OpenApiSchema = schemathesis.openapi.from_dict(open_doors)
        schema.config.update(base_url=stack.door(service))
        for found in schema.get_all_operations():
            yield found.ok()  # type: ignore[union-attr]  # What cannot be read raises here.


@dataclass(frozen=True)
class Sender:
    """Sends what Schemathesis makes, and notes which answers do not meet what is demanded."""

    session: requests.Session
    headers: dict[str, str]
    tally: Tally
    examples: int

    def attack(self, operation: Any, mode: GenerationMode, demands: list[Any]) -> None:
        """Sends so many cases to one operation."""
        more = {"media_type": JSON} if operation.body else {}

        @settings(
            max_examples=self.examples, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode, **more))
        def send(case: Case[Any]) -> None:
            self._send(operation.label, case, demands)

        send()

    def _send(self, label: str, case: Case[Any], demands: list[Any]) -> None:
        answer = case.call(session=self.session, headers=self.headers, timeout=30)
        self.tally.statuses[answer.status_code] += 1
        try:
            case.validate_response(answer, checks=demands, headers=self.headers)
        except (Failure, FailureGroup) as failed:
            self.tally.wrong.append(f"{label}: {answer.status_code} {_told(failed)} {case.body!r:.200}")


@contextmanager
def sender(stack: Stack, tally: Tally, examples: int) -> Iterator[Sender]:
    """One with a token of every role."""
    token = make_token(stack.path, subject="schemathesis", roles=list(ROLES))
    with requests.Session() as session:
        yield Sender(session, {"authorization": f"Bearer {token}"}, tally, examples)


def _told(failed: Failure | FailureGroup) -> str:
    causes = failed.exceptions if isinstance(failed, FailureGroup) else [failed]
    return "; ".join(f"{each.title}: {each.message}"[:300] for each in causes if isinstance(each, Failure))
