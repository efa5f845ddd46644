"""What follows is asked where its parts have changed. Here, beside it, everything is asked at every input."""

from collections.abc import Iterator
from typing import Any

import pytest

from decider import Aggregate, Input


@pytest.fixture(autouse=True)
def everything_is_asked_too(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails where that gives another state or other events than what was asked: decisions of the test are made twice.

    Said at the end, since whatever a decider raises opens a case.
    """
    led_to = Aggregate._led_to
    others: list[str] = []

    def compared(self: Aggregate[Any], given: Input[Any], state: Any, completes: Any, before: Any = None) -> Any:
        found = led_to(self, given, state, completes, before)
        if before is not None and led_to(self, given, state, completes) != found:
            others.append(f"{given.stream}: {type(given.content).__name__}")
        return found

    monkeypatch.setattr(Aggregate, "_led_to", compared)
    yield
    assert others == [], "a function that says what follows hangs on more than the parts that it names"
