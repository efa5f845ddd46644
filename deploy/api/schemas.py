"""Two schemas (JSON Schema), an earlier and a later one, compared as those who go by the earlier one meet the later."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

UPPER = ("maxLength", "maxItems", "maximum", "exclusiveMaximum", "maxProperties")
LOWER = ("minLength", "minItems", "minimum", "exclusiveMinimum", "minProperties")
FORMS = ("pattern", "format", "multipleOf", "uniqueItems")
CHOICES = ("anyOf", "oneOf")
ANYTHING: Mapping[str, Any] = {}

Schema: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Role:
    """Whether we read what the schema describes, so that it may not become narrower; or write it: not wider."""

    reads: bool = False
    writes: bool = False


@dataclass(frozen=True)
class Pair:
    """Two descriptions; references are looked up in the one that they stand in."""

    before: Schema
    now: Schema
    _met: set[tuple[str, str, Role]] = field(default_factory=set, compare=False)

    def compare(self, before: Schema | None, now: Schema | None, role: Role, place: str) -> Iterator[str]:
        """What breaks, each with its place; what is referred to is compared once, where it is met first."""
        before, now = before or ANYTHING, now or ANYTHING
        met = before.get("$ref", ""), now.get("$ref", ""), role
        if all(met[:2]) and met in self._met:
            return
        self._met.add(met)
        choices = [_choices(self.before, before), _choices(self.now, now)]
        for key, branch in choices[0].items():
            if key in choices[1]:
                yield from self._branch(branch, choices[1][key], role, place)
            elif role.reads or len(choices[0]) == len(choices[1]) == 1:
                yield f"{place} may no longer be {_kind(branch)}"
        if role.writes:
            new = (branch for key, branch in choices[1].items() if key not in choices[0])
            yield from (f"{place} may now be {_kind(branch)}" for branch in new)

    def _branch(self, before: Schema, now: Schema, role: Role, place: str) -> Iterator[str]:
        yield from _values(before, now, role, place)
        yield from _bounds(before, now, role, place)
        yield from self._fields(before, now, role, place)
        yield from self._items(before, now, role, place)
        parts = before.get("allOf", ()), now.get("allOf", ())
        if len(parts[0]) != len(parts[1]):
            yield f"{place} is made up of {len(parts[1])} parts, and was of {len(parts[0])}"
        for one, other in zip(*parts, strict=False):
            yield from self.compare(one, other, role, place)

    def _fields(self, before: Schema, now: Schema, role: Role, place: str) -> Iterator[str]:
        had, has = before.get("properties", ANYTHING), now.get("properties", ANYTHING)
        must, must_now = set(before.get("required", ())), set(now.get("required", ()))
        yield from (f"{place}/{name} is gone" for name in had if name not in has)
        if role.reads:
            yield from (f"{place}/{name} must now be there" for name in sorted(must_now - must))
        if role.writes:
            yield from (f"{place}/{name} may now be missing" for name in sorted((must - must_now) & set(has)))
        for name in had.keys() & has.keys():
            yield from self.compare(had[name], has[name], role, f"{place}/{name}")

    def _items(self, before: Schema, now: Schema, role: Role, place: str) -> Iterator[str]:
        for name in ("items", "prefixItems", "additionalProperties"):
            had, has = (_listed(schema.get(name)) for schema in (before, now))
            if len(had) != len(has) and (had or role.reads):
                yield f"{place}: {name} differ"
            for number, (one, other) in enumerate(zip(had, has, strict=False)):
                yield from self.compare(one, other, role, f"{place}/{number if len(had) > 1 else '*'}")


def _listed(schema: Any) -> list[Schema]:
    """One schema for all, or one for each, as a list; a bare yes or no as the schema that it stands for."""
    if isinstance(schema, list):
        return schema
    return [] if schema is None or schema is True else [{"not": {}}] if schema is False else [schema]


def _choices(document: Schema, schema: Schema) -> dict[tuple[str, int], Schema]:
    """What a value may be, by its kind, and by number where there are several of one kind."""
    found: dict[tuple[str, int], Schema] = {}
    count: Counter[str] = Counter()
    for branch in _branches(document, schema):
        kind = _kind(branch)
        found[kind, count[kind]] = branch
        count[kind] += 1
    return found


def _branches(document: Schema, schema: Schema) -> Iterator[Schema]:
    while "$ref" in schema:
        target = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        schema = target
    listed = [branch for name in CHOICES for branch in schema.get(name, ())]
    for branch in listed:
        yield from _branches(document, branch)
    if not listed:
        yield schema


def _kind(schema: Schema) -> str:
    values = _allowed(schema)
    kinds = {bool: "boolean", str: "string", int: "integer", float: "number", type(None): "null"}
    guessed = {kinds.get(type(value), "anything") for value in values} if values else {"anything"}
    return str(schema.get("type") or "/".join(sorted(guessed)))


def _allowed(schema: Schema) -> list[Any]:
    return [schema["const"]] if "const" in schema else list(schema.get("enum", ()))


def _values(before: Schema, now: Schema, role: Role, place: str) -> Iterator[str]:
    had, has = _allowed(before), _allowed(now)
    if role.reads and has:
        lost = [value for value in had if value not in has] or ([] if had else ["anything"])
        yield from (f"{place} may no longer be {value}" for value in lost)
    if role.writes and had:
        new = [value for value in has if value not in had] or ([] if has else ["anything"])
        yield from (f"{place} may now be {value}" for value in new)


def _bounds(before: Schema, now: Schema, role: Role, place: str) -> Iterator[str]:
    for name in (*UPPER, *LOWER, *FORMS):
        had, has = before.get(name), now.get(name)
        if had == has:
            continue
        comparable = had is not None and has is not None and name not in FORMS
        narrower = has is not None and (not comparable or (has < had) == (name in UPPER))
        wider = had is not None and (not comparable or (has > had) == (name in UPPER))
        if (narrower and role.reads) or (wider and role.writes):
            yield f"{place}: {name} is {has}, and was {had}"
