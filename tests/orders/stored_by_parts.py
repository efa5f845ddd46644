"""A state is stored by the parts that became others. Here, beside it, all of it is written at once."""

from collections.abc import Iterator
from typing import Any

import pytest

from entries.states import Kept, States


@pytest.fixture(autouse=True)
def states_are_written_as_a_whole_too(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails where that gives other bytes. Said at the end, since whatever a batch raises opens a case."""
    changed = States.changed
    others: list[bytes] = []

    def compared(self: States, before: Kept, state: Any) -> bytes:
        stored = changed(self, before, state)
        if stored != self.dump(state) or self.load(stored).state != state:
            others.append(stored)
        return stored

    monkeypatch.setattr(States, "changed", compared)
    yield
    assert others == [], "a part that became another one is written as it was"
