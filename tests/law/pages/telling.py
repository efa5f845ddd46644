"""A case as a lawyer reads it: what was on record, what came, what customs recorded of it, and why."""

import inspect
from collections.abc import Iterator
from pkgutil import resolve_name
from typing import Any

from decider import OpenPoint
from decider.tests.kit import Said
from law import Finding, Ground
from law.rule import Rule
from tests.law.cases.case import Case, Question
from tests.law.pages import words
from tests.law.pages.chapters import provision
from tests.law.pages.phrases import TABLES
from tests.law.pages.playing import Played, play


def told(case: Case) -> str:
    return f"#### Case: {case.title}\n" + "\n".join(_lines(case, play(case))) + "\n"


def _lines(case: Case, played: Played) -> Iterator[str]:
    if isinstance(case.when, Question):
        yield f"- *Asked:* {case.when.words}"
        yield f"- *Answer:* {_answer(played.answer)}."
    else:
        yield from _several("On record", [_sentence(each) for each in case.given])
        yield f"- *Comes:* {_sentence(case.when)}"
        yield from _several("Recorded", [_event(case.when, each, played) for each in played.events] or ["nothing."])
    yield from _several("Why", [_reason(each, played) for each in reasons(case, played)])
    if open_ := [*dict.fromkeys(_open(each) for each in played.points)]:
        yield f"- *Open then:* {'; '.join(open_)}."


def _several(head: str, said: list[str]) -> Iterator[str]:
    if len(said) == 1:
        yield f"- *{head}:* {said[0]}"
    elif said:
        yield f"- *{head}:*"
        yield from (f"  - {each}" for each in said)


def _sentence(said: Said) -> str:
    return words.of_input(said.content, said.occurred, said.recorded)


def _event(when: Said, event: Any, played: Played) -> str:
    """With its findings or grounds."""
    of = next(getattr(each, words.subject(each)) for each in (event, when.content) if words.subject(each))
    more = words.of_event(event, when.content, when.occurred)
    line = f"**{words.name(event.type)}**, {of} ({_cited(event)}){': ' if more else ''}{more}."
    for each in findings(event):
        found = finder(each, played)
        named = f"`{function(found)}`, " if found else ""
        line += f" {type(each).__name__} {named}{_cited(each)}: {words.facts(each)}."
    return line


def findings(event: Any) -> tuple[Finding | Ground, ...]:
    return (*getattr(event, "findings", ()), *getattr(event, "grounds", ()))


def _cited(of: Any) -> str:
    """Article, id and, where it is not the Code, the layer of the law."""
    if of.layer == "default":
        return f"`{of.article}`, an operating default and no law [{of.rule}]"
    return f"Art. {of.article} [{of.rule}]{'' if of.layer == 'code' else f', {of.layer}'}"


def finder(of: Any, played: Played) -> Rule | None:
    """The rule that found it; where none does any more, the only one asked that finds such."""
    for each in played.asked:
        if of == each.said or (isinstance(each.said, tuple) and of in each.said):
            return each.rule
    finding = (each.rule for each in played.asked if not each.said and _is_of(of, each.rule))
    silent = {each for each in finding if type(of).__name__ in returned(each)}
    return silent.pop() if len(silent) == 1 else None


def returned(rule: Rule) -> str:
    return str(inspect.unwrap(resolve_name(str(rule.function))).__annotations__["return"])


def _is_of(of: Any, rule: Rule) -> bool:
    return of.rule == rule.id and of.article in rule.articles


def reasons(case: Case, played: Played) -> list[Rule]:
    """The rules of the provision that said something or found what is withdrawn, or else those of it that were asked.

    Where none of it was asked, those that the events cite.
    """
    found = {finder(each, played) for event in played.events for each in findings(event)}
    under = [each for each in played.asked if provision(each.rule.articles) == case.under]
    said = [each.rule for each in under if isinstance(each.said, bool) or each.said or each.rule in found]
    cited = [each.rule for each in played.asked if each.said and any(_is_of(one, each.rule) for one in played.events)]
    return [*dict.fromkeys(said or [each.rule for each in under] or cited)]


def _reason(rule: Rule, played: Played) -> str:
    articles = ", ".join(f"Art. {each}" for each in rule.articles)
    return f"{articles} [{rule.id}], `{function(rule)}`{_verdict(rule, played)}: {rule.sentence}"


def _verdict(rule: Rule, played: Played) -> str:
    """Of a rule that says yes or no; of several things it may say both."""
    said = {each.said for each in played.asked if each.rule == rule and isinstance(each.said, bool)}
    return ", in part" if len(said) > 1 else "".join(f", {'yes' if each else 'no'}" for each in said)


def function(rule: Rule) -> str:
    return str(rule.function).partition(":")[2]


def _open(point: OpenPoint) -> str:
    at = f", at {words.value(point.place)}" if point.place else ""
    return f"{words.name(point.act).lower()}{at}, by the {point.who} (Art. {point.article})"


def _answer(said: Any) -> str:
    """A page of the rulebook in numbers, and checkpoints by their names."""
    if not isinstance(said, dict):
        return words.value(said)
    if "checkpoints" in said:
        return words.value([each["name_en"] for each in said["checkpoints"]])
    return words.value(
        [f"{len(each)} {TABLES.get(name, name)}" for name, each in said.items() if isinstance(each, list) and each]
    )
