"""What is too much to be kept in a state, as far as it takes to tell whether another is the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """Of several values in their order."""

    sha256: str


def digest(several: Iterable[Any]) -> Digest:
    """Over the JSON of each, without what is not stated, so that a field that is added changes nothing."""
    found = sha256()
    for each in several:
        of: Any = type(each)
        found.update(_written(of)(each, exclude_defaults=True) + b"\n")
    return Digest(sha256=found.hexdigest())


@cache
def _written(of: Any) -> Callable[..., bytes]:
    """What makes JSON of a value of this type."""
    return TypeAdapter(of).serializer.to_json
