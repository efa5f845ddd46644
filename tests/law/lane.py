"""The deciders together, without Kafka or Postgres: what one writes is what the next one hears."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from chassis.service import find_services
from decider import Aggregate, Due, Input, OpenPoint, Subject
from decider.tests.kit import NOON, SOMEBODY, due, folded


def _by_kind() -> dict[str, tuple[Aggregate[Any], ...]]:
    """Of each kind of stream those who decide it, along the way."""
    found = defaultdict[str, list[Aggregate[Any]]](list)
    for service in find_services().values():
        for kind, decider in service.deciders.items():
            assert isinstance(decider, Aggregate)
            found[kind].append(decider)
    return {kind: tuple(several) for kind, several in found.items()}


DECIDERS = _by_kind()


class Lane:
    """Every decider with its states; what is recorded is heard at once by all that stand behind."""

    def __init__(self, subject: Subject = SOMEBODY) -> None:
        self.states: dict[tuple[str, Aggregate[Any]], Any] = {}
        self.recorded: dict[str, list[Any]] = defaultdict(list)
        self.subject = subject
        self.log: list[Any] = []

    def say(self, content: Any, occurred: datetime, recorded: datetime) -> None:
        """A command, to the decider that knows it, of the stream that it speaks of."""
        found = ((kind, each) for kind, several in DECIDERS.items() for each in several)
        kind, decider = next((kind, each) for kind, each in found if type(content) in each.commands)
        self.tell(decider, f"{kind}/{getattr(content, kind)}", content, occurred, recorded)

    def tell(
        self,
        decider: Aggregate[Any],
        stream: str,
        content: Any,
        occurred: datetime = NOON,
        recorded: datetime | None = None,
    ) -> None:
        given = Input(
            stream=stream, content=content, occurred=occurred, recorded=recorded or occurred, subject=self.subject
        )
        state = self.states.get((stream, decider), decider.INITIAL)
        if isinstance(content, decider.HEARS):
            state = folded(decider, state, content, recorded=given.recorded)
        self.states[stream, decider], events = decider.outcome(given, state)
        self.recorded[stream] += events
        self.log += events
        for event in events:
            self._spread(given, event, decider)

    def _spread(self, given: Input[Any], event: Any, author: Aggregate[Any]) -> None:
        when = event.occurred or given.occurred, given.recorded
        for other in DECIDERS[given.stream.partition("/")[0]]:
            if isinstance(event, other.HEARS):
                self.tell(other, given.stream, event, *when)
        for target, command in getattr(author, "react", lambda event: [])(event):
            taking = (each for each in DECIDERS[target.partition("/")[0]] if type(command) in each.commands)
            self.tell(next(taking), target, command, *when)

    def wait(self, now: datetime) -> None:
        """Fires what is due before `now`, as it becomes due."""
        while pending := sorted(self._due_before(now), key=lambda each: each[:2]):
            instant, name, stream, decider = pending[0]
            self.tell(decider, stream, Due(name=name, instant=instant), instant, now)

    def _due_before(self, now: datetime) -> list[tuple[datetime, str, str, Aggregate[Any]]]:
        return [
            (instant, name, stream, decider)
            for (stream, decider), state in self.states.items()
            for instant, name in due(decider, state)
            if instant < now
        ]

    def types(self, stream: str) -> list[str]:
        return [event.type for event in self.recorded[stream]]

    def open(self, stream: str) -> list[str]:
        return [point.act for point in self.points(stream)]

    def points(self, stream: str) -> list[OpenPoint]:
        """What is open at every decider that has heard of the stream, along the way."""
        shown = [each for each in DECIDERS[stream.partition("/")[0]] if (stream, each) in self.states]
        return [point for each in shown for point in each.open_points(self.states[stream, each])]
