"""Every value of a message that comes in stands in a command and comes back out of the events, or is named as lost."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from access.tokens import Subject
from chassis.api.commands import CommandReader
from chassis.service import Route, Service, find_services
from chassis.write.batch import Batch
from chassis.write.inputs import UNHEARD, PartitionHead
from contracts.__main__ import EVENTS
from decider import instants
from decider.tests.kit import NOON
from entries.entry import START, read_document
from tests.exchange.leaves import Leaf, leaves
from tests.exchange.table import LOST, PAGE, STREAM, Row, Section, rows_for, sections
from tests.law.lane import Lane

FOLDER = Path(__file__).parent
TABLES = list(sections(PAGE.read_text(encoding="utf-8")))
ALL = sorted((FOLDER / "samples").iterdir())
SAMPLES = [path for path in ALL if (FOLDER / "commands" / f"{path.name}.json").exists()]
OUT = [path for path in ALL if "-out" in path.name]
NEXT_YEAR = NOON + timedelta(days=365)
"""By then all of it has happened."""
MADE, OPEN, MISSING = "made", "open points", "missing"
Said = tuple[str, str]
"""Where something is said, and what."""


def commands(sample: Path) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((FOLDER / "commands" / f"{sample.name}.json").read_text(encoding="utf-8"))
    return read


def told(sample: Path) -> tuple[set[Said], Lane]:
    """What its commands say, as they are read and written, and what came of them."""
    return played(FOLDER / "commands" / f"{sample.name}.json")


def played(written_down: Path) -> tuple[set[Said], Lane]:
    """The same of a file of commands."""
    said, lane = set[Said](), Lane()
    for document in json.loads(written_down.read_text(encoding="utf-8")):
        name = document.pop("command")
        occurred = instants.read(document.pop("occurred", NOON.isoformat()))
        adapter = service_of(name).commands[name]
        context = {"document": document, "sender": "HZFL"}
        command = adapter.validate_python(document, extra="forbid", context=context)
        written = json.loads(adapter.dump_json(command, exclude_defaults=True))
        assert adapter.validate_python(written, extra="forbid") == command
        said |= {(f"{name}.{path}", value) for path, value in within(written)}
        said.add((f"{name}.occurred", plain(occurred.isoformat())))
        lane.say(command, occurred, max(occurred, NOON))
    return said, lane


def service_of(command: str) -> Service:
    return next(each for each in find_services().values() if command in each.commands)


def within(value: Any, path: str = "") -> Iterator[Said]:
    """Each value in JSON, under the names at which it stands."""
    match value:
        case dict():
            for name, part in value.items():
                yield from within(part, f"{path}.{name}".strip("."))
        case list():
            for part in value:
                yield from within(part, path)
        case _:
            yield path, plain(str(value))


def plain(value: str) -> str:
    """Instants in UTC, all else as it is, but for what stands around it."""
    try:
        return instants.in_utc(datetime.fromisoformat(instants.written(value))).isoformat()
    except ValueError:
        return value.strip()


def row_of(leaf: Leaf, rows: list[Row]) -> Row | None:
    return next((row for row in rows if row.fits(leaf.path)), None)


def carried(sample: Path) -> Iterator[tuple[Leaf, str, str]]:
    """Each value that is to be kept: as it stands in the message, as it is here, and where it goes."""
    rows = rows_for(sample.name, TABLES)
    for leaf in leaves(sample):
        row = row_of(leaf, rows)
        assert row, f"docs/exchange.md has no row for {leaf.path} of {sample.name}"
        if row.to not in (LOST, STREAM):
            yield from ((leaf, plain(value), row.to) for value in row.values(leaf.value) if value != LOST)


def recorded(lane: Lane) -> set[Said]:
    """What events say, each under its last names: where it stands in a command is the end of where in an event."""
    found = set[Said]()
    for event in lane.log:
        for path, value in within(json.loads(event.model_dump_json(exclude_none=True))):
            names = path.split(".")
            found |= {(".".join(names[number:]), value) for number in range(len(names))}
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_value_stands_in_a_command_or_is_named_as_lost(sample: Path) -> None:
    said, _ = told(sample)
    missing = [
        f"{leaf.path}: {value} is not at {to}"
        for leaf, value, to in carried(sample)
        if not any(fnmatchcase(at, to) and what == value for at, what in said)
    ]
    assert missing == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_value_comes_back_out_of_the_events(sample: Path) -> None:
    said, lane = told(sample)
    events = recorded(lane)
    anywhere, missing = {value for _, value in events}, []
    for leaf, value, to in carried(sample):
        places = {at.partition(".")[2] for at, what in said if fnmatchcase(at, to) and what == value}
        there = value in anywhere if "occurred" in places else any((place, value) in events for place in places)
        missing += [] if there else [f"{leaf.path}: {value}, sent at {to}"]
    assert missing == []


def inputs(sample: Path) -> Iterator[dict[str, Any]]:
    """The entries of its commands, as they stand in journals and on topics."""
    for sent in commands(sample):
        service, route = door_of(sent.pop("command"))
        reader = CommandReader(service=service, route=route, subject=Subject(id="port", client="port"))
        given = reader.read(json.dumps(sent).encode(), "k")
        batch = Batch(service, NEXT_YEAR, {given.partition: NEXT_YEAR})
        batch.writer.heads[given.partition] = PartitionHead(0, START, NOON)
        batch.writer.consumed |= {(each, given.partition): UNHEARD for each in service.hears}
        assert batch.decide_command(given).status == 200
        yield read_document(batch.writer.entries[0].value)


def door_of(command: str) -> tuple[Service, Route]:
    doors = ((service, route) for service in find_services().values() for route in service.routes)
    return next((service, route) for service, route in doors if route.command.__name__ == command)


def offsets(said: Iterable[str]) -> set[str]:
    """Times that are said with another offset than UTC's."""
    return {each for each in said if instants.stated_elsewhere(json.dumps(each).encode())}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_time_that_is_stated_with_an_offset_comes_back_with_it_and_stands_in_utc_beside(sample: Path) -> None:
    sent = offsets(leaf.value for leaf, _, _ in carried(sample))
    sent |= {value for each in commands(sample) for value in offsets(texts(each))}
    back = set[str]()
    for entry in inputs(sample):
        stated = (entry.get("statedtimes") or "").split(",")
        said = {value for _, value in within({"occurred": entry["time"], "data": entry["data"]})}
        back |= {each for each in stated if plain(each) in said}
    assert sent <= back


