"""What a contributor's tools read: the hooks call what is there, and the licence is the one that is named."""

import shutil
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from chassis.service import PARKING_ROUTES, Service, find_services
from deploy.local.issuer import ROLES

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(path.name for path in (ROOT / "services").iterdir() if any(path.glob("*.*")))


def hooks() -> list[dict[str, Any]]:
    read = YAML(typ="safe").load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {source["repo"] for source in read["repos"]} == {"local"}
    return [hook for source in read["repos"] for hook in source["hooks"]]


def test_hooks_call_what_is_there() -> None:
    assert len(hooks()) > 1
    for hook in hooks():
        command, *arguments = hook["entry"].split()
        assert hook["language"] == "system"
        assert shutil.which(str(ROOT / command) if "/" in command else command), command
        assert all((ROOT / each).exists() for each in arguments if "/" in each)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_service_has_all_that_makes_it_one(name: str) -> None:
    wanted = [f"services/{name}/{file}" for file in ("__init__.py", "py.typed", "pyproject.toml", "app.py")]
    wanted += [f"services/{name}/examples.json", f"libs/contracts/{name}.py"]
    assert [f"{file} is not there" for file in wanted if not (ROOT / file).exists()] == []
    named = entry_points(group="serhet.services", name=name)
    assert named, f"services/{name}/pyproject.toml names no entry point {name} of serhet.services, or make setup is due"


@pytest.mark.parametrize("name", FOLDERS)
def test_a_service_stands_wherever_the_workspace_lists_services(name: str) -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    linter = told["tool"]["importlinter"]
    lists = {
        "dependencies": told["project"]["dependencies"],
        "tool.uv.sources": told["tool"]["uv"]["sources"],
        "tool.importlinter root_packages": linter["root_packages"],
        **{each["name"]: str(each) for each in linter["contracts"] if "release" in str(each)},
    }
    named = {place: name in listed or f"serhet-{name}" in listed for place, listed in lists.items()}
    assert [f"pyproject.toml: {place} does not name {name}" for place, has in named.items() if not has] == []


def test_the_licence_is_the_one_that_is_named() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License 2.0" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("service", find_services().values(), ids=lambda service: service.name)
def test_each_command_is_somebodys_act(service: Service) -> None:
    for route in (*service.routes, *PARKING_ROUTES):
        assert route.roles, f"{route.path}: say in app.py in which roles that is done"
        assert set(route.roles) <= set(ROLES), route.path
