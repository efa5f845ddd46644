"""Documents: one JSON object, read strictly, and bounded in size, depth and number before anything is made of it."""

import json
import re
from collections import Counter
from typing import Any

DOCUMENT_BYTES_MAX = 4 * 1024 * 1024
"""What a broker surely takes, with all that is put around it."""
VALUES_MAX = 200_000
NAMES_MAX = 1000
"""What one document may hold of values, and one object of names: each wrong one is an error of its own."""
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class NoDocument(Exception):  # noqa: N818 - what the sender sent, not what went wrong here
    """What was sent cannot be read; `status` is of HTTP, `what` says why."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status, self.what = status, what


def read_object(text: bytes) -> dict[str, Any]:
    """A JSON object, strictly: no duplicate names, no NUL, no NaN. Raises NoDocument."""
    if len(text) > DOCUMENT_BYTES_MAX:
        raise NoDocument(413, f"send at most {DOCUMENT_BYTES_MAX} bytes as one command")
    if text.count(b",") > VALUES_MAX:
        raise NoDocument(413, f"send at most {VALUES_MAX} values as one command")
    if NUL.search(text):
        raise NoDocument(422, "holds the character NUL; leave it out")
    try:
        read = json.loads(text.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise NoDocument(400, f"is no JSON document: {error}") from error
    if not isinstance(read, dict):
        raise NoDocument(400, "is no JSON object; send one object per command")
    return read


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(pairs) > NAMES_MAX:
        raise ValueError(f"one object holds more than {NAMES_MAX} names")
    if len(read) != len(pairs):
        ((name, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"the name {name[:200]!r} stands twice in one object")
    return read


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
