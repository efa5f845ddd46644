"""What a contributor's tools read: the hooks call what is there, and the licence is the one that is named."""

import shutil
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]


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


def test_the_licence_is_the_one_that_is_named() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License 2.0" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
