"""What services are told when they are started, and how many of each."""

import json
import stat
from pathlib import Path

import pytest

from access.tokens import Tokens
from deploy.local import postgres, services
from deploy.local.failure import StackError
from deploy.local.folder import Folder
from deploy.local.services import Service
from deploy.local.stack import Stack
from deploy.local.telling import Silent
from doors.problems import problem
from servers.database import READING_SESSIONS, SESSIONS

OWNERS = 3
"""Sessions that the server keeps for its owner, unless told otherwise."""
ARRIVAL = Service("arrival", 8101, "customs.arrival.v1")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "state")
    made.make()
    return made


def test_a_services_processes_have_names_and_ports_of_their_own() -> None:
    assert ARRIVAL.processes(1) == {"arrival": 8101}
    assert ARRIVAL.processes(3) == {"arrival": 8101, "arrival-2": 8201, "arrival-3": 8301}
    assert all(ARRIVAL.is_served_by(name) for name in ("arrival", "arrival-2"))
    assert not any(ARRIVAL.is_served_by(name) for name in ("arrivals", "arrival-notices", "arrival-10", "release"))


def test_ports_of_all_processes_are_moved_and_differ(tmp_path: Path) -> None:
    stack = Stack(tmp_path, 1000, processes=2)
    doors = [door for each in services.installed() for door in stack.doors(each.name)]
    assert stack.doors("arrival") == ("http://127.0.0.1:9101", "http://127.0.0.1:9201")
    assert stack.door("arrival") == "http://127.0.0.1:9101"
    assert len(set(doors)) == len(doors)


@pytest.mark.parametrize("number", ["0", "10", "many", "-1", "1.5"])
def test_a_number_of_processes_that_cannot_be_is_a_clear_message(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setenv("SERHET_PROCESSES", number)
    with pytest.raises(StackError, match=f"SERHET_PROCESSES={number} is no number of processes .*: 1 to 9"):
        Stack.from_environment(Silent())


def test_a_service_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(StackError, match="there is no service arivval, but arrival, presentation"):
        services.chosen(("arivval",))


def test_in_development_the_services_token_is_made_anew_and_only_its_owner_reads_it(folder: Folder) -> None:
    given = services.credentials(folder)
    first = given.token.read_text(encoding="utf-8")
    services.credentials(folder)
    second = given.token.read_text(encoding="utf-8")
    assert first != second
    assert stat.S_IMODE(given.token.stat().st_mode) == 0o600
    subject = Tokens(given.jwks, "development", refuse=problem).subject({"authorization": f"Bearer {second}"})
    assert (subject.id, set(subject.roles)) == ("service@local", {"service"})


def test_outside_development_issuer_and_files_are_named_by_the_operator(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SERHET_ENV", "production")
    monkeypatch.delenv("SERHET_ISSUER", raising=False)
    with pytest.raises(StackError, match="in SERHET_ISSUER"):
        services.credentials(folder)
    monkeypatch.setenv("SERHET_ISSUER", "https://issuer.example")
    monkeypatch.delenv("SERHET_JWKS", raising=False)
    monkeypatch.delenv("SERHET_TOKEN", raising=False)
    with pytest.raises(StackError, match="name a JWKS file in SERHET_JWKS"):
        services.credentials(folder)
    keys, token = tmp_path / "jwks.json", tmp_path / "token"
    keys.touch()
    monkeypatch.setenv("SERHET_JWKS", str(keys))
    with pytest.raises(StackError, match="name a file with a token of role service in SERHET_TOKEN"):
        services.credentials(folder)
    monkeypatch.setenv("SERHET_TOKEN", str(token))
    with pytest.raises(StackError, match="there is no such file"):
        services.credentials(folder)
    token.touch()
    assert services.credentials(folder) == services.Credentials(keys, token)
    assert not (folder / "issuer").exists()


@pytest.mark.parametrize("count", [1, services.PROCESSES_MAX])
def test_the_database_server_has_room_for_every_process_that_can_be_started(folder: Folder, count: int) -> None:
    allowed = int(postgres.SETTINGS["max_connections"])
    wanted = int(Stack(folder.path, processes=count).preparation().env["SERHET_SESSIONS"])
    processes = count * len(services.installed())
    assert SESSIONS + READING_SESSIONS <= services.SESSIONS_OF_A_PROCESS
    assert wanted == processes * services.SESSIONS_OF_A_PROCESS + services.SESSIONS_BESIDES
    assert wanted + OWNERS <= allowed


def test_every_process_is_told_where_the_others_are(folder: Folder) -> None:
    doors = {"arrival": ("http://127.0.0.1:8101", "http://127.0.0.1:8201")}
    common = services.environment("127.0.0.1:1", services.credentials(folder), doors)
    program = services.serving("arrival-2", "arrival", 8201, "postgresql://arrival@127.0.0.1/arrival", common)
    assert program.argv[-2:] == ("serve", "arrival")
    assert json.loads(program.env["SERHET_DOORS"]) == {name: list(urls) for name, urls in doors.items()}
    assert program.env["SERHET_TOKEN"] == str(folder / "service.token")
    assert program.env["SERHET_PORT"] == "8201"
