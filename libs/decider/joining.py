"""How a stream becomes one with another of its kind, and stays that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Joining:
    """What a stream that was joined into another still does, which is little.

    `into`: (its part) -> the id of the stream that it was joined into, or None. `reads` are contents at which an input
    says what its stream holds. Once joined, it decides only on what it `answers`; other commands that it is told it
    `passes_on`: (Input[object], parts ...) -> events. What it hears is folded, nothing follows from it, and nothing is
    open or due there.
    """

    into: Callable[..., str | None]
    reads: tuple[type, ...]
    answers: tuple[type, ...]
    passes_on: Callable[..., Sequence[Any]]
