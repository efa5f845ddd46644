"""One batch in memory: from what a transaction has read to what it will write. No I/O, so it is tested by itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from chassis import log
from chassis.service import Service
from chassis.write import parking
from chassis.write.answering import answer, as_answer, cannot_see, no_such
from chassis.write.effects import Effect, LoadedStream, TooLarge, after_deadline, bounded, decided, own_effect, stored
from chassis.write.entry_writer import EntryWriter
from chassis.write.held import held_by, itself
from chassis.write.inputs import (
    INTERNAL,
    Answer,
    Causation,
    CommandEnvelope,
    ConsumerPosition,
    ParkedRecord,
    Receipt,
    UpstreamEvent,
    reached,
)
from chassis.write.internal_commands import fired
from decider import Held
from decider.instants import EARLIEST
from doors.problems import problem
from entries.entry import Entry
from telemetry import Traced

Verdict = Literal["applied", "dropped", "stale", "paused"]


class Batch:
    """Decides inputs one by one. One that raises leaves no trace but its own case.

    `sight` says per partition up to when everything that upstreams had recorded is known; None where there are none.
    """

    def __init__(
        self, service: Service, now: datetime, known_until: Mapping[int, datetime] | None = None,
        breaker: parking.Breaker | None = None, traced: Traced | None = None, careful: bool = False,
    ) -> None:  # fmt: skip
        self.service = service
        self.writer = EntryWriter(service=service, now=now)
        self.known_until = known_until if service.hears else None
        self.breaker = breaker or parking.Breaker()
        self.traced = traced or Traced()
        self.careful = careful
        self.states: dict[str, LoadedStream] = {}
        self.unread: set[Any] = set()
        """Streams, and keys, of which there was no more room to read: their inputs are for a later batch."""
        self.remembered: dict[tuple[str, str], list[Entry]] = {}
        """What keys were answered by: an input, and the events behind it."""
        self.new_receipts: dict[tuple[str, str], Receipt] = {}
        self.moved_positions: set[tuple[str, int]] = set()
        self.settled: list[tuple[int, str]] = []
        """What comes off the agenda: (partition, key)."""
        self.newly_parked: list[ParkedRecord] = []
        self.unparked: list[ParkedRecord] = []

    def decide_command(self, command: CommandEnvelope) -> Answer:
        """Decides an input of the own door or agenda, once per key."""
        name = (command.client, command.key)
        if entries := self.remembered.get(name, []):
            if entries[0].said["requesthash"] != command.requesthash:
                return as_answer(problem("key-used-before", idempotency_key=command.key))
        elif refused := self._not_now(command):
            return refused
        else:
            try:
                entries = self.record_command(command)
            except TooLarge as error:
                log.warning("a command is too large", stream=command.stream, command=command.type, error=str(error))
                return as_answer(problem("too-large-as-one", what=str(error)))
        if command.client == INTERNAL:
            self.settled.append((command.partition, command.key))
        return answer(entries, self.service.events)

    def decide_event(self, heard: UpstreamEvent) -> Verdict:
        """Applies an upstream's record if it is the one that the consumer position expects; else nothing changes.

        What it has `seen` was applied before, by the care of `consume/inboxes.py`; where it was not, it is stale, too.
        """
        name = (heard.upstream, heard.partition)
        consumed = self.writer.consumed[name]
        if heard.position <= consumed.position:
            return "dropped"
        if heard.position > consumed.position + 1 or heard.previous != consumed.chain or not self._reaches(heard):
            return "stale"
        self.writer.consumed[name] = ConsumerPosition(heard.position, heard.chain, heard.offset_next)
        if heard.stream and not self._take(heard):
            self.writer.consumed[name] = consumed
            self.traced.forget(heard.id)
            return "paused"
        self.moved_positions.add(name)
        return "applied"

    def _reaches(self, heard: UpstreamEvent) -> bool:
        return reached(heard.seen, self.writer.applied(heard.partition))

    def fire(self, stream: str, partition: int) -> bool:
        """Fires the stream's deadlines that lie before now. False where one lies beyond what can be seen."""
        loaded = self.loaded(stream, partition)
        while not loaded.parked and (pending := loaded.pending(self.writer.now)):
            if self.known_until is not None and self.known_until.get(partition, EARLIEST) <= pending[0].instant:
                return False
            self.record_command(fired(loaded, pending[0]))
            if pending[0] in loaded.pending(self.writer.now):
                raise AssertionError(f"{stream}: {pending[0]} stays after it was fired")
        return True

    def write(self) -> None:
        """Makes of every state that changed what will be stored. Raises whatever that raises."""
        for loaded in self.states.values():
            if loaded.changed and not loaded.unread and loaded.written is None:
                loaded.written = stored(loaded, loaded.state)

    def loaded(self, stream: str, partition: int) -> LoadedStream:
        """The stream's state in this batch; an unknown stream begins here."""
        if stream not in self.states:
            kind = self.service.kind_of(stream)
            assert kind is not None, f"{self.service.name} keeps no stream such as {stream}"
            self.states[stream] = LoadedStream(
                kind, stream, partition, kind.initial, kind.states.none, careful=self.careful
            )
        return self.states[stream]

    def _not_now(self, command: CommandEnvelope) -> Answer | None:
        """Why this input is no entry now; None where it is one. What was told is on record already."""
        now = self.writer.now
        if command.occurred and command.occurred > now and command.client != INTERNAL:
            return as_answer(problem("in-the-future", occurred=command.occurred.isoformat(), now=now.isoformat()))
        loaded = self.loaded(command.stream, command.partition)
        if loaded.unread:
            return as_answer(problem("another-version", what=f"Nothing was recorded: the state of {loaded.stream}"))
        if isinstance(command.content, (parking.Redrive, parking.Discard)):
            return parking.refusal(command.content, loaded.parked)
        if closed := self._closed(loaded, command):
            return closed
        until = (self.known_until or {}).get(command.partition)
        forgotten = command.asked and (until is None or until < command.asked)
        if not forgotten and self.fire(command.stream, command.partition):
            return None
        return cannot_see(" or ".join(self.service.hears), until)

    def _closed(self, loaded: LoadedStream, command: CommandEnvelope) -> Answer | None:
        """Why the stream takes no such input, or none by a door."""
        if loaded.parked:
            return parking.is_parked(loaded.parked[0], self.service.name)
        if not command.founds and not loaded.begun:
            return no_such(command.stream)
        into = loaded.kind.joined(loaded.state) if command.client != INTERNAL else None
        return as_answer(problem("joined", stream=loaded.stream, joined=into)) if into is not None else None

    def record_command(self, command: CommandEnvelope) -> list[Entry]:
        """Appends the input and, behind it, what it led to. Raises TooLarge, and then nothing is recorded."""
        first = len(self.writer.entries)
        loaded = self.loaded(command.stream, command.partition)
        own_id = self.writer.next_id(command.partition)
        cause = self._cause_of(command, own_id)
        try:
            state, effects = self._outcome(loaded, command, cause)
            self.writer.append_group(loaded, effects, cause, command)
        except Exception as error:
            loaded.written = None
            if isinstance(error, TooLarge) and command.client != INTERNAL:  # Whoever sent it can send less.
                self.traced.forget(own_id)
                raise
            log.exception("a command raised", case=own_id, stream=command.stream, command=command.type)
            opened = parking.CaseOpened(case=own_id, error=type(error).__name__)
            state, effects = (
                after_deadline(loaded.kind, loaded.state, command.content, cause.recorded),
                [own_effect(opened)],
            )
            self.writer.append_group(loaded, effects, cause, command)
        loaded.state, loaded.changed = state, True
        if effects and effects[0].type in ("Redriven", "Discarded"):
            self.unpark(loaded, command.content.records)
        name, entries = (command.client, command.key), self.writer.entries[first:]
        self.new_receipts[name] = Receipt(command.requesthash, command.partition, entries[0].position, len(entries))
        self.remembered[name] = entries
        return entries

    def _outcome(self, loaded: LoadedStream, command: CommandEnvelope, cause: Causation) -> tuple[Any, list[Effect]]:
        match content := command.content:
            case parking.Discard(records=records):
                return loaded.state, [own_effect(parking.Discarded(records=records))]
            case parking.Redrive(records=records):
                state, effects = loaded.state, [own_effect(parking.Redriven(records=records))]
                for one in loaded.parked[: len(records)]:  # What is refused as too much can be done in parts.
                    if not one.value:
                        raise TooLarge(f"with what is before it, {one.record} is more than is decided at once")
                    state, more = self._decided_again(loaded, state, one, cause)
                    effects += more
                return state, bounded(effects)
            case _:
                joined = loaded.kind.joined(loaded.state) is not None
                held = (itself(command, cause),) if joined else self._held(loaded, content)
                return decided(self.service, loaded, loaded.state, loaded.state, content, cause, held)

    def _held(self, loaded: LoadedStream, content: Any) -> tuple[Held, ...]:
        """What the stream has on record, this batch's part of it, too, where this asks for it."""
        if type(content) not in loaded.kind.reads:
            return ()
        now = (entry.value for entry in self.writer.entries if entry.stream == loaded.stream)
        return held_by(self.service, (*loaded.past, *now))

    def _decided_again(
        self, loaded: LoadedStream, state: Any, one: ParkedRecord, cause: Causation
    ) -> tuple[Any, list[Effect]]:
        understood = parking.understand(one.value, self.service.kind_of)
        assert understood is not None, f"{one.record} is nothing that {self.service.name} takes"
        then = cause._replace(occurred=understood.occurred)
        folded = loaded.kind.evolve(state, understood.content, understood.recorded)
        held = self._held(loaded, understood.content)
        state, effects = decided(self.service, loaded, state, folded, understood.content, then, held)
        return state, [effect._replace(occurred=effect.occurred or then.occurred) for effect in effects]

    def _take(self, heard: UpstreamEvent) -> bool:
        """Folds and decides a foreign event, or parks it. False if no more may be parked here."""
        loaded = self.loaded(heard.stream, heard.partition)
        strange = f"state of another version in {heard.stream.partition('/')[0]}" if loaded.unread else None
        trouble = parking.BEHIND if loaded.parked else heard.trouble or strange or self._record_event(loaded, heard)
        if trouble is None:
            return True
        if not loaded.parked and not self.breaker.lets(heard.partition, trouble, heard.stream, self.writer.now):
            return False
        self._record_parked(loaded, heard, trouble)
        return True

    def _record_parked(self, loaded: LoadedStream, heard: UpstreamEvent, trouble: str) -> None:
        parked = parking.Parked(record=heard.id, cause=trouble)
        self.writer.append_group(loaded, [own_effect(parked)], self._cause_of(heard, heard.id))
        self.park(loaded, self.writer.entries[-1], heard, trouble)

    def park(self, loaded: LoadedStream, entry: Entry, heard: UpstreamEvent, trouble: str) -> None:
        """After an entry `Parked` the record that it names waits."""
        one = ParkedRecord(entry.partition, entry.position, loaded.stream, heard.id, trouble, heard.value)
        loaded.parked.append(one)
        self.newly_parked.append(one)
        loaded.changed = True

    def unpark(self, loaded: LoadedStream, records: Sequence[str]) -> list[ParkedRecord]:
        """After a re-drive or a discard nothing of what it names is parked any more."""
        taken = [one for one in loaded.parked if one.record in set(records)]
        loaded.parked = [one for one in loaded.parked if one not in taken]
        loaded.changed = True
        self.unparked += taken
        return taken

    def _cause_of(self, one: CommandEnvelope | UpstreamEvent, own_id: str) -> Causation:
        """What follows is the act of whoever is named; of the service itself, where nobody is."""
        recorded = self.writer.recorded(one.partition)
        return Causation(
            id=own_id, correlationid=one.correlationid or own_id,
            actor=one.actor if one.actor.authid else one.actor._replace(authid=self.service.name),
            traceparent=self.traced.under(own_id, one),
            occurred=one.occurred or self.writer.now, recorded=recorded,
            told=isinstance(one, CommandEnvelope) and one.client == INTERNAL and one.causationid is not None,
        )  # fmt: skip

    def _record_event(self, loaded: LoadedStream, heard: UpstreamEvent) -> str | None:
        """Folds a foreign event, then decides on it. If that raises, nothing has changed, and it says by what."""
        cause = self._cause_of(heard, heard.id)
        try:
            folded = loaded.kind.evolve(loaded.state, heard.content, heard.recorded)
            held = self._held(loaded, heard.content)
            state, effects = decided(self.service, loaded, loaded.state, folded, heard.content, cause, held)
            self.writer.append_group(loaded, effects, cause)
        except Exception as error:
            log.exception("a record raised", record=heard.id, stream=heard.stream)
            loaded.written = None
            return f"{type(error).__name__} in {type(heard.content).__name__}"
        loaded.changed = loaded.changed or bool(effects) or state != loaded.state
        loaded.state = state
        return None
