"""How a life looks to whoever follows it: a line per event, with what was found or refused below it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from deploy.follow.order import Document, folded, is_input
from deploy.follow.reading import Life
from law.calendar import ASHGABAT

SAID_ELSEWHERE = {"type", "article", "movement", "consignment", "occurred", "findings", "grounds", "consignments"}
SAID_BY_HAPPENED = {"crossed", "arrived", "accepted"}
INSTANTS = {"expected"}
INDENT = 4


def show(life: Life, console: Console) -> None:
    carried = life.kind == "consignment"
    others = ", ".join(life.movements if carried else life.consignments)
    console.print(Text(f"{life.kind} {life.id}", "bold"))
    console.print(Text(f"{'with movement' if carried else 'carries'} {others or 'nothing on record'}"))
    console.print(Text("times are Ashgabat's, UTC+5\n"))
    console.print(Text(_line("happened", "recorded", "service", "article", "what"), "dim"))
    for entry, given in folded(life.entries):
        console.print(_head(entry))
        console.print(Padding(Text("\n").join(_below(entry, given, life)), (0, 0, 0, INDENT)))
    console.print()
    for line in _waits(life):
        console.print(Text(line))


def _line(happened: str, recorded: str, service: str, article: str, what: str) -> str:
    return f"{happened:<11}  {recorded:<14}  {service:<12}  {article:<11}  {what}"


def _head(entry: Document) -> Text:
    happened, recorded = _local(entry["time"]), _local(entry["recordedtime"])
    service, article = str(entry["id"]).partition("/")[0], str(entry["data"].get("article", ""))
    line = _line(f"{happened:%d.%m %H:%M}", f"{recorded:%d.%m %H:%M:%S}", service, article, "")
    return Text.assemble(line, (str(entry["type"]), "bold"))


def _below(entry: Document, given: Document | None, life: Life) -> Iterator[Text]:
    """What it says, what was found or refused, and whose act it was."""
    if is_input(entry):
        yield Text("nothing new came of it")
    elif words := _words(entry["data"]):
        of_vehicle = life.kind == "consignment" and str(entry["subject"]).startswith("movement/")
        yield Text(f"{'the vehicle: ' if of_vehicle else ''}{', '.join(words)}")
    for word, style in (("finding", "yellow"), ("ground", "red")):
        for each in entry["data"].get(f"{word}s", ()):
            yield Text(f"{word} {each['rule']}, Art. {each['article']}: {_facts(each['facts'])}", style)
    yield Text(_by(entry, given), "dim")


def _by(entry: Document, given: Document | None) -> str:
    if entry.get("authtype") == "system":
        return f"by {entry['authid']} itself"
    return f"by {entry.get('authid', 'nobody named')}" + (f", {given['type']}" if given else "")


def _words(told: Mapping[str, Any]) -> list[str]:
    """The event's own fields, whatever they are called."""
    return [
        f"{name.replace('_', ' ')} {_word(name, value)}"
        for name, value in told.items()
        if name not in SAID_ELSEWHERE | SAID_BY_HAPPENED and value not in (None, False, [], ())
    ]


def _word(name: str, value: Any) -> str:
    match value:
        case True:
            return "yes"
        case list():
            return _list(value)
        case str() if name in INSTANTS:
            return f"{_local(value):%d.%m %H:%M}"
        case _:
            return str(value)


def _list(values: list[Any]) -> str:
    """Goods by their code, other records by their number."""
    if all(isinstance(each, dict) for each in values):
        codes = [each.get("code") for each in values]
        if all(codes):
            return " ".join(map(str, codes))
        return f"of {len(values)} consignments" if "consignment" in values[0] else str(len(values))
    return " ".join(map(str, values))


def _facts(facts: Iterable[tuple[str, Any]]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {_word(name, value)}" for name, value in facts)


def _waits(life: Life) -> Iterator[str]:
    for point in life.waits:
        place = f" at {point.place}" if point.place else ""
        yield f"waits for {point.act}{place}: the {point.who}'s to do, Art. {point.article}"
    if not life.waits:
        yield "nothing waits"
    if life.silent:
        yield f"not asked, since they do not answer: {', '.join(life.silent)}"


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(ASHGABAT)
