"""docker-compose.yml and the Dockerfile hold what they should; no engine is needed to see it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chassis.service import find_services
from chassis.settings import Settings
from deploy.containers.tests.recipe import COMPOSE, DOCKERFILE, ROOT, compose, lines, service, stages
from deploy.local import jars, kafka, postgres, services
from deploy.local.ports import KAFKA, POSTGRES, Ports
from deploy.testing import containers

SERVICES = find_services()
OURS = (*SERVICES, "prepare", "keys")
ADDRESSES = {
    "listeners", "advertised.listeners", "listener.security.protocol.map", "controller.quorum.voters", "log.dirs",
}  # fmt: skip


def test_it_is_a_compose_file_by_the_specification_s_own_schema() -> None:
    argv = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    judged = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr


def test_servers_have_the_versions_of_the_local_stack() -> None:
    assert service("kafka")["image"] == containers.KAFKA_IMAGE == f"apache/kafka:{jars.KAFKA_VERSION}"
    assert service("postgres")["image"] == containers.POSTGRES_IMAGE
    said = subprocess.run([postgres.binary("postgres"), "--version"], capture_output=True, text=True, check=True)
    assert f"postgres:{said.stdout.split()[-1]}" == containers.POSTGRES_IMAGE


def test_every_image_has_a_whole_version() -> None:
    begun = [value.split()[0] for value, _ in stages()]
    own = {value.split()[-1] for value, _ in stages()}
    images = [each["image"] for each in compose()["services"].values()]
    for image in (*images, *(image for image in begun if image not in own)):
        assert re.fullmatch(r"[a-z/-]+:[0-9]+(\.[0-9]+)+(-[a-z-]+)?", image), image


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_served_at_its_port_and_asked_for_its_health(name: str) -> None:
    found, port = service(name), SERVICES[name].port
    assert found["command"] == ["serve", name]
    assert found["hostname"] == name
    assert found["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert found["environment"]["SERHET_PORT"] == str(port)
    assert found["environment"]["SERHET_POSTGRES"] == f"postgresql://{name}@postgres:5432/{name}"
    assert "/health" in found["healthcheck"]["test"][-1]
    assert found["volumes"] == [f"{name}-keys:/run/serhet:ro"]
    assert found["depends_on"]["prepare"]["condition"] == "service_completed_successfully"


def test_nothing_runs_but_the_services_their_servers_and_what_prepares_them() -> None:
    assert set(compose()["services"]) == {*OURS, "kafka", "postgres"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_told_what_its_settings_read_and_nothing_else(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = service(name)["environment"]
    assert set(told) - {"PGPASSFILE"} <= {f"SERHET_{field.upper()}" for field in Settings.model_fields}
    for key, value in told.items():
        monkeypatch.setenv(key, value)
    read = Settings()
    assert read.doors == {each: [f"http://{each}:{SERVICES[each].port}"] for each in SERVICES}
    assert read.env == "development"
    assert {read.jwks, read.token} == {Path("/run/serhet/jwks.json"), Path("/run/serhet/token")}


def test_what_prepares_is_told_what_it_reads() -> None:
    told = set(service("prepare")["environment"]) - {"PGPASSFILE"}
    source = (ROOT / "libs/chassis/__main__.py").read_text(encoding="utf-8")
    assert told == set(re.findall(r"SERHET_[A-Z]+(?=\"\])", source))
    assert service("prepare")["command"] == ["prepare"]
    assert service("keys")["command"] == ["keys", *SERVICES]


@pytest.mark.parametrize("name", OURS)
def test_what_is_ours_runs_with_as_little_as_it_needs(name: str) -> None:
    found = service(name)
    assert found["read_only"] is True
    assert found["tmpfs"] == ["/tmp"]  # noqa: S108  (in the container)
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in found
    assert "cap_add" not in found


def test_nothing_listens_to_other_machines() -> None:
    ports = {name: each["ports"] for name, each in compose()["services"].items() if "ports" in each}
    assert all(port.startswith("127.0.0.1:") for each in ports.values() for port in each)
    assert ports["kafka"] == [f"127.0.0.1:{KAFKA}:{KAFKA}"]
    assert ports["postgres"] == [f"127.0.0.1:{POSTGRES}:5432"]


def test_kafka_has_the_settings_of_the_local_stack() -> None:
    told: dict[str, Any] = service("kafka")["environment"]
    wanted = kafka.settings(Path("/var/lib/kafka/data"), Ports())
    for name, value in wanted.items():
        if name not in ADDRESSES:
            assert told["KAFKA_" + name.upper().replace(".", "_")] == value
    assert told["KAFKA_LOG_DIRS"] == wanted["log.dirs"]


def test_postgres_has_the_settings_of_the_local_stack() -> None:
    program, *options = service("postgres")["command"]
    told = dict(option.split("=") for option in options if option != "-c")
    assert program == "postgres"
    assert told.items() <= postgres.SETTINGS.items()
    assert "max_connections" in told


def test_every_volume_that_is_mounted_is_kept_and_no_password_stands_in_the_file() -> None:
    mounted = {volume.split(":")[0] for each in compose()["services"].values() for volume in each["volumes"]}
    assert mounted == set(compose()["volumes"])
    assert not re.search(r"(?i)password: ?[^/ ]|://[^/@\s]+:[^/@\s]+@", COMPOSE.read_text(encoding="utf-8"))


def test_every_stage_that_runs_is_run_by_somebody_without_rights() -> None:
    last = {}
    for begun, instructions in stages():
        users = [value for name, value in instructions if name == "USER"]
        last[begun] = users[-1] if users else None
    assert [user for user in last.values() if user is not None] == ["10001", "10001"]
    assert [begun for begun, user in last.items() if user is None] == [next(stages())[0], "service"]


def test_nothing_is_fetched_but_what_the_lock_names() -> None:
    assert {name for name, _ in lines()} <= {"FROM", "WORKDIR", "COPY", "RUN", "ARG", "USER", "ENV", "ENTRYPOINT"}
    assert "://" not in DOCKERFILE.read_text(encoding="utf-8")
    installs = [value for name, value in lines() if name == "RUN" and "pip install" in value]
    (uv,) = [each for each in installs if "-m pip install" in each]
    assert uv.endswith(f"uv=={uv_version()}")
    assert all("--verify-hashes --constraint requirements.lock" in each for each in installs if each != uv)


def uv_version() -> str:
    (found,) = re.findall(r"^UV_VERSION := (\S+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return str(found)


def test_the_image_holds_every_service_unless_another_choice_is_made() -> None:
    wanted = ("ARG", f'SERVICES="{" ".join(SERVICES)}"')
    assert wanted in lines(), f"deploy/Dockerfile: write {' '.join(wanted)}"
    assert ("ENTRYPOINT", json.dumps(["python", "-m", "chassis"])) in lines()


def test_the_tools_have_a_folder_for_the_keys_of_every_service() -> None:
    (made,) = [value for name, value in lines() if name == "RUN" and "/$folder" in value]
    missing = [name for name in SERVICES if f"keys/{name}" not in made.replace(";", " ").split()]
    assert missing == [], "deploy/Dockerfile: the tools have no folder keys/... for these"


def test_services_give_memory_back_as_those_of_the_local_stack_do() -> None:
    (told,) = [value for name, value in lines() if name == "ENV" and "MALLOC" in value]
    assert dict(pair.split("=") for pair in told.split()) == services.ALLOCATOR
    assert services.ALLOCATOR.items() <= services.serving("arrival", "arrival", 1, "postgresql://", {}).env.items()
