"""Documents that grow when they are written: as many and as small values as the limits let in, in their shortest form.

Built from the schema of a command: lists as long as they may be, of elements with nothing in them that may be left out,
and moments, numbers and truths in the shortest way in which they are understood, which is not how they are written.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from string import ascii_letters, digits
from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter, ValidationError

from chassis.service import Service
from intake.documents import DOCUMENT_BYTES_MAX, VALUES_MAX

ROOM, VALUES = DOCUMENT_BYTES_MAX - 8192, VALUES_MAX - 1000
"""What the longest list may take; the rest is for all else."""
FEWER = 20_000
"""Values that go where a rule bounds what lists within a list hold together."""
TEXTS = ("1", "AA", "123456789", "FRP-MIX", "AAA", "A", "1203")
"""What a field takes that has a pattern."""
TIMES = {"date-time": '"2001-09-09T01:46:40Z"', "date": '"2001-09-09"'}
ALPHABET = digits + ascii_letters


def documents(service: Service, command: str) -> Iterator[bytes]:
    """Each list of a command at its longest, of parts with one of their lists as long as there is room."""
    schema = service.commands[command].json_schema()
    parts = schema.get("$defs", {})
    plain = Growing(parts=parts)
    for longest in plain.lists(schema) or [""]:
        element = plain.resolved(schema["properties"].get(longest, {}).get("items", {}))
        *others, last = (plain.lists(element) if "properties" in element else []) or [""]
        full = [*((inner, VALUES) for inner in (*others, last)), *([(last, FEWER)] if last else [])]
        for inner, values in full:
            growing = Growing(parts=parts, inner=inner, values=values)
            yield growing.document(schema, longest, service.examples.get(command, {}))


@dataclass(kw_only=True)
class Growing:
    """Builds documents; `parts` are what schemas refer to, `inner` is the list within a list that is full."""

    parts: Mapping[str, Any]
    inner: str = ""
    values: int = VALUES
    _ids: Iterator[int] = field(default_factory=count)

    def document(self, schema: Mapping[str, Any], longest: str, example: Mapping[str, Any]) -> bytes:
        """A command's document in which the list `longest` takes all the room; single values are the example's."""
        single = {name: json.dumps(said) for name, said in example.items() if not isinstance(said, list)}
        needed = {name: self._value(schema["properties"][name], 0) for name in schema["required"]}
        full = {longest: self._value(schema["properties"][longest], 1)} if longest else {}
        return _object({**needed, **single, **full, "idempotency_key": '"k"'}).encode()

    def lists(self, schema: Mapping[str, Any]) -> list[str]:
        """The names of the lists that a command, or a part, holds."""
        return [name for name, part in schema["properties"].items() if self.resolved(part).get("type") == "array"]

    def _value(self, schema: Mapping[str, Any], depth: int) -> str:
        schema = self.resolved(schema)
        match schema:
            case {"const": known} | {"enum": [known, *_]}:
                return json.dumps(known)
            case {"type": "array"}:
                return self._list(schema, depth) if depth else "[]"
            case {"type": "object"}:
                return self._part(schema, depth)
        return self._single(schema)

    def _single(self, schema: Mapping[str, Any]) -> str:
        if schema.get("format") in TIMES:
            return TIMES[schema["format"]]
        if "examples" in schema:
            return json.dumps(schema["examples"][0])
        if schema["type"] == "boolean":
            return "true"
        if schema["type"] == "integer":
            return "1e7" if schema.get("maximum", 0) >= 10_000_000 else "1"
        if "A-Za-z0-9._-" in schema.get("pattern", ""):
            return f'"{_id(next(self._ids))}"'  # Each id once.
        return json.dumps(_text(schema.get("pattern"), schema.get("minLength", 0)))

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" in schema:
            return self.resolved(self.parts[schema["$ref"].rpartition("/")[2]])
        choices = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
        return self.resolved(choices[0]) if choices else schema

    def _part(self, schema: Mapping[str, Any], depth: int) -> str:
        """What has to be there, the list that is full, whose papers they are, and what is longer when it is written."""
        wanted = set(schema.get("required", ()))
        moments = {name for name, part in schema["properties"].items() if "date-time" in str(self.resolved(part))}
        wanted |= moments | {self.inner, "consignment"} & set(schema["properties"])
        return _object({name: self._value(schema["properties"][name], depth + 1) for name in sorted(wanted)})

    def _list(self, schema: Mapping[str, Any], depth: int) -> str:
        most = schema.get("maxItems", VALUES)
        share = 1 if depth == 1 else 100
        if each := schema.get("prefixItems"):
            return "[" + ",".join(self._value(part, depth) for part in each) + "]"
        if "prefixItems" in (named := self.resolved(schema["items"])):  # Facts by name, each of which stands once.
            return "[" + self._value(named, depth) + "]"
        first, second = (self._value(schema["items"], depth) for _ in range(2))
        many = min(most, self.values // share // (first.count(",") + 1), ROOM // share // (len(second) + 1))
        if first == second:
            return "[" + ",".join([first] * many) + "]"
        return "[" + ",".join(self._value(schema["items"], depth) for _ in range(many)) + "]"


def _object(written: Mapping[str, str]) -> str:
    return "{" + ",".join(f'"{name}":{value}' for name, value in written.items()) + "}"


@cache
def _text(pattern: str | None, least: int) -> str:
    fits: TypeAdapter[str] = TypeAdapter(Annotated[str, StringConstraints(pattern=pattern, min_length=least)])
    for text in TEXTS:
        try:
            return fits.validate_python(text)
        except ValidationError:
            continue
    raise AssertionError(f"no text fits {pattern}: add one to TEXTS")


def _id(number: int) -> str:
    """So long that as many as a command may hold take all the bytes that it may have."""
    text = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        text = ALPHABET[digit] + text
    return text.rjust(DOCUMENT_BYTES_MAX // VALUES_MAX - len('"",'), "0")
