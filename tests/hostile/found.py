"""Every door of every installed service, as the services describe themselves: nothing here is a list of paths."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import httpx

from chassis.service import find_services
from deploy.local.stack import Stack

Shape = Mapping[str, Any]
"""A JSON schema."""
EXAMPLES = {
    "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$": "H1",
    "^[A-Z]{3}-[A-Z]{3}$": "FRP-MIX",
    "^[0-9]{9}$": "870323000",
    "^[A-Z]{2}$": "KR",
}
"""A text that fits, by its pattern; other texts have none that `H` would not fit."""
NEEDED_TOO = ("place",)
"""Fields that a rule across fields asks for, though the schema does not."""


@dataclass(frozen=True)
class Door:
    """A path by which commands come in, with the schema of its command and those that it refers to."""

    service: str
    url: str
    path: str
    command: Shape
    schemas: Mapping[str, Shape]

    @property
    def example(self) -> dict[str, Any]:
        """A command that is well-formed."""
        found: dict[str, Any] = self._example(self.command)
        return found

    def fields(self) -> Iterator[tuple[str | int, ...]]:
        """Where a value may stand, at every depth: the way to it."""
        yield from self._fields(self.command, ())

    def is_amount(self, way: tuple[str | int, ...]) -> bool:
        """Whether the value there is a text of digits."""
        return str(self._shape(self._at(way)).get("pattern", "")).startswith(r"^\d")

    def type_of(self, way: tuple[str | int, ...]) -> str:
        """What the schema says of the value there: its type, of texts the format where it has one."""
        shape = self._shape(self._at(way))
        return str(shape.get("format") or shape.get("type") or "string")

    def may_be_null(self, way: tuple[str | int, ...]) -> bool:
        return any(each.get("type") == "null" for each in self._at(way).get("anyOf", ()))

    def _at(self, way: tuple[str | int, ...]) -> Shape:
        shape: Shape = self.command
        for step in way:
            shape = self._shape(shape)
            shape = shape["items"] if isinstance(step, int) else shape["properties"][step]
        return shape

    def _shape(self, shape: Shape) -> Shape:
        """What a reference or an option that may be left out stands for."""
        if "$ref" in shape:
            return self.schemas[shape["$ref"].rpartition("/")[2]]
        return self._shape(shape["anyOf"][0]) if "anyOf" in shape else shape

    def _fields(self, shape: Shape, way: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
        shape = self._shape(shape)
        if way:
            yield way
        for name, of in shape.get("properties", {}).items():
            if name not in {"idempotency_key", "occurred"}:
                yield from self._fields(of, (*way, name))
        if "items" in shape and "prefixItems" not in shape:
            yield from self._fields(shape["items"], (*way, 0))

    def _example(self, shape: Shape) -> Any:
        shape = self._shape(shape)
        match shape:
            case {"enum": [first, *_]} | {"const": first}:
                return first
            case {"type": "object", "properties": properties}:
                wanted = [*shape.get("required", ()), *(name for name in NEEDED_TOO if name in properties)]
                return {name: self._example(properties[name]) for name in wanted}
            case {"type": "array", "prefixItems": each}:
                return [self._example(one) for one in each]
            case {"type": "array", "items": items}:
                return [self._example(items)]
            case {"type": "string"}:
                return self._text(shape)
        return {"boolean": False, "integer": 1, "number": 1.5}[shape["type"]]

    @staticmethod
    def _text(shape: Shape) -> str:
        if shape.get("format") == "date-time":
            return "2026-03-02T08:00:00Z"
        if "examples" in shape:
            return str(shape["examples"][0])
        pattern = shape.get("pattern", "")
        return "1.00" if pattern.startswith(r"^\d") else EXAMPLES.get(pattern, "H")

    def at(self, way: tuple[str | int, ...], value: Any) -> dict[str, Any]:
        """A command that is well-formed but for the value there."""
        sent = self.example
        place: Any = sent
        shape: Shape = self.command
        for step, following in pairwise(way):
            shape = self._shape(shape["items"] if isinstance(step, int) else shape["properties"][step])
            if (isinstance(step, str) and step not in place) or not place[step]:
                place[step] = self._example(shape)
            if isinstance(following, int) and not place[step]:
                place[step] = [None]
            place = place[step]
        place[way[-1]] = value
        return sent


async def descriptions(stack: Stack, client: httpx.AsyncClient) -> dict[str, Any]:
    """What each service says of itself, by name."""
    return {name: (await client.get(f"{stack.door(name)}/openapi.json")).json() for name in find_services()}


def doors(stack: Stack, described: Mapping[str, Any]) -> list[Door]:
    """Where commands come in."""
    return [
        Door(
            service, stack.door(service) + path, path, _command(said, operations["post"]), said["components"]["schemas"]
        )
        for service, said in described.items()
        for path, operations in said["paths"].items()
        if "post" in operations
    ]


def _schemas(said: Shape) -> Mapping[str, Shape]:
    found: Mapping[str, Shape] = said["components"]["schemas"]
    return found


def _command(said: Shape, operation: Shape) -> Shape:
    name: str = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return _schemas(said)[name]


def pages(stack: Stack, described: Mapping[str, Any]) -> list[tuple[str, list[Shape]]]:
    """Where something is read: the address, with its places for parameters, and the parameters."""
    return [
        (stack.door(service) + path, operations["get"].get("parameters", []))
        for service, said in described.items()
        for path, operations in said["paths"].items()
        if "get" in operations
    ]
