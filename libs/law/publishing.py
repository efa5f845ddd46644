"""What anyone may read (Art. 10(1)): the rules that hold on a day, as they were known on another. Pure functions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from law.act import Act, Measure
from law.checkpoints import checkpoints as all_checkpoints
from law.checkpoints import named
from law.defaults import Default, defaults
from law.rule import Rule, rule
from law.rulebook import RULEBOOK, in_force_on, loaded
from law.rules import OfficerDecision, catalogue, holds

MEASURES_UNDER = {"prohibition": "7(1)", "restriction": "7(1) para 3", "control": "29(2) para 2"}
PROCEDURES_UNDER = "37(2-1)"
STORAGE_UNDER = "7(1) para 2"
DISPLACED_UNDER = "3(2)"

Shown = dict[str, Any]


@rule()
def rules(as_of: date, known: date, acts: Sequence[Act] | None = None) -> Shown:
    """Art. 10(1) [F15]: the rules, the acts and the defaults by which customs decides are open to everyone.

    Those in force on `as_of`, as they were known on `known`.
    """
    return _page(as_of, known, loaded() if acts is None else acts, lambda article: True)


@rule()
def under(article: str, as_of: date, known: date, acts: Sequence[Act] | None = None) -> Shown | None:
    """Art. 10(1) [F15]: whoever meets a citation can look up what it rests on, in the Code, an act or a default.

    An article is found with its parts, an act by its id with its provisions. None where nothing of that name holds.
    """
    found = _page(as_of, known, loaded() if acts is None else acts, lambda each: is_under(each, article))
    return found if any(found[table] for table in ("rules", "officer", "acts", "defaults")) else None


@rule()
def checkpoints(name: str | None = None) -> Shown:
    """Art. 10(1) [F15]: the checkpoints are open to everyone: all that go by this name or, without one, all.

    By code, name or alias, in Turkmen letters or without them, in any case.
    """
    found = tuple(all_checkpoints().values()) if name is None else named(name)
    return {"rulebook": RULEBOOK, "checkpoints": [_shown(each) for each in found]}


def is_under(article: str, asked: str) -> bool:
    """Whether an article is the one asked for or a part of it, as `37(2)` is of `37`; of `37(2)`, `37(2-1)` is none."""
    return article == asked or article.startswith((f"{asked}(", f"{asked} "))


def _page(as_of: date, known: date, acts: Iterable[Act], wanted: Callable[[str], bool]) -> Shown:
    """A page of the rulebook: of everything that holds, what stands under an article that is wanted."""

    def listed(rows: Iterable[Rule | OfficerDecision]) -> list[Shown]:
        return [_shown(each) for each in rows if holds(each, as_of, known) and any(map(wanted, each.articles))]

    held = [answer for each in defaults().values() for answer in each.answers(as_of, known)]
    return {
        "rulebook": RULEBOOK,
        "as_of": as_of.isoformat(),
        "known": known.isoformat(),
        "rules": listed(catalogue().rules),
        "officer": listed(catalogue().officer),
        "acts": [shown for act in in_force_on(acts, when=as_of, known=known) if (shown := _act(act, wanted))],
        "defaults": [_default(each) for each in held if wanted(each.article)],
    }


def _act(act: Act, wanted: Callable[[str], bool]) -> Shown | None:
    """An act with its rows that stand under an article that is wanted; with all of them where it is wanted itself."""
    shown = _shown(act)
    if wanted(act.id):
        return shown
    under = dict(_articles(act))
    kept = {table: [shown[table][n] for t, n in under if t == table and wanted(under[t, n])] for table, _ in under}
    return _heading(shown) | {table: rows for table, rows in kept.items() if rows} if any(kept.values()) else None


def _articles(act: Act) -> Iterator[tuple[tuple[str, int], str]]:
    """Each row of an act that rests on an article: its table, its number, and the article."""
    yield from ((("measures", n), _article_of(each)) for n, each in enumerate(act.measures))
    yield from ((("procedures", n), PROCEDURES_UNDER) for n, _ in enumerate(act.procedures))
    yield from ((("grounds", n), each.article) for n, each in enumerate(act.grounds))
    yield from ((("terms", n), STORAGE_UNDER) for n, _ in enumerate(act.terms))
    yield from ((("displaces", n), DISPLACED_UNDER) for n, _ in enumerate(act.displaces))


def _article_of(measure: Measure) -> str:
    by_origin = measure.kind == "prohibition" and measure.origin != "*"
    return "20(1)" if by_origin else MEASURES_UNDER[measure.kind]


def _heading(shown: Shown) -> Shown:
    return {name: value for name, value in shown.items() if not isinstance(value, list)}


def _default(default: Default) -> Shown:
    return _shown(default) | {"article": default.article, "note": "operating default, not law"}


def _shown(row: Any) -> Shown:
    """The fields of a dataclass."""
    return {name: _plain(value) for name, value in asdict(row).items()}


def _plain(value: Any) -> Any:
    """With lists for tuples, and dates and decimals as texts, so that JSON can carry it."""
    match value:
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case tuple() | list():
            return [_plain(each) for each in value]
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value
