"""What a sample says, value by value: each with the path at which it stands, without the numbers of its places."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

QUALIFIED = {"NAD", "LOC", "DTM", "RFF", "MEA", "EQD", "FTX", "CNT", "TDT", "STS", "CST"}
"""Segments whose first value says what they are of."""


class Leaf(NamedTuple):
    """A value, and where it stands: names from the outside in, with slashes between."""

    path: str
    value: str


def leaves(sample: Path) -> list[Leaf]:
    """Each value of a sample that is not empty."""
    text = sample.read_text(encoding="utf-8-sig")
    match sample.suffix:
        case ".xml":
            found = _of_xml(ElementTree.fromstring(text), "")  # noqa: S314 - our own files.
        case ".json" | ".jsonld":
            found = _of_json(json.loads(text), "")
        case ".edi":
            found = _of_edifact(text)
        case _:
            found = _of_csv(text)
    return [leaf for leaf in found if leaf.value.strip()]


def _of_xml(element: ElementTree.Element, path: str) -> Iterator[Leaf]:
    for name, value in element.attrib.items():
        yield Leaf(f"{path}/@{_local(name)}".lstrip("/"), value)
    yield Leaf(path, element.text or "")
    for child in element:
        yield from _of_xml(child, f"{path}/{_local(child.tag)}".lstrip("/"))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _of_json(value: Any, path: str) -> Iterator[Leaf]:
    match value:
        case dict():
            for name, part in value.items():
                yield from _of_json(part, f"{path}/{name}".lstrip("/"))
        case list():
            for part in value:
                yield from _of_json(part, path)
        case bool():
            yield Leaf(path, str(value).lower())
        case _:
            yield Leaf(path, str(value))


def _of_edifact(text: str) -> Iterator[Leaf]:
    """By tag and qualifier, then the numbers of element and component; the first line says which signs part them."""
    for line in _split(text[9:], "'"):
        tag, *elements = _split(line.strip(), "+")
        place_of_it = 1 if tag == "MEA" else 0
        qualifier = _split(elements[place_of_it], ":")[0] if tag in QUALIFIED else ""
        for number, element in enumerate(elements, 1):
            for place, value in enumerate(_split(element, ":"), 1):
                if not (qualifier and (number, place) == (place_of_it + 1, 1)):
                    yield Leaf(f"{tag}{'+' if qualifier else ''}{qualifier}/{number}/{place}", _plain(value))


def _split(text: str, sign: str) -> list[str]:
    """Where the sign is not released by a question mark."""
    return re.split(rf"(?<!\?){re.escape(sign)}", text)


def _plain(text: str) -> str:
    return re.sub(r"\?(.)", r"\1", text)


def _of_csv(text: str) -> Iterator[Leaf]:
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    for row in csv.DictReader(text.splitlines(), delimiter=delimiter):
        for name, value in row.items():
            yield Leaf(name, value)
