"""States with other fields: as the standard library makes them, whichever way they are kept."""

import dataclasses
from typing import Any

import pytest

from decider.replacing import replace


@dataclasses.dataclass(frozen=True, kw_only=True)
class Kept:
    """A state as deciders have them."""

    name: str
    parts: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Slotted:
    """The same, with slots."""

    name: str
    parts: tuple[int, ...] = ()


@pytest.mark.parametrize("kind", [Kept, Slotted])
def test_it_is_what_the_standard_library_gives(kind: Any) -> None:
    before = kind(name="a", parts=(1,))
    after = replace(before, parts=(1, 2))
    assert after == dataclasses.replace(before, parts=(1, 2)) == kind(name="a", parts=(1, 2))
    assert hash(after) == hash(kind(name="a", parts=(1, 2)))
    assert before == kind(name="a", parts=(1,))
    with pytest.raises(dataclasses.FrozenInstanceError):
        after.name = "b"
