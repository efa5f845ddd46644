"""What a service writes and hears on Kafka, described in AsyncAPI 3.0.

It is made from the service's contract, its commands and `entry.json`, which says of every entry what is alike. Schemas
keep to JSON Schema draft 7, which is what AsyncAPI means by a schema.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Protocol, TypeAlias

from pydantic import TypeAdapter

from contracts.event import Event
from contracts.names import as_kept

SAME: dict[str, Any] = json.loads(files("contracts").joinpath("entry.json").read_text(encoding="utf-8"))
PLACE = "#/components/schemas/{model}"
DUE = "Due"

Document: TypeAlias = dict[str, Any]
Asked: TypeAlias = tuple[str, Literal["validation"], TypeAdapter[Any]]


class Written(Protocol):
    """A module that says what one service writes."""

    TOPIC: str
    EVENTS: tuple[Any, ...]


class Described(Protocol):
    """What is asked of a service: `events` and `commands` by name, what each decider hears."""

    @property
    def name(self) -> str: ...
    @property
    def writes(self) -> Written: ...
    @property
    def hears(self) -> Mapping[str, Written]: ...
    @property
    def deciders(self) -> Mapping[str, Any]: ...
    @property
    def events(self) -> Mapping[str, Any]: ...
    @property
    def commands(self) -> Mapping[str, TypeAdapter[Any]]: ...


def page(service: Callable[[], Described]) -> Callable[[], Document]:
    """The page that shows it; the service is asked for when the page is."""

    @cache
    def described() -> Document:
        return document(service())

    def asyncapi() -> Document:
        """What is written to Kafka and heard from it here, in AsyncAPI 3.0"""
        return described()

    return asyncapi


def document(service: Described) -> Document:
    """The whole description. `send` is what this service alone writes, `receive` what it heeds of the others."""
    heard = {name: _heard(service, upstream) for name, upstream in service.hears.items()}
    inputs = (*service.commands, DUE)
    messages = {name: _message(service.name, name, "event", event) for name, event in service.events.items()}
    messages |= {name: _message(service.name, name, "input") for name in inputs}
    channels = {service.name: _channel(service.writes.TOPIC, messages)}
    operations = {"write": {"action": "send", **_uses(service.name, messages)}}
    for name, events in heard.items():
        messages |= {type_: _message(name, type_, "event", event) for type_, event in events.items()}
        channels[name] = _channel(service.hears[name].TOPIC, events)
        group = {"groupId": {"type": "string", "const": f"serhet-{service.name}"}, "bindingVersion": "0.5.0"}
        operations[f"hear-{name}"] = {"action": "receive", **_uses(name, events), "bindings": {"kafka": group}}
    known = {**service.events, **{type_: event for events in heard.values() for type_, event in events.items()}}
    return {
        "asyncapi": "3.0.0",
        "id": f"urn:serhet:{service.name}",
        "info": {"title": f"Serhet {service.name}", "version": "1", "description": SAME["description"]},
        "defaultContentType": SAME["message"]["contentType"],
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages, "schemas": SAME["schemas"] | _schemas(known, service.commands)},
    }


def _heard(service: Described, upstream: Written) -> dict[str, Any]:
    """The events of an upstream that some decider here heeds; readers pass over the others."""
    heeded = {event for decider in service.deciders.values() for event in decider.HEARS}
    return {event.__name__: event for event in upstream.EVENTS if event in heeded}


def _channel(topic: str, names: Iterable[str]) -> Document:
    messages = {name: {"$ref": f"#/components/messages/{name}"} for name in names}
    return {"address": topic, "messages": messages, "bindings": {"kafka": {"topic": topic, **SAME["topic"]}}}


def _uses(channel: str, names: Iterable[str]) -> Document:
    place = f"#/channels/{channel}"
    return {"channel": {"$ref": place}, "messages": [{"$ref": f"{place}/messages/{name}"} for name in names]}


def _message(writer: str, name: str, kind: str, event: Any = None) -> Document:
    """An entry of this type; an event of the contract brings its example, in the envelope."""
    told = {"type": {"const": name}, "source": {"const": f"/services/{writer}"}, "data": {"$ref": _place(name)}}
    payload = {"allOf": [{"$ref": _place("Entry")}, {"type": "object", "properties": told}]}
    summary = (event.__doc__ or name).strip().splitlines()[0] if event else f"The {kind} {name}."
    said = {"name": name, "title": name, "summary": summary, **SAME["message"], "payload": payload, "x-kind": kind}
    example = files("contracts").joinpath("examples", f"{name}.json")
    if example.is_file():
        said["examples"] = [_example(writer, event, json.loads(example.read_text(encoding="utf-8")))]
    return said


def _example(writer: str, event: Any, data: Document) -> Document:
    """The whole record: its headers, and its value with this event in it.

    It is on a consignment's stream, if it names one, else on that which is the first field of its own.
    """
    own = [name for name in event.model_fields if name not in Event.model_fields and data.get(name)]
    kind = "consignment" if "consignment" in own else own[0]
    words = {"{writer}": writer, "{type}": data["type"], "{stream}": f"{kind}/{data[kind]}"}
    envelope = {name: _filled(text, words) for name, text in SAME["example"]["payload"].items()}
    return {"name": data["type"], "headers": SAME["example"]["headers"], "payload": {**envelope, "data": data}}


def _filled(text: str, words: Mapping[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def _place(name: str) -> str:
    return PLACE.format(model=name)


def _schemas(events: Mapping[str, Any], commands: Mapping[str, TypeAdapter[Any]]) -> Document:
    """The schema of everything that `data` can be, and of what that is made of, by name."""
    adapters = {name: TypeAdapter(event) for name, event in events.items()} | dict(commands)
    asked: list[Asked] = [(name, "validation", adapter) for name, adapter in adapters.items()]
    drawn = TypeAdapter.json_schemas(asked, ref_template=PLACE)[1]["$defs"]
    said = {name: as_written(shape) if name in events else as_kept(shape) for name, shape in drawn.items()}
    return {name: _in_draft_7(shape) for name, shape in said.items()}


def as_written(drawn: Document) -> Document:
    """An event's schema with what is always written, though a model fills it in."""
    always = [name for name in ("type", "article") if name in drawn["properties"]]
    return {**drawn, "required": [*always, *(name for name in drawn.get("required", ()) if name not in always)]}


def _in_draft_7(drawn: Any) -> Any:
    """The same in the words of draft 7, in which `items` is what `prefixItems` is now."""
    if isinstance(drawn, dict):
        return {"items" if name == "prefixItems" else name: _in_draft_7(part) for name, part in drawn.items()}
    return [_in_draft_7(part) for part in drawn] if isinstance(drawn, list) else drawn