def texts(value: Any) -> Iterator[str]:
    match value:
        case dict() | list():
            for each in value.values() if isinstance(value, dict) else value:
                yield from texts(each)
        case _:
            yield str(value)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_row_is_of_a_value_that_comes_and_says_why_one_is_lost(table: Section) -> None:
    fitting = [path for path in ALL if fnmatchcase(path.name, table.name)]
    assert fitting, table.name
    paths = {leaf.path for sample in fitting for leaf in leaves(sample)}
    assert [row.fields for row in table.rows if not any(row.fits(path) for path in paths)] == []
    assert [row.fields for row in table.rows if row.to == LOST and not row.why] == []


@pytest.mark.parametrize("sample", OUT, ids=lambda sample: sample.name)
def test_every_value_that_a_partner_wants_has_its_source_or_is_named_as_missing(sample: Path) -> None:
    rows, wrong = rows_for(sample.name, TABLES), []
    for leaf in leaves(sample):
        row = row_of(leaf, rows)
        if row is None or not (row.to in (MADE, OPEN) or (row.to == MISSING and row.why) or is_said(row.to)):
            wrong.append(f"{leaf.path}: {row.to if row else 'no row'}")
    assert wrong == []


def is_said(path: str) -> bool:
    """Whether there is such a field of such an event."""
    name, *names = path.split(".")
    event = next((each for each in EVENTS if each.__name__ == name), None)
    schema = event.model_json_schema() if event else {}
    parts, at = schema.get("$defs", {}), schema
    for one in names:
        at = _inner(at, parts).get("properties", {}).get(one)
        if at is None:
            return False
    return event is not None


def _inner(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """What a field is made up of: of a list its elements, of what may be left out what it is otherwise."""
    if "$ref" in schema:
        return _inner(parts[schema["$ref"].rpartition("/")[2]], parts)
    if "anyOf" in schema:
        return _inner(next(each for each in schema["anyOf"] if each.get("type") != "null"), parts)
    return _inner(schema["items"], parts) if "items" in schema else schema


@pytest.mark.parametrize(
    ("path", "known"), [("GoodsReleased.known_by.documents.number", True), ("GoodsReleased.colour", False)]
)
def test_a_source_that_there_is_not_is_noticed(path: str, known: bool) -> None:
    assert is_said(path) == known


def test_every_sample_has_its_table() -> None:
    named = {table.name for table in TABLES}
    assert [path.name for path in ALL if path.name not in named] == []
    assert [*ALL] == sorted({*SAMPLES, *OUT})
    assert not {*SAMPLES} & {*OUT}


def test_a_value_without_a_row_is_noticed() -> None:
    rows = rows_for("fal2-cargo-declaration.csv", TABLES)
    assert row_of(Leaf("volume_m3", "61.2"), rows)
    assert row_of(Leaf("colour", "red"), rows) is None
