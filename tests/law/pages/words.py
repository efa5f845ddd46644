"""Inputs, events and answers in words: what is said stands in their fields, and only how it reads stands here."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel

from law.calendar import ASHGABAT
from law.checkpoints import find
from tests.law.cases.case import Nothing
from tests.law.lane import DECIDERS
from tests.law.pages.phrases import ALWAYS, BY_FIELD, EMPTY, FACTS, FIRST, OF_THEIR_OWN, PHRASES, VERBS

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+\+00:00")


def of_input(content: Any, occurred: datetime, recorded: datetime) -> str:
    """A sentence: when, what, and all that is stated with it."""
    late = f" (recorded on {value(recorded)})" if recorded != occurred else ""
    when = "By" if isinstance(content, Nothing) else "On"
    verb = VERBS.get(type(content).__name__, name(type(content).__name__).lower())
    said = verb.format_map({name: value(each, name) for name, each in stated(content, everything=True)})
    rest = (phrase(name, each) for name, each in stated(content) if f"{{{name}}}" not in verb)
    return f"{when} {value(occurred)}{late} {', '.join(filter(None, (said, *rest)))}."


def of_event(event: Any, of: Any, occurred: datetime) -> str:
    """What an event says beyond the input that it follows from, and beyond what it is of."""
    known = {} if event.type in OF_THEIR_OWN else dict(stated(of, everything=True))
    if named := subject(event):
        known[named] = getattr(event, named)
    new = (phrase(name, each) for name, each in stated(event) if each != occurred and known.get(name) != each)
    return ", ".join(filter(None, new))


def subject(event: Any) -> str:
    """The field that names what an event is of; of a movement's goods, these. Of what differs it is the input's."""
    return next((kind for kind in ("consignment", *DECIDERS) if getattr(event, kind, None)), "")


def name(type_: str) -> str:
    """`VehiclePresented` as words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=\d)", " ", type_).capitalize()


def facts(of: Any) -> str:
    """Those of a finding or of a ground, by their names; an act is cited."""
    read = {name: FACTS.get((of.rule, name), f"{name.replace('_', ' ')} {{}}") for name, _ in of.facts if name != "act"}
    return ", ".join(read[name].format(value(each)) for name, each in of.facts if name in read)


def stated(of: Any, *, everything: bool = False) -> Iterator[tuple[str, Any]]:
    """The fields of a command, an event or a part of them, but for those that are as they are without a word."""
    for field, least in _fields(of).items():
        each = getattr(of, field)
        if everything or field in ALWAYS or each != least:
            yield field, each


def _fields(of: Any) -> dict[str, Any]:
    """With their defaults; None where one has to be stated."""
    if isinstance(of, BaseModel):
        return {name: None if field.is_required() else field.default for name, field in type(of).model_fields.items()}
    return {field.name: None if field.default is MISSING else field.default for field in fields(of)}


def phrase(name: str, each: Any) -> str:
    if each == () and name in EMPTY:
        return EMPTY[name]
    if name in ("stands", "amend_by"):
        each = _of_statement(each)
    plain = "{}" if isinstance(each, bool) else f"{name.replace('_', ' ')} {{}}"
    return PHRASES.get(name, plain).format(value(each, name))


def _of_statement(each: tuple[Any, ...]) -> tuple[str, ...]:
    """Fields with what they hold, and commands."""
    return tuple(name(one).lower() if isinstance(one, str) else phrase(*one) for one in each)


def value(each: Any, name: str = "") -> str:
    """As it reads under the name of its field."""
    match each:
        case bool():
            return f"{'' if each else 'not '}{name.replace('_', ' ')}" if name else "yes" if each else "no"
        case date():
            return _day(each)
        case tuple() | list():
            return _several([value(one) for one in each])
        case str():
            return BY_FIELD.get((name, each)) or _text(each)
        case _ if is_dataclass(each):
            return _part(each)
        case _:
            return str(each)


def _day(each: date) -> str:
    """A term ends at 24:00 of its last day."""
    if not isinstance(each, datetime):
        return f"{each.day} {each:%B %Y}"
    local = each.astimezone(ASHGABAT)
    if (local.hour, local.minute) == (0, 0):
        return f"{_day((local - timedelta(days=1)).date())} at 24:00"
    return f"{_day(local.date())} at {local:%H:%M}"


def _part(each: Any) -> str:
    said = sorted(stated(each), key=lambda one: FIRST.index(one[0]) if one[0] in FIRST else len(FIRST))
    if [name for name, _ in said] == ["number"]:
        return value(each.number)
    read = [phrase(*one) for one in said]
    return f"{read[0]} ({', '.join(read[1:])})" if said[0][0] == "consignment" and said[1:] else " ".join(read)


def _text(each: str) -> str:
    if INSTANT.fullmatch(each):
        return _day(datetime.fromisoformat(each))
    known = find(each)
    return known.name_en if known else each.replace("_", " ")


def _several(each: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(each[:-1]), *each[-1:]))) or "nothing"
