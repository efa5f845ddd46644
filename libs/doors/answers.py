"""What a command is answered that is recorded: its outcome, what it led to, what was found, and where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from entries.entry import Entry

FINDS = b'"findings":[{'
TAKES_BACK = "Withdrawn"
"""How the types of events end that say of findings that they do not hold."""


def told(cause: Entry, led_to: Sequence[Entry], events: Mapping[str, Any]) -> bytes:
    """The answer as JSON, made from entries alone: the first and every later one to the same key are the same bytes.

    `events` are the service's event types by name. Of several outcomes the first that is not `recorded` is told.
    """
    outcomes = [events[entry.type].outcome for entry in led_to]
    deviating = [outcome for outcome in outcomes if outcome != "recorded"]
    return orjson.dumps(
        {
            "outcome": deviating[0] if deviating else "recorded" if led_to else "nothing new",
            "findings": list(_found(led_to)),
            "events": [{"id": each.id, "type": each.type, "data": orjson.Fragment(each.data)} for each in led_to],
            "receipt": {"id": cause.id, "position": cause.position, "chain": cause.chain.hex()},
        }
    )


def _found(led_to: Sequence[Entry]) -> Iterator[Any]:
    """Each once, in the order in which they came."""
    seen: list[Any] = []
    for entry in led_to:
        if FINDS in entry.value and not entry.type.endswith(TAKES_BACK):
            seen += [each for each in orjson.loads(entry.data)["findings"] if each not in seen]
    yield from seen
