"""Doors described in OpenAPI 3.1: what all have alike, and the schema of each command, state and page.

What all have alike stands in `openapi.json`. Commands and states are named as their types are.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Protocol, TypeAlias, get_args, get_type_hints

from pydantic import TypeAdapter

from intake.bodies import JSON, NDJSON

Document: TypeAlias = dict[str, Any]
SAME: Document = json.loads(files("doors").joinpath("openapi.json").read_text(encoding="utf-8"))
FIRST_WORD = re.compile("^([a-z]+).*")
PLACE = "#/components/schemas/"
LINE = "Line"
"""What stands behind the name of a command where it is one line of many, with its key."""


class Route(Protocol):
    """A door for commands of one type."""

    @property
    def path(self) -> str: ...
    @property
    def command(self) -> type: ...


class Kind(Protocol):
    """Streams of one kind: the type of their state, and the acts that may be open on one."""

    @property
    def schema(self) -> TypeAdapter[Any]: ...
    @property
    def acts(self) -> tuple[str, ...]: ...


class Described(Protocol):
    """What is asked of a service: its commands and states by name, and an example of each command."""

    @property
    def name(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def commands(self) -> Mapping[str, TypeAdapter[Any]]: ...
    @property
    def kinds(self) -> Mapping[str, Kind]: ...
    @property
    def examples(self) -> Mapping[str, Any]: ...
    @property
    def pages(self) -> Mapping[str, Callable[..., Any]]: ...


def complete(schema: Document, service: Described, routes: Iterable[Route]) -> None:
    """Adds to an app's own description all that it cannot know."""
    routes = tuple(routes)
    made, schemas = _schemas(service, routes)
    schema |= {"security": [{"token": []}], "tags": SAME["tags"], "servers": _servers(service)}
    components = schema.setdefault("components", {})
    components |= SAME["components"] | {
        "schemas": components.get("schemas", {}) | SAME["components"]["schemas"] | schemas
    }
    for path in service.pages:
        schema["paths"][path]["get"]["responses"]["200"]["content"][JSON]["schema"] = made[("page", path), "validation"]
    for route in routes:
        schema["paths"][route.path]["post"] |= _command(service, route)
    doors = (door for methods in schema["paths"].values() for door in methods.values())
    for answer in (each for door in doors for each in door["responses"].values() if "$ref" not in each):
        answer.setdefault("headers", {}).update(SAME["answer_headers"])


def operation(
    name: str, tag: str, summary: str, shows: str = "", others: Mapping[str, Any] = MappingProxyType({})
) -> Document:
    """What is said of one door: its name for generated clients, the schema of what it `shows`, `others` by status."""
    described: Document = {"operation_id": name, "tags": [tag], "summary": summary}
    of_any_kind = FIRST_WORD.sub(r"\1Streams", name) if tag == "streams" else name
    if said := SAME["reads"].get(of_any_kind):
        described["description"] = said
    if shows:
        found = {"description": "As it stands now.", "content": {JSON: {"schema": ref(shows)}}}
        described["responses"] = {"200": found, **others}
    return described


def ref(name: str) -> Document:
    return {"$ref": PLACE + name}


def page_of(kind: str) -> str:
    """What the schema of one page of streams of this kind is called."""
    return f"{kind.capitalize()}Page"


def stream_of(kind: str) -> str:
    """What the schema of one stream of this kind is called."""
    return f"{kind.capitalize()}Stream"


def _shown_by(page: Callable[..., Any]) -> TypeAdapter[Any]:
    """The type of what a page shows."""
    hint = get_type_hints(page)["return"]
    shown = [each for each in get_args(hint) if each is not NoneType] if isinstance(hint, UnionType) else [hint]
    return TypeAdapter(shown[0])


def _servers(service: Described) -> list[Document]:
    return [{"url": f"http://127.0.0.1:{service.port}", "description": "On the machine where `make up` runs it."}]


