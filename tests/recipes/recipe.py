"""What a recipe of docs/how-to says: which files to write or to change, and which commands to give then.

A fenced block whose info string ends in a path is that file: a whole new one or, in a `diff` block, what changes in it;
hunks stand under one another, parted by `@@`. A `sh` block holds commands. A line says how many files it takes by hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.planted.defects import Unfit

BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<path>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
STATED = re.compile(r"^\*\*By hand: (?P<files>\d+) files\. By command: (?P<commands>.+)\.\*\*$", re.MULTILINE)


class Block(NamedTuple):
    """What becomes of a file: it is new, or it changes."""

    path: str
    text: str
    changes: bool


@dataclass(frozen=True)
class Recipe:
    """How many files and which commands it says that it takes, and those that it names."""

    name: str
    stated: int
    announced: tuple[str, ...]
    blocks: tuple[Block, ...]
    commands: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(block.path for block in self.blocks))

    def follow(self, tree: Path, without: str = "") -> None:
        """Writes and changes the files, but for one that is forgotten. Raises Unfit where a change does not fit."""
        for block in self.blocks:
            if block.path != without:
                _write(block, tree / block.path)


def read(page: Path) -> Recipe:
    """Raises Unfit on a page that does not say what it takes."""
    text = page.read_text(encoding="utf-8")
    stated = STATED.search(text)
    if not stated:
        raise Unfit(f"{page.name}: say what it takes, `**By hand: 2 files. By command: make law.**`")
    found = [(block["kind"], block["path"], block["text"]) for block in BLOCK.finditer(text)]
    return Recipe(
        name=page.stem,
        stated=int(stated["files"]),
        announced=tuple(stated["commands"].replace("`", "").split(", ")),
        blocks=tuple(Block(path, written, kind == "diff") for kind, path, written in found if path),
        commands=tuple(line for kind, _, written in found if kind == "sh" for line in written.splitlines()),
    )


def _write(block: Block, file: Path) -> None:
    if not block.changes and file.exists():
        raise Unfit(f"{block.path} is there already: the recipe is to say what changes in it")
    file.parent.mkdir(parents=True, exist_ok=True)
    text = _changed(block, file.read_text(encoding="utf-8")) if block.changes else block.text
    file.write_text(text, encoding="utf-8")


def _changed(block: Block, text: str) -> str:
    text = f"\n{text}"  # Whole lines are looked for.
    for before, after in _hunks(block.text):
        if (count := text.count(before)) != 1:
            raise Unfit(f"{block.path} holds this {count} times, and not once: write the recipe anew\n{before}")
        text = text.replace(before, after)
    return text[1:]


def _hunks(text: str) -> Iterator[tuple[str, str]]:
    """What stood there, and what stands there then."""
    for hunk in re.split(r"^@@.*\n", text, flags=re.MULTILINE):
        lines = [line or " " for line in hunk.splitlines()]
        before, after = ([line[1:] for line in lines if line[0] != other] for other in "+-")
        yield "\n".join(["", *before, ""]), "\n".join(["", *after, ""])
