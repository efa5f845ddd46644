"""Entries as they come to stand in the journal: position, chain and `seen` are set here, and nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from chassis.service import Service
from chassis.write.effects import Effect, LoadedStream, TooLarge
from chassis.write.inputs import Causation, CommandEnvelope, ConsumerPosition, InternalCommand, PartitionHead
from chassis.write.internal_commands import internal_commands_of
from entries.entry import GROUP_BYTES, Entry, Said, entry_id, weight, write_seen, write_time


@dataclass(kw_only=True, slots=True)
class EntryWriter:
    """The ends of the locked partitions, the consumer positions there, and the entries appended so far."""

    service: Service
    now: datetime
    heads: dict[int, PartitionHead] = field(default_factory=dict)
    consumed: dict[tuple[str, int], ConsumerPosition] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    internal_commands: list[InternalCommand] = field(default_factory=list)
    numbers: set[tuple[str, str, int]] = field(default_factory=set)
    """By which number which stream is found, and its partition; some of it may be known already."""

    def next_id(self, partition: int) -> str:
        return entry_id(self.service.name, partition, self.heads[partition].position + 1)

    def recorded(self, partition: int) -> datetime:
        """The database's clock, but never before the partition's last entry: so recorded is order.

        The law goes by `now` itself: behind a leap ahead, what is recorded stays ahead of it for a while.
        """
        return max(self.now, self.heads[partition].recorded)

    def applied(self, partition: int) -> dict[str, int]:
        """Per upstream, the position on this partition up to which it was applied."""
        return {name: self.consumed[name, partition].position for name in self.service.hears}

    def append(
        self, kind: str, loaded: LoadedStream, type_: str, data: bytes, alike: Said, *,
        occurred: datetime, causationid: str | None, **marks: str | None,
    ) -> Entry:  # fmt: skip
        """Makes this the next entry of its stream and of its partition; `alike` is what all of its group say.

        `marks` are an input's own attributes.
        """
        loaded.sequence += 1
        said = {  # In the order of `docs/entry.md`.
            "id": self.next_id(loaded.partition), "source": f"/services/{self.service.name}", "type": type_,
            "time": write_time(occurred), "subject": loaded.stream, "datacontenttype": "application/json",
            "recordedtime": alike["recordedtime"], "partitionkey": loaded.stream,
            "sequence": f"{loaded.sequence:010}", "causationid": causationid, **alike, **marks,
        }  # fmt: skip
        entry = Entry.behind(self.heads[loaded.partition], loaded.partition, kind, said, data)
        self.heads[loaded.partition] = PartitionHead(entry.position, entry.chain, entry.recorded)
        self.entries.append(entry)
        return entry

    def _alike(self, partition: int, cause: Causation) -> Said:
        """What all that follows from one input says: by then the same was seen, under the same law."""
        seen = write_seen({name: at for name, at in self.applied(partition).items() if at})
        return {
            "recordedtime": write_time(cause.recorded), "correlationid": cause.correlationid, **cause.actor._asdict(),
            "traceparent": cause.traceparent, "seen": seen, "rulebook": self.service.version,
        }  # fmt: skip

    def append_group(
        self, loaded: LoadedStream, effects: Sequence[Effect], cause: Causation, command: CommandEnvelope | None = None
    ) -> None:
        """Appends the input, where it is an own one, and what it led to: that is published as one.

        Here, and nowhere else, it is weighed. Raises TooLarge; then, and whatever else fails, nothing of it stays.
        """
        head, sequence = self.heads[loaded.partition], loaded.sequence
        first, before = len(self.entries), len(self.internal_commands)
        alike = self._alike(loaded.partition, cause) if command or effects else {}
        try:
            if command:
                self.append(
                    "input", loaded, command.type, command.data, alike, occurred=cause.occurred,
                    causationid=command.causationid, idempotencykey=command.key, client=command.client,
                    requesthash=command.requesthash, statedtimes=command.statedtimes,
                )  # fmt: skip
            for type_, data, stated, tells, _ in effects:
                occurred = stated or cause.occurred
                entry = self.append("event", loaded, type_, data, alike, occurred=occurred, causationid=cause.id)
                self.internal_commands += internal_commands_of(entry, tells)
            if (weighs := sum(weight(entry.stream, entry.value) for entry in self.entries[first:])) > GROUP_BYTES:
                raise TooLarge(f"with what follows from it, it weighs {weighs:,} bytes of {GROUP_BYTES:,}")
        except Exception:
            self.heads[loaded.partition], loaded.sequence = head, sequence
            del self.entries[first:], self.internal_commands[before:]
            raise
        numbers = chain.from_iterable(effect.numbers for effect in effects)
        self.find(loaded, chain(numbers, self.service.numbers(command.content) if command else ()))

    def find(self, loaded: LoadedStream, numbers: Iterable[str]) -> None:
        """By these the stream is found."""
        self.numbers.update((number, loaded.stream, loaded.partition) for number in numbers)
