"""Whichever file of a recipe is forgotten, a check names it; but for the one that the recipe is about."""

from pathlib import Path

import pytest

from tests.recipes.bed import Bed, Told
from tests.recipes.recipe import Recipe, read
from tests.recipes.test_recipes import CHECKS, PAGES, checks_of

ABOUT = {
    "rule": "services/clearance/declaration.py",
    "matter": "services/clearance/packaging.py",
    "service": "services/consultation/consultation.py",
}
"""Whoever forgets this has not begun. Of a command every file is asked for."""
PLACES = [
    (name, file) for name in CHECKS for file in read(PAGES / f"{name}.md").files if file != ABOUT.get(name)
]  # fmt: skip


def followed(recipe: Recipe, bed: Bed) -> Told:
    """What somebody is told who follows it up to where something is wrong."""
    for command in recipe.commands:
        told = bed.give(command)
        if told.code:
            return told
    return bed.pytest(*(node for node in checks_of(recipe) if (bed.tree / node.partition("::")[0]).exists()))


def messages(told: Told) -> list[str]:
    """What was said, without the places in the code where it was."""
    tested = [line for line in told.said.splitlines() if line.startswith("E  ")]
    return tested or [line for line in told.said.splitlines() if not line.lstrip().startswith("File ")]


def names(line: str, file: str) -> bool:
    """By its path or, where a module is not there at all, as Python says it."""
    module = ".".join(Path(file).with_suffix("").parts[1:])
    return file in line or f"No module named '{module}'" in line


@pytest.mark.long
@pytest.mark.parametrize(("name", "forgotten"), PLACES)
def test_a_file_that_is_forgotten_is_named(name: str, forgotten: str, bed: Bed) -> None:
    recipe = read(PAGES / f"{name}.md")
    bed.put_back()
    recipe.follow(bed.tree, without=forgotten)
    told = followed(recipe, bed)
    assert told.code, f"nobody misses {forgotten}"
    assert any(names(line, forgotten) for line in messages(told)), told.said
