"""Bodies that are no commands, for any door: each with a name, its headers and its bytes."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from tests.hostile.found import Door

MANY = 100_000
DEEP = 100_000
LONG = "x" * 1_000_000
DIGITS = "9" * MANY
HOLE = "a place for what is no JSON"


class Case(NamedTuple):
    """One request: what is wrong with it, and what is sent."""

    what: str
    content: bytes
    headers: dict[str, str] = {}  # noqa: RUF012 - of a tuple


NOWHERE_FIT = {
    "NaN": "NaN",
    "Infinity": "Infinity",
    "-Infinity": "-Infinity",
    "1e1000000": "1e1000000",
    "-1e1000000": "-1e1000000",
    "a number of 4,000 digits": "9" * 4_000,
    "-1": "-1",
    "NUL": r'"a\u0000"',
    "half a surrogate pair": r'"\ud800"',
    "lists in lists, 500 deep": "[" * 500 + "]" * 500,
    "an unknown object": '{"\\udfff": {"a": [1]}}',
}
"""JSON, or nearly, that is the value of no field of any command."""
OF_ANOTHER_TYPE: dict[str, tuple[str, ...]] = {
    "boolean": ("1", "0", '"yes"', '"true"', "null"),
    "integer": ("true", '"1"', "1.5", "null"),
    "string": ("1", "true", "null", r'"a\u200bb"', r'"\u202eab"', r'"a\u2028b"'),
    "date-time": ('"1764579600"', "1764579600", '"2026-12-01"', '"2026-12-01 09:20:00"', '"2026-12-01T09:20:00"'),
    "date": ('"1764579600"', "1764579600", '"01.12.2026"', '"2026-12-1"', '"20261201"', '"2026-12-01T00:00:00Z"'),
    "array": ('"a"', "{}", "1"),
    "object": ("[]", '"a"', "1"),
}
"""By what a schema says of a value: JSON that looks like it."""
NOWHERE_FIT_AND_LARGE = {
    "a number of 100,000 digits": DIGITS,
    "a text of 100,000 digits": json.dumps(DIGITS),
    "a text of 1 MB": json.dumps(LONG),
    "lists in lists, 100,000 deep": "[" * DEEP + "]" * DEEP,
    "a list of 100,000 numbers": json.dumps([-1] * MANY),
    "a list of 100,000 objects": json.dumps([{"what": -1}] * MANY),
}
"""The same, which cost most of the time."""


def of_fields(door: Door, large: bool) -> Iterator[Case]:
    """A well-formed command but for one value, at every place where a value may stand; `large` ones too."""
    for way in door.fields():
        sent = json.dumps(door.at(way, HOLE))
        for what, text in (NOWHERE_FIT | (NOWHERE_FIT_AND_LARGE if large and len(way) == 1 else {})).items():
            yield Case(f"{'/'.join(map(str, way))} is {what}", sent.replace(json.dumps(HOLE), text).encode(), _keyed())
        for text in OF_ANOTHER_TYPE[door.type_of(way)]:
            if text != "null" or not door.may_be_null(way):
                yield Case(
                    f"{'/'.join(map(str, way))} is {text}", sent.replace(json.dumps(HOLE), text).encode(), _keyed()
                )
        if door.is_amount(way):
            for amount in ("1e1000000", "1" * 40, "-1.00", "1.234", "٣.٠٠", " 1.00", "NaN", "Infinity", "1_000"):
                yield Case(f"the amount is {amount}", json.dumps(door.at(way, amount)).encode(), _keyed())


def of_documents(door: Door, large: bool) -> Iterator[Case]:
    """What is wrong with the whole."""
    sent = json.dumps(door.example)
    name = next(iter(door.example))
    twice = json.dumps(name)
    whole = {
        "empty": b"",
        "blank": b" \n\t ",
        "cut off": sent[:-1].encode(),
        "goes on": sent.encode() + b"}",
        "two documents": sent.encode() * 2,
        "a list": f"[{sent}]".encode(),
        "a text": b'"text"',
        "null": b"null",
        "a name twice": f"{sent[:-1]}, {twice}: 1}}".encode(),
        "an inner name twice": f'{sent[:-1]}, "more": {{"a": 1, "a": 2}}}}'.encode(),
        "a name twice, written otherwise": f'{sent[:-1]}, "\\u{ord(name[0]):04x}{name[1:]}": 1}}'.encode(),
        "a name of half a surrogate pair, twice": b'{"\\ud800": 1, "\\ud800": 2}',
        "an unknown name": f'{sent[:-1]}, "__class__": "object"}}'.encode(),
        "an unknown name of half a surrogate pair": f'{sent[:-1]}, "\\udc00": 1}}'.encode(),
        "an empty name": f'{sent[:-1]}, "": 1}}'.encode(),
        "UTF-16": sent.encode("utf-16"),
        "UTF-32": sent.encode("utf-32"),
        "not UTF-8": sent.encode()[:-1] + b', "a": "\xff\xfe"}',
        "an overlong NUL": sent.encode()[:-1] + b', "a": "\xc0\x80"}',
        "zeros": bytes(10_000),
        "comments": sent.encode() + b" // yes",
        "single quotes": sent.replace('"', "'").encode(),
    }
    for what, content in (whole | (_large(sent) if large else {})).items():
        yield Case(what, content, _keyed())


def _large(sent: str) -> dict[str, bytes]:
    return {
        "an unknown name of 1 MB": f'{sent[:-1]}, "{LONG}": 1}}'.encode(),
        "very many unknown names": json.dumps({f"n{number}": number for number in range(MANY)}).encode(),
        "objects in objects, 100,000 deep": b'{"a":' * DEEP,
        "lists beside lists": b'{"a": [' + b"[]," * MANY * 4 + b"[]]}",
        "5 MiB": b'{"a": "' + b"x" * 5 * 2**20 + b'"}',
        "17 MiB": b'{"a": "' + b"x" * 17 * 2**20 + b'"}',
    }


def of_envelopes(door: Door, large: bool) -> Iterator[Case]:
    """A well-formed command with a time or a key that it cannot have, or under headers that do not fit it."""
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    times: tuple[Any, ...] = (
        tomorrow, "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "1999-12-31T23:59:59Z", "2026-03-02T08:00:00",
        "yesterday", "", "2026-02-30T00:00:00Z", 0, -1, 10**30, [], {}, True, LONG[: 10**6 if large else 1000],
        "2026-03-02T08:00:00+99:99", "T", "2026-W10-1T00:00:00Z",
    )  # fmt: skip
    for moment in times:
        if not door.path.endswith(("/redrives", "/discards")) or moment != tomorrow:
            yield Case(f"occurred {str(moment)[:40]!r}", _text(door, occurred=moment), _keyed())
    for key in ("", "ä", "a" * 201, "a\n", LONG[: 10**6 if large else 1000], 7, ["k"], {"k": 1}, True, "\ud800", None):
        yield Case(f"key {str(key)[:40]!r}", _text(door, idempotency_key=key))
    for kind in ("text/plain", "application/xml", "multipart/form-data; boundary=x", "application/jsonx", "", ";", "ä"):
        yield Case(f"content type {kind!r}", _text(door), {**_keyed(), "content-type": kind})
    for coding in ("gzip", "br", "deflate", "gzip, gzip"):
        packed = gzip.compress(_text(door))
        yield Case(f"content encoding {coding}", packed, {**_keyed(), "content-encoding": coding})
    yield Case("compressed and not said so", gzip.compress(_text(door)), _keyed())


def of_lines(door: Door, large: bool) -> Iterator[Case]:
    """Many commands, none of which is one."""
    kind = {"content-type": "application/x-ndjson"}
    keyless = _text(door)
    bad = [b"{", b"[]", b"\xff", b"{}", keyless, b'{"idempotency_key": "k"}', b"[" * DEEP, b'"\\ud800"']
    yield Case("bad lines of every kind", b"\n\n".join(bad), kind)
    yield Case("bad lines with carriage returns", b"\r\n".join(bad), kind)
    yield Case("20,001 lines", b"{}\n" * 20_001, kind)
    yield Case("very many bad lines", b"{}\n" * (20_000 if large else 100), kind)


def _text(door: Door, **more: Any) -> bytes:
    return json.dumps({**door.example, **more}).encode()


def _keyed() -> dict[str, str]:
    return {"idempotency-key": str(uuid4())}
