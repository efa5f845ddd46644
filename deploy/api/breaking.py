"""What of a description breaks somebody who goes by an earlier one: what is gone, and schemas that differ.

Growing is free: new doors, events, and fields that may be left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from deploy.api.schemas import Pair, Role

READ, WRITTEN, BOTH = Role(reads=True), Role(writes=True), Role(reads=True, writes=True)
"""What a door is sent; what it answers; what stands on a topic, which others read, and this service itself later."""


def breaks(before: Mapping[str, Any], now: Mapping[str, Any] | None) -> list[str]:
    """In sentences, each with its place. None: the whole description is gone."""
    if now is None:
        return ["the service is gone"]
    pair = Pair(before, now)
    return list(_topics(pair) if "asyncapi" in before else _doors(pair))


def _doors(pair: Pair) -> Iterator[str]:
    for path, methods in pair.before["paths"].items():
        for method, door in methods.items():
            place, now = f"{method.upper()} {path}", pair.now["paths"].get(path, {}).get(method)
            if now is None:
                yield f"{place} is gone"
            else:
                yield from _door(pair, place, door, now)


def _door(pair: Pair, place: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if "requestBody" in before:
        yield from _contents(pair, place, before["requestBody"], now.get("requestBody", {}), READ)
    given = {(each["in"], each["name"]): each for each in before.get("parameters", ())}
    taken = {(each["in"], each["name"]): each for each in now.get("parameters", ())}
    yield from (f"{place}: the parameter {name} is gone" for _, name in sorted(given.keys() - taken.keys()))
    for key, parameter in taken.items():
        if parameter.get("required") and not given.get(key, {}).get("required"):
            yield f"{place}: the parameter {key[1]} must now be sent"
        if key in given:
            yield from pair.compare(given[key].get("schema"), parameter.get("schema"), READ, f"{place} ?{key[1]}")
    for status, answer in before.get("responses", {}).items():
        if status not in now.get("responses", {}):
            yield f"{place}: the answer {status} is gone"
        else:
            yield from _contents(pair, f"{place} {status}", answer, now["responses"][status], WRITTEN)


def _contents(pair: Pair, place: str, before: Mapping[str, Any], now: Mapping[str, Any], role: Role) -> Iterator[str]:
    for kind, content in before.get("content", {}).items():
        if kind not in now.get("content", {}):
            yield f"{place}: {kind} is gone"
        else:
            yield from pair.compare(content.get("schema"), now["content"][kind].get("schema"), role, place)


def _topics(pair: Pair) -> Iterator[str]:
    """Of what the service writes alone: whom it hears is its own affair."""
    channel = pair.before["operations"]["write"]["channel"]["$ref"].rpartition("/")[2]
    before, now = pair.before["channels"][channel], pair.now["channels"].get(channel)
    if now is None or now["address"] != before["address"]:
        yield f"the topic {before['address']} is gone"
        return
    partitions = [each["bindings"]["kafka"]["partitions"] for each in (before, now)]
    if partitions[0] != partitions[1]:
        yield f"{before['address']} has {partitions[1]} partitions, and had {partitions[0]}"
    for name in before["messages"]:
        if name not in now["messages"]:
            yield f"{name} is gone"
        else:
            yield from _message(pair, name)


def _message(pair: Pair, name: str) -> Iterator[str]:
    before, now = (document["components"]["messages"][name] for document in (pair.before, pair.now))
    if before["x-kind"] != now["x-kind"]:
        yield f"{name} is an {now['x-kind']}, and was an {before['x-kind']}"
    yield from pair.compare(before["headers"], now["headers"], WRITTEN, f"{name} headers")
    yield from pair.compare(before["payload"], now["payload"], BOTH, name)
