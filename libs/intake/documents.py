"""Documents: one JSON object, read strictly, and bounded in size, depth and number before anything is made of it."""

import json
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from intake.turns import LARGE_BYTES

DOCUMENT_BYTES_MAX = 4 * 1024 * 1024
"""What a broker surely takes, with all that is put around it."""
VALUES_MAX = 100_000
NAMES_MAX = 1000
"""What one document may hold of values, and one object of names: each wrong one is an error of its own."""
NUL, BACKSLASH = rb"\u0000", rb"\\"
"""As they are written in JSON; behind a backslash that is written so, `u0000` is plain text."""


class NoDocument(Exception):  # noqa: N818 - what the sender sent, not what went wrong here
    """What was sent cannot be read; `status` is of HTTP, `what` says why."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status, self.what = status, what


def read_object(text: bytes) -> dict[str, Any]:
    """A JSON object, strictly: no duplicate names, no NUL, no NaN. Passes over a byte order mark. Raises NoDocument."""
    if len(text) > DOCUMENT_BYTES_MAX:
        raise NoDocument(413, f"send at most {DOCUMENT_BYTES_MAX} bytes as one command")
    if text.count(b",") > VALUES_MAX:
        raise NoDocument(413, f"send at most {VALUES_MAX} values as one command")
    if NUL in text and NUL in text.replace(BACKSLASH, b"  "):
        raise NoDocument(422, "holds the character NUL; leave it out")
    try:
        read = _DECODER.decode(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NoDocument(400, f"is no JSON document: {error}") from error
    if not isinstance(read, dict):
        raise NoDocument(400, "is no JSON object; send one object per command")
    return read


def portions(body: bytes) -> Iterator[list[bytes]]:
    """The documents of a body, one a line, in portions that are read and decided as one; a large one stands alone.

    Blank lines hold nothing. Of the whole body there is never a second copy.
    """
    portion: list[bytes] = []
    size = 0
    for line in filter(None, map(bytes.strip, BytesIO(body))):
        if portion and size + len(line) > LARGE_BYTES:
            yield portion
            portion, size = [], 0
        portion.append(line)
        size += len(line)
    if portion:
        yield portion


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(pairs) > NAMES_MAX:
        raise ValueError(f"one object holds more than {NAMES_MAX} names")
    if len(read) != len(pairs):
        ((name, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"the name {name[:200]!r} stands twice in one object")
    return read


def _number(text: str) -> float | int:
    """For JSON, 1.0 is a whole number."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant, parse_float=_number)
