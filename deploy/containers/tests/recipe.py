"""docker-compose.yml and the Dockerfile, read."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dockerfile_parse import DockerfileParser
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[3]
COMPOSE, DOCKERFILE = ROOT / "docker-compose.yml", ROOT / "deploy" / "Dockerfile"


def compose() -> dict[str, Any]:
    """With its anchors filled in."""
    read: dict[str, Any] = YAML(typ="safe", pure=True).load(COMPOSE.read_text(encoding="utf-8"))
    return read


def service(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] | None = compose()["services"].get(name)
    assert found, f"docker-compose.yml has no service {name}: add one, its door, its keys and their volume"
    return found


def lines() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, in order: name and value."""
    read = DockerfileParser(path=str(DOCKERFILE)).structure
    return [(each["instruction"], each["value"]) for each in read if each["instruction"] != "COMMENT"]


def stages() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each stage: what it begins from, and its instructions."""
    started: list[tuple[str, list[tuple[str, str]]]] = []
    for name, value in lines():
        if name == "FROM":
            started.append((value, []))
        else:
            started[-1][1].append((name, value))
    yield from started
