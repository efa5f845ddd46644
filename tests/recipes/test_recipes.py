"""Each recipe, followed to the letter: it takes the files that it says, and what checks them is content."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.planted.defects import Unfit
from tests.recipes.bed import ROOT, Bed, Told
from tests.recipes.recipe import Block, Recipe, read

PAGES = ROOT / "docs" / "how-to"
GENERATED = re.compile(r"docs/api/.+\.json|docs/law.*|libs/contracts/schemas/.+|libs/client/routes.json")
"""What `make api` and `make law` write."""
DESCRIBED = ("libs/contracts/tests/test_contracts.py", "deploy/api/tests/test_documents.py")
CHECKS = {
    "rule": (),
    "command": DESCRIBED,
    "matter": (),
    "service": (*DESCRIBED, "deploy/containers/tests/test_form.py", "tests/contracts/test_house.py"),
}
"""What checks each, besides its own test and what checks any change."""
ALWAYS = (
    "tests/architecture",
    "tests/law/test_index.py::test_the_pages_of_the_law_are_what_rules_and_cases_say",
    "tests/law/test_cases.py",
    "tests/law/test_names.py",
    "tests/law/test_dated_rules.py",
    "tests/law/test_rules_on_file.py",
)


def checks_of(recipe: Recipe) -> list[str]:
    """Those that it adds, and those that check it."""
    return [*(path for path in recipe.files if "/test_" in path), *CHECKS[recipe.name], *ALWAYS]


def follow(recipe: Recipe, bed: Bed) -> None:
    """To the letter, in a tree as it is."""
    bed.put_back()
    recipe.follow(bed.tree)
    for command in recipe.commands:
        told = bed.give(command)
        assert told.code == 0, f"{command}: {told.said}"


def linted(recipe: Recipe, bed: Bed) -> Iterator[Told]:
    """All of `make lint` but for the types, which take longer."""
    written = [path for path in recipe.files if path.endswith(".py")]
    yield bed.python("-m", "ruff", "check", *written)
    yield bed.python("-m", "ruff", "format", "--check", *written)
    yield bed.run([".venv/bin/lint-imports", "--no-logo"])


def test_the_table_of_recipes_says_what_each_takes() -> None:
    table = (PAGES / "README.md").read_text(encoding="utf-8")
    for name in CHECKS:
        recipe = read(PAGES / f"{name}.md")
        commands = ", ".join(f"`{command}`" for command in recipe.commands)
        assert f"]({name}.md) | {len(recipe.files)} | {commands} |" in table
    assert {page.stem for page in PAGES.glob("*.md")} == {*CHECKS, "README"}


def test_a_command_with_its_event_takes_eight_files_at_most() -> None:
    assert len(read(PAGES / "command.md").files) <= 8


@pytest.mark.parametrize("name", CHECKS)
def test_a_recipe_that_is_followed_takes_what_it_says_and_passes(name: str, bed: Bed) -> None:
    recipe = read(PAGES / f"{name}.md")
    follow(recipe, bed)
    for told in linted(recipe, bed):
        assert told.code == 0, told.said
    by_hand = {path for path in bed.touched() if not GENERATED.fullmatch(path)}
    assert by_hand == {*recipe.files}
    told = bed.pytest(*checks_of(recipe))
    assert told.code == 0, told.said
    assert (recipe.stated, recipe.announced) == (len(recipe.files), recipe.commands)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", CHECKS)
def test_what_a_recipe_makes_passes_lint_and_its_rules_are_noticed_and_heeded(name: str, bed: Bed) -> None:
    follow(read(PAGES / f"{name}.md"), bed)
    heeded = "tests/law/test_later_rulebooks.py::test_every_rule_that_concludes_something_is_heeded_by_some_decider"
    for told in (bed.give("make lint"), bed.pytest("tests/law/test_every_rule.py", heeded)):
        assert told.code == 0, told.said


@pytest.mark.long
def test_a_service_that_was_added_starts_with_the_others_and_answers(bed: Bed) -> None:
    follow(read(PAGES / "service.md"), bed)
    told = bed.pytest("tests/contracts/test_as_described.py", "-k", "consultation")
    assert told.code == 0, told.said
    assert "passed" in told.said


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("", "say what it takes"),
        ("```diff docs/a.md\n one\n+two\n```\n", "docs/a.md holds this 0 times"),
        ("```diff docs/b.md\n-one\n+two\n```\n", "docs/b.md holds this 2 times"),
        ("```text docs/b.md\nanother\n```\n", "docs/b.md is there already"),
    ],
)
def test_a_recipe_that_does_not_fit_is_noticed(said: str, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("one of them\n")
    (tmp_path / "docs" / "b.md").write_text("one\n\none\n")
    (tmp_path / "page.md").write_text(f"**By hand: 1 files. By command: `make law`.**\n{said}" if said else "# Nothing")
    with pytest.raises(Unfit, match=wrong):
        read(tmp_path / "page.md").follow(tmp_path)


def test_what_changes_and_what_is_new_is_written_as_the_page_has_it(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("first\n\nsecond\nthird\n")
    changes = Block("list.txt", " first\n\n-second\n+2nd\n@@\n third\n+last\n", changes=True)
    new = Block("empty.txt", "", changes=False)
    Recipe("page", 2, (), (changes, new), ()).follow(tmp_path)
    assert (tmp_path / "list.txt").read_text() == "first\n\n2nd\nthird\nlast\n"
    assert (tmp_path / "empty.txt").read_text() == ""
    Recipe("page", 2, (), (new,), ()).follow(tmp_path / "elsewhere", without="empty.txt")
    assert not (tmp_path / "elsewhere").exists()
