"""The rulebook's version changes with what is decided, and not with how it is explained."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import law
from law.rulebook import RULEBOOK

MATTER = '''"""A matter."""

from law import terms
from sample.halves import half

LIMIT = 7


def too_long(length: int) -> bool:
    """Art. 1 [X1]: it is too long."""
    return half(length) {less} LIMIT  # Why.


def term_ends(at):
    return terms.ends(terms.TEMPORARY_STORAGE, occurred=at, recorded=at)
'''
HALVES = "def half(length: int) -> int:\n    return length // {by}\n"
LIBS = Path(law.__file__).parents[1]
"""Before what is installed: the tree that this test is of."""
ASK = "from law.version import version; print(version('sample'))"


def asked(folder: Path, matter: str = MATTER, less: str = "<", by: int = 2, reference: Path | None = None) -> str:
    """The version of a service with this one matter, as a process of its own finds it."""
    package = folder / "sample"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text("")
    (package / "app.py").write_text("raise RuntimeError('nobody is to import the app')\n")
    (package / "matter.py").write_text(matter.replace("{less}", less))
    (package / "halves.py").write_text(HALVES.format(by=by))
    environment = {"PYTHONPATH": f"{folder}:{LIBS}", "PYTHONDONTWRITEBYTECODE": "1"}
    if reference:
        environment["SERHET_REFERENCE"] = str(reference)
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_version_is_the_rulebooks_number_and_a_digest_that_is_the_same_in_every_process(tmp_path: Path) -> None:
    first = asked(tmp_path)
    number, _, digest = first.partition("+")
    assert (number, len(digest), asked(tmp_path)) == (RULEBOOK, 8, first)


@pytest.mark.parametrize(
    "otherwise",
    [{"less": "<="}, {"by": 3}, {"matter": MATTER.replace("7", "8")}, {"matter": MATTER.replace("at, rec", "0, rec")}],
    ids=["a comparison", "a function that a rule calls", "a constant", "what it asks the law"],
)
def test_what_decides_otherwise_has_another_version(tmp_path: Path, otherwise: dict[str, object]) -> None:
    assert asked(tmp_path) != asked(tmp_path, **otherwise)  # type: ignore[arg-type]


def test_what_is_only_explained_or_laid_out_otherwise_has_the_same_version(tmp_path: Path) -> None:
    other = MATTER.replace("it is too long", "longer than the law allows").replace("  # Why.", "")
    assert asked(tmp_path) == asked(tmp_path, matter=other.replace("\n\n\n", "\n\n\n\n# More of it.\n"))


def test_other_dates_of_a_rule_are_another_version(tmp_path: Path) -> None:
    """Also where they stand in the text that it rests on, and another sentence is the same one."""
    by_text = MATTER.replace(
        "LIMIT = 7\n", "LIMIT = 7\nTEXT = replace(CODE, in_force_from=date({year}, 1, 1))\n"
    ).replace("def too_long", "@rule(TEXT)\ndef too_long")
    imports = "from dataclasses import replace\nfrom datetime import date\n\nfrom law.rule import CODE, rule\n"
    of_2011, of_2012 = (
        by_text.replace("from law", f"{imports}from law", 1).replace("{year}", y) for y in ("2011", "2012")
    )
    assert asked(tmp_path, matter=of_2011) != asked(tmp_path, matter=of_2012)
    assert asked(tmp_path, matter=of_2012) == asked(tmp_path, matter=of_2012.replace("it is too long", "it is longer"))


def test_other_acts_are_another_version(tmp_path: Path) -> None:
    acts = tmp_path / "reference" / "acts"
    acts.mkdir(parents=True)
    alone = asked(tmp_path)
    assert asked(tmp_path, reference=acts.parent) == alone
    (acts / "act.toml").write_text(
        'id = "ONE"\ntitle = "One"\nlayer = "by-law"\ncitation = "One, item 1"\nin_force_from = 2026-01-01\n'
        'known_from = 2026-01-01\nsource = "Invented for tests"\nsample = true\n'
    )
    assert asked(tmp_path, reference=acts.parent) != alone


def test_one_comparison_of_a_real_service_makes_another_version(tmp_path: Path) -> None:
    """Its package is found in front of the installed one."""
    shutil.copytree(
        LIBS.parent / "services" / "clearance", tmp_path / "clearance", ignore=shutil.ignore_patterns("tests")
    )

    def found() -> str:
        environment = {"PYTHONPATH": f"{tmp_path}:{LIBS}", "PYTHONDONTWRITEBYTECODE": "1"}
        ask = "from law.version import version; print(version('clearance'))"
        return subprocess.run(
            [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, timeout=60, check=True
        ).stdout

    before, matter = found(), tmp_path / "clearance" / "storage.py"
    text = matter.read_text(encoding="utf-8")
    assert "until < now" in text
    matter.write_text(text.replace("until < now", "until <= now"), encoding="utf-8")
    assert found() != before
