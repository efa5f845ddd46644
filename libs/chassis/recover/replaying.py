"""Replay: takes entries back into a batch. It folds, reacts and remembers keys; it decides nothing.

Catching up, a new shape of states and the audit all go through here, so that there is one way from entries to states.
"""

from collections import deque
from collections.abc import Mapping

from chassis.write.batch import Batch
from chassis.write.effects import LoadedStream, after_deadline, tells
from chassis.write.inputs import INTERNAL, UNHEARD, ConsumerPosition, PartitionHead, Receipt, UpstreamEvent
from chassis.write.internal_commands import DUE, internal_commands_of
from chassis.write.parking import CaseOpened, Discarded, Parked, Redriven, understand
from decider import Due
from entries.entry import START, Entry, Line, Said, link, read_document, read_seen


class Disagreement(Exception):  # noqa: N818 - what was found, not what went wrong here
    """Two things that must be equal are not. The message names the place."""


class NotThere(Exception):  # noqa: N818 - a state of the world, named as one
    """An entry names as seen what its upstream's log does not hold (yet)."""


class Replay:
    """Takes back one partition's entries, in order. `heard` holds, per upstream, records that may be needed, in order.

    Raises Disagreement on what no replay can make sense of, and NotThere where an upstream's records do not reach.
    """

    def __init__(self, batch: Batch, partition: int, heard: Mapping[str, deque[UpstreamEvent]]) -> None:
        self.batch = batch
        self._partition = partition
        self._heard = heard
        self._open: dict[str, tuple[str, str]] = {}
        """The input whose events may follow: its id, and its client and key."""
        self._aside: UpstreamEvent | None = None
        heads, consumed = batch.writer.heads, batch.writer.consumed
        heads.setdefault(partition, PartitionHead(0, START, batch.writer.now))
        for upstream in batch.service.hears:
            consumed.setdefault((upstream, partition), UNHEARD)

    @property
    def position(self) -> int:
        """How far the own log was taken back."""
        return self.batch.writer.heads[self._partition].position

    def own(self, line: Line) -> Entry:
        """Takes back the next entry of the own log."""
        service, head = self.batch.service, self.batch.writer.heads[self._partition]
        where = f"{service.name}/{self._partition} at position {line.position} ({line.stream})"
        if line.position != head.position + 1 or link(head.chain, line.value) != line.chain:
            raise Disagreement(f"{where}: the chain breaks")
        try:
            return self._take(line, read_document(line.value))
        except (ValueError, KeyError, TypeError) as error:
            what = f"{where} cannot be read by this version: {error!r}"
            raise Disagreement(f"{what} (docs/operating.md, What this version cannot read)") from error

    def _take(self, line: Line, read: Said) -> Entry:
        parked = Parked.model_validate(read["data"]) if line.kind == "event" and read["type"] == "Parked" else None
        for upstream, position in read_seen(read.get("seen", "")):
            self.upto(upstream, position, parked.record if parked else None)
        loaded = self._loaded(line.stream)
        loaded.sequence += 1
        loaded.changed = True
        entry = Entry.of(self._partition, line, read)
        self.batch.writer.heads[self._partition] = PartitionHead(line.position, line.chain, entry.recorded)
        if entry.kind == "input":
            self._take_input(loaded, entry)
        else:
            self._take_event(loaded, entry)
        return entry

    def _loaded(self, stream: str) -> LoadedStream:
        """The stream's state. Raises ValueError where this version cannot read it, or keeps no such streams."""
        if self.batch.service.kind_of(stream) is None:
            raise ValueError(f"{self.batch.service.name} keeps no stream such as {stream}")
        loaded = self.batch.loaded(stream, self._partition)
        if loaded.unread:
            raise ValueError(f"{stream}: {loaded.unread}")
        return loaded

    def upto(self, upstream: str, position: int, aside: str | None = None) -> None:
        """Folds an upstream's records up to a position; the one that is to be put `aside` is parked by what follows."""
        name, waiting = (upstream, self._partition), self._heard[upstream]
        consumed = self.batch.writer.consumed
        while waiting and consumed[name].position < position:
            heard = waiting.popleft()
            if heard.position > consumed[name].position:
                self._fold(heard, aside)
                consumed[name] = ConsumerPosition(heard.position, heard.chain, heard.offset_next)
                self.batch.moved_positions.add(name)
        if consumed[name].position < position:
            end = consumed[name].position
            raise NotThere(f"{upstream}/{self._partition} is wanted up to {position} and ends at {end}")

    def _fold(self, heard: UpstreamEvent, aside: str | None) -> None:
        if heard.id == aside:
            self._aside = heard
        elif heard.stream:
            if heard.trouble:
                raise Disagreement(f"{heard.id} cannot be read, and was not parked: {heard.trouble}")
            loaded = self._loaded(heard.stream)
            folded = loaded.kind.evolve(loaded.state, heard.content, heard.recorded)
            loaded.changed = loaded.changed or folded != loaded.state
            loaded.state = folded

    def _take_input(self, loaded: LoadedStream, entry: Entry) -> None:
        client, key = name = (entry.said["client"], entry.said["idempotencykey"])
        self._open = {entry.id: name}
        self.batch.new_receipts[name] = Receipt(entry.said["requesthash"], self._partition, entry.position, 1)
        self.batch.writer.find(loaded, self.batch.service.numbers(entry.said["data"]))
        if client == INTERNAL:
            self.batch.settled.append((self._partition, key))
        if entry.type == Due.__name__:
            loaded.state = after_deadline(
                loaded.kind, loaded.state, DUE.validate_python(entry.said["data"]), entry.recorded
            )

    def _take_event(self, loaded: LoadedStream, entry: Entry) -> None:
        if name := self._open.get(entry.said["causationid"]):
            receipt = self.batch.new_receipts[name]
            self.batch.new_receipts[name] = receipt._replace(size=receipt.size + 1)
        said = self.batch.service.events[entry.type].model_validate(entry.said["data"], extra="forbid")
        match said:
            case Parked():
                self._record_parked(loaded, entry, said)
            case Redriven(records=records):
                for one in self.batch.unpark(loaded, records):
                    if (understood := understand(one.value, self.batch.service.kind_of)) is None:
                        raise ValueError(f"{one.record} was taken, and is nothing that this version takes")
                    loaded.state = loaded.kind.evolve(loaded.state, understood.content, understood.recorded)
            case Discarded(records=records):
                self.batch.unpark(loaded, records)
            case CaseOpened():
                return
            case _:
                loaded.state = loaded.kind.evolve(loaded.state, said, entry.recorded)
                self.batch.writer.find(loaded, self.batch.service.numbers(said))
                self.batch.writer.internal_commands += internal_commands_of(
                    entry, tells(self.batch.service, loaded.kind, said)
                )

    def _record_parked(self, loaded: LoadedStream, entry: Entry, parked: Parked) -> None:
        if self._aside is None or self._aside.id != parked.record:
            raise Disagreement(f"{entry.id} parks {parked.record}, which is not what was heard last")
        if not self._aside.stream:
            raise ValueError(f"{parked.record}, which it parks, is nothing that this version takes")
        self.batch.park(loaded, entry, self._aside, parked.cause)
