"""A client that is generated of the doors' descriptions takes goods through their lifecycle, and reads with types."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from client.calling import KEY
from client.routes import SERVICES
from client.scenarios.documents import carnet, stream_of
from client.scenarios.road import PLAIN, Lorry, Step
from deploy.local.child import ROOT
from deploy.local.issuer import make_token
from deploy.local.stack import Stack

SECONDS_MAX = 60.0
LORRY = Lorry(movement=carnet("G-1"), consignments=("G-1-0", "G-1-1"))
CONFIG = "post_hooks: []\n"
NOT_TYPED = "Unsupported content type application/x-ndjson"
"""All that the generator leaves out: many commands at once are lines, and no JSON document."""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with one package a service, from which can be imported."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    for service in SERVICES:
        generate(service, folder)
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


def generate(service: str, folder: Path) -> str:
    """What the generator says, which is a warning for each thing that it leaves out."""
    argv = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    argv += ["--path", str(ROOT / "docs" / "api" / f"{service}.openapi.json"), "--config", str(folder / "config.yaml")]
    argv += ["--output-path", str(folder / f"{service}_doors"), "--overwrite"]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


class Doors:
    """One service by its generated package, for whoever acts in one role."""

    def __init__(self, stack: Stack, service: str, role: str) -> None:
        self._package = f"{service}_doors"
        token = make_token(stack.path, subject=f"{role}@G", roles=[role], checkpoints=["FRP-MIX"])
        made = import_module(f"{self._package}.client").AuthenticatedClient
        self._client = made(base_url=stack.doors(service)[0], token=token, raise_on_unexpected_status=True)

    def __enter__(self) -> "Doors":
        self._client.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._client.__exit__(*error)

    def model(self, name: str) -> Any:
        return getattr(import_module(f"{self._package}.models"), name)

    def one_of(self, name: str, value: str) -> Any:
        """A value of an enumeration; of a single value the generator makes none."""
        enumeration = getattr(import_module(f"{self._package}.models"), name, str)
        return enumeration(value)

    def ask(self, tag: str, operation: str, *path: str, **asked: Any) -> Any:
        """The answer, of a type of the package."""
        return import_module(f"{self._package}.api.{tag}.{operation}").sync(*path, client=self._client, **asked)


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def until(found: Callable[[], Any]) -> Any:
    """What is found, as soon as it is."""
    end = time.monotonic() + SECONDS_MAX
    while not (shown := found()):
        assert time.monotonic() < end, "it was waited for too long"
        time.sleep(0.05)
    return shown


def take(stack: Stack, step: Step) -> None:
    """Sends what is said there, once the service waits for it where the scenario says that it will."""
    kind, act = step.route.kind, step.route.command
    with Doors(stack, step.route.service, step.role) as doors:
        for command in step.commands([LORRY]):
            if step.waits:
                until(partial(waits, doors, kind, act, stream_of(kind, command)))
            key, said = command.pop(KEY), doors.model(act).from_dict(command)
            answer = until(partial(taken, doors, act, key, said))
            assert answer.outcome == doors.model("AnswerOutcome").RECORDED
            assert answer.findings == []
            assert answer.events[0].id.startswith(f"{step.route.service}/")


def waits(doors: Doors, kind: str, act: str, id_: str) -> bool:
    page = doors.ask("streams", f"list_{kind}s", waiting=doors.one_of(f"List{kind.capitalize()}sWaiting", act))
    return id_ in {item.id for item in page.items}


def taken(doors: Doors, act: str, key: str, said: Any) -> Any:
    """The answer; None where the door asks to come again."""
    answer = doors.ask("commands", snake(act), body=said, idempotency_key=key)
    if isinstance(answer, doors.model("Problem")):
        assert answer.status == 503, answer
        return None
    assert isinstance(answer, doors.model("Answer"))
    return answer


@pytest.mark.parametrize("service", SERVICES)
def test_nothing_is_left_out_but_lines(service: str, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    said = generate(service, tmp_path)
    assert said.count("WARNING") == said.count(NOT_TYPED) > 0
    assert "Unable to process" not in said


def test_goods_are_taken_to_the_end_of_clearance_and_read_with_types(generated: Path, stack: Stack) -> None:
    for step in PLAIN:
        take(stack, step)
    with Doors(stack, "release", "officer") as release, Doors(stack, "clearance", "officer") as clearance:
        for consignment in LORRY.consignments:
            shown = until(partial(completed, release, consignment))
            assert isinstance(shown.state, release.model("Consignment"))
            assert "ClearanceCompleted" in {entry.type_ for entry in shown.timeline}
            paid = clearance.ask("streams", "get_consignment", consignment).state.payments
            assert isinstance(paid, clearance.model("Payments"))
            assert [type(each.amount) for each in paid.received] == [str]


def completed(doors: Doors, consignment: str) -> Any:
    """The goods as they are shown there, once their clearance is completed."""
    shown = doors.ask("streams", "get_consignment", consignment)
    assert isinstance(shown, doors.model("ConsignmentStream"))
    return shown if isinstance(getattr(shown.state.completion, "completed", None), datetime) else None