def _schemas(service: Described, routes: tuple[Route, ...]) -> tuple[Mapping[Any, Document], Document]:
    """What each page shows, and all schemas by name."""
    names = [route.command.__name__ for route in routes]
    asked: list[Any] = [(("command", name), "validation", service.commands[name]) for name in names]
    asked += [(("state", name), "validation", kind.schema) for name, kind in service.kinds.items()]
    asked += [(("page", path), "validation", _shown_by(page)) for path, page in service.pages.items()]
    made, found = TypeAdapter.json_schemas(asked, ref_template=PLACE + "{model}")
    schemas = {_short(name): _as_named(schema) for name, schema in found.get("$defs", {}).items()}
    made = {key: _as_named(schema) for key, schema in made.items()}
    for name in _reached(schemas, names):
        schemas[name] = _closed(schemas[name])
    for name in names:
        schemas |= _forms(name, schemas[name])
    for name in service.kinds:
        shown = {"id": {"type": "string"}, "state": made[("state", name), "validation"], **SAME["shown"]}
        item = {"type": "object", "required": ["id", "state", "open_points"], "properties": shown}
        schemas[page_of(name)] = _page(item)
        schemas[stream_of(name)] = {
            "type": "object",
            "required": [*item["required"], "timeline", "next"],
            "properties": shown | SAME["timeline"],
        }
    return made, schemas


def _short(name: str) -> str:
    """Of two types of one name pydantic says the whole modules; the part that tells them apart will do."""
    _, *within = name.split("__")
    return "".join(part.capitalize() for part in within[:-1]) + within[-1] if within else name


def _as_named(part: Any) -> Any:
    """With short names, and without titles: generators call types by these, and two that share one are lost to them.

    Of every array it is said what its items are, for some generators ask for that even where each has its place.
    """
    if isinstance(part, list):
        return [_as_named(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {name: _as_named(each) for name, each in part.items() if name != "title" or not isinstance(each, str)}
    if isinstance(kept.get("$ref"), str):
        kept |= ref(_short(kept["$ref"].removeprefix(PLACE)))
    return {"items": {}} | kept if kept.get("type") == "array" else kept


def _forms(name: str, command: Document) -> Document:
    """A command as it is sent alone, and as a line of many, where it carries its key."""
    fields, said = command["properties"], SAME["envelope"]
    required = [*command.get("required", ()), "idempotency_key"]
    return {
        name: command | {"properties": fields | {"occurred": said["occurred"]}},
        name + LINE: command | {"properties": fields | said, "required": required},
    }


def _page(item: Document) -> Document:
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {"items": {"type": "array", "items": item}, "next": SAME["next"]},
    }


def _closed(schema: Document) -> Document:
    """An object with these fields and no others."""
    return {**schema, "additionalProperties": False} if schema.get("type") == "object" else schema


def _reached(schemas: Mapping[str, Document], names: Iterable[str]) -> set[str]:
    """These schemas, and all that they are made of."""
    reached: set[str] = set()
    left = list(names)
    while left:
        if (name := left.pop()) not in reached:
            reached.add(name)
            left += (each.removeprefix(PLACE) for each in references(schemas[name]))
    return reached


def references(part: Any) -> Iterator[str]:
    """Every `$ref` in a document."""
    if isinstance(part, dict) and isinstance(part.get("$ref"), str):
        yield part["$ref"]
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for each in inner:
        yield from references(each)


def _command(service: Described, route: Route) -> Document:
    name = route.command.__name__
    one = {"schema": ref(name), "example": service.examples.get(name)}
    said = f"One JSON object per line, each as `x-line` describes it: a {name} with its own key."
    many = {"schema": {"type": "string", "description": said}, "x-line": ref(name + LINE)}
    body = {"required": True, "content": {JSON: one, NDJSON: many}}
    return {**SAME["operation"], "requestBody": body}
