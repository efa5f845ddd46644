"""All files of `docs/law`: the index, a page a chapter, and by which tests each rule is held."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from law.rule import Rule
from law.rules import OfficerDecision
from tests.law.cases.case import Case
from tests.law.index import Proof
from tests.law.pages.chapter_page import page, within
from tests.law.pages.chapters import CHAPTERS, Chapter, chapter

FOLDER = "docs/law"
INDEX, TESTS = "README.md", "tests.json"
HEAD = """# The law, by chapter

What customs decides, under which article, and how that comes out. `make law` writes these pages: rules from their
declarations, cases by playing them. A rule's sentence is ours; the Code's own words are not repeated here.

| chapter | articles | rules | cases | |
|---|---|---|---|---|
"""
TAIL = """
The text on file breaks off within Art. 38(2). Later chapters are not on file, so no rule rests on them.

## Besides the Code
- An **act** is a text of law that is loaded from a file: it prohibits, restricts, puts under control, sets a term, or
  is a procedure that a checkpoint has agreed with customs. It has the two dates that a rule has, and a layer: treaty,
  code or by-law. The acts that come with Serhet are invented, and say so. How one is written says
  [Acts, checkpoints, defaults](../acts.md).
- A **default** is what Serhet looks for where the Code is silent. It is no law: it is recorded or warns, and stops
  nothing. What rests on one cites `default:` and its key.
- `GET /rules` at every service shows rules, acts and defaults of any day, as known on any other, without a token.

## How to read a page
- **Rules** stand under the provision that they rest on, each with its id in the catalogue, which entries name, too;
  several functions may be one id. *Decided by*: computed from what is on record, or the word of the officer or of
  another person, which is taken as it is. A rule speaks of what happened while it was *in force*, if that was recorded
  when the rule was *known*. *None yet*: no service applies it.
- **Left to the officer** is what the Code leaves to judgement, or puts into a chapter that is not on file. It is never
  computed; where a command is named, that states it.
- **Cases** are small and whole. M1 is a vehicle on a journey, C1 and C2 are goods of one transport document each; what
  they are called, companies, seals and sums are invented.
  - *On record* is what was said before, and *comes* what is said now: when it happened and, where that was later, when
    it was recorded, as clocks at Ashgabat show it.
  - *Recorded* is all that the services recorded of it, with article and rule. A *finding* is a fact with legal weight,
    which stops nothing; a *ground* withholds or refuses.
  - *Why* are the rules of the provision that had something to say, with yes or no where they say that.
  - *Open then* is what is needed next, and from whom.

[`tests.json`](tests.json) has for each rule its articles and the tests of its id: `make law CHECK=1` empties one rule
after the other, and one of these tests fails each time.
"""


def documents(
    root: Path,
    rules: Sequence[Rule],
    officer: Sequence[OfficerDecision],
    cases: Sequence[Case],
    proofs: Sequence[Proof],
) -> dict[str, str]:
    """Each file's text, by its name."""
    pages = {each.file: page(each, root, rules, officer, cases) for each in CHAPTERS if within(each, rules)}
    rows = "".join(_row(each, len(within(each, rules)), cases) for each in CHAPTERS)
    return {INDEX: HEAD + rows + TAIL, **pages, TESTS: _tests(rules, proofs)}


def _row(of: Chapter, rules: int, cases: Iterable[Case]) -> str:
    count = sum(chapter(case.under) == of for case in cases)
    link = f"[page]({of.file})" if rules else "no rule yet"
    return f"| {of.number}. {of.title} | {of.articles} | {rules} | {count} | {link} |\n"


def _tests(rules: Iterable[Rule], proofs: Iterable[Proof]) -> str:
    held: dict[str, list[str]] = {}
    for proof in proofs:
        held.setdefault(proof.id, []).append(proof.node)
    found = {
        each.function: {"id": each.id, "articles": each.articles, "tests": held.get(each.id, [])}
        for each in rules
        if each.function
    }
    return json.dumps(found, indent=1) + "\n"


def stale(root: Path, wanted: dict[str, str]) -> list[str]:
    """What stands in the folder otherwise than it has to, and what does not belong there."""
    folder = root / FOLDER
    there = {path.name: path.read_text(encoding="utf-8") for path in _files(folder)}
    names = sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))
    return [f"{FOLDER}/{name} is not what the source says: run make law" for name in names]


def write(root: Path, wanted: dict[str, str]) -> None:
    """All of them, and nothing else is left."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for path in _files(folder):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*") if path.is_file()]
