"""The work of one batch: what is to be decided in it, in which order, and for how long. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from chassis.write.batch import Batch
from chassis.write.inputs import Answer, CommandEnvelope, PassedDeadline, UpstreamEvent
from intake.turns import LARGE_BYTES, Spent

BATCH_SECONDS = 0.025
"""A batch ends after so long in deciding: in processor time, for waiting for it is no work done."""


@dataclass(slots=True)
class Work:
    """The inputs of one batch, and what came of them."""

    commands: Sequence[CommandEnvelope] = ()
    heard: Sequence[UpstreamEvent] = ()
    passed: Sequence[PassedDeadline] = ()
    answers: list[Answer] = field(default_factory=list)
    unfit: dict[int, str] = field(default_factory=dict)
    """Partitions on which an upstream's record did not fit, and how."""
    heard_count: int = 0
    """How many of `heard` were reached; of `commands`, as many as there are answers."""
    careful: bool = False
    """Whether it is seen at each input, and not only at the end, that the state can be stored: then it fails alone."""
    tried: list[Batch] = field(default_factory=list)
    """What was about to be committed, the last one surely so: of an earlier one it was not known."""

    def __len__(self) -> int:
        return len(self.commands) + len(self.heard) + len(self.passed)

    @property
    def inputs(self) -> list[CommandEnvelope | UpstreamEvent | PassedDeadline]:
        return [*self.heard, *self.passed, *self.commands]

    def partitions_and_streams(self) -> tuple[set[int], list[str]]:
        """Those that are concerned."""
        return {one.partition for one in self.inputs}, [one.stream for one in self.inputs if one.stream]

    @property
    def is_large(self) -> bool:
        """Whether something in it may take so long that the loop has to go on meanwhile."""
        sizes = (*(len(one.data) for one in self.commands), *(len(one.value) for one in self.heard))
        return any(size > LARGE_BYTES for size in sizes)

    def singles(self) -> "list[Work]":
        """Each input alone, with care."""
        of_topics = [Work(heard=[one], careful=True) for one in self.heard]
        deadlines = [Work(passed=[one], careful=True) for one in self.passed]
        return [*of_topics, *deadlines, *(Work(commands=[one], careful=True) for one in self.commands)]

    def decide(self, batch: Batch) -> None:
        """Decides in order until the time is up, then makes of states what will be stored. Raises what that raises."""
        self._decide(batch)
        batch.write()

    def _decide(self, batch: Batch) -> None:
        """Records first, but commands that wait get half of the time."""
        spent = Spent()
        for_records = BATCH_SECONDS / 2 if self.commands or self.passed else BATCH_SECONDS
        self.answers, self.unfit, self.heard_count = [], {}, 0
        for heard in takewhile(lambda one: one.stream not in batch.unread, self.heard):
            if heard.partition not in self.unfit and (verdict := batch.decide_event(heard)) in {"stale", "paused"}:
                self.unfit[heard.partition] = verdict
            self.heard_count += 1
            if spent.is_over(for_records):
                break
        for stream, partition in (one for one in self.passed if one.stream not in batch.unread):
            batch.fire(stream, partition)
        for command in takewhile(
            lambda one: batch.unread.isdisjoint([one.stream, (one.client, one.key)]), self.commands
        ):
            self.answers.append(batch.decide_command(command))
            if spent.is_over(BATCH_SECONDS):
                return


def still_awaited(command: CommandEnvelope) -> bool:
    """Whether somebody waits for the answer to what came by a door."""
    return command.answer is not None and not command.answer.cancelled()
