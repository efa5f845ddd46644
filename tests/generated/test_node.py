"""Spectral finds nothing to say of the descriptions of doors, and TypeScript takes the types that are made of them."""

import json
import shutil
from pathlib import Path

import pytest

from client.routes import SERVICES
from deploy.local.child import ROOT
from tests.generated import node

API = ROOT / "docs" / "api"
HERE = Path(__file__).parent


@pytest.mark.parametrize("service", SERVICES)
def test_spectral_has_no_warning(service: str, tmp_path: Path) -> None:
    said = node.run(
        "spectral", "lint", str(API / f"{service}.openapi.json"), "-r", str(HERE / "spectral.yaml"),
        "--fail-severity", "hint", cwd=tmp_path,
    )  # fmt: skip
    assert "No results" in said


def test_spectral_would_say_so(tmp_path: Path) -> None:
    spoilt = json.loads((API / "arrival.openapi.json").read_text(encoding="utf-8"))
    del spoilt["paths"]["/health"]["get"]["description"]
    (tmp_path / "spoilt.json").write_text(json.dumps(spoilt), encoding="utf-8")
    with pytest.raises(AssertionError, match="operation-description"):
        node.run(
            "spectral", "lint", "spoilt.json", "-r", str(HERE / "spectral.yaml"), "--fail-severity", "hint",
            cwd=tmp_path,
        )  # fmt: skip


def test_types_are_made_of_them_that_compile_strictly_and_can_be_used(tmp_path: Path) -> None:
    for service in SERVICES:
        node.run(
            "openapi-typescript", str(API / f"{service}.openapi.json"), "-o", f"{service}.ts",
            "--default-non-nullable", "false", cwd=tmp_path,
        )  # fmt: skip
    for name in ("tsconfig.json", "uses.ts"):
        shutil.copy(HERE / name, tmp_path)
    assert node.run("tsc", "-p", "tsconfig.json", cwd=tmp_path) == ""
