"""One batch in memory: from what a transaction has read to what it will write. No I/O, so it is tested by itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from chassis import log
from chassis.service import Service
from chassis.write import parking
from chassis.write.answering import answer, cannot_see, problem, told
from chassis.write.clock import EARLIEST
from chassis.write.deciding import (
    Effect,
    EntryWriter,
    LoadedStream,
    TooLarge,
    bounded,
    decided,
    fired,
    own_effect,
    passed,
    stored,
    to_agenda,
)  # fmt: skip
from chassis.write.inputs import (
    AGENDA,
    Answer,
    Causation,
    CommandEnvelope,
    ConsumerPosition,
    InternalCommand,
    ParkedRecord,
    Receipt,
    UpstreamEvent,
)
from entries.entry import GROUP_BYTES, Entry, weight
from telemetry import Traced

Verdict = Literal["applied", "dropped", "stale", "paused"]


class Batch:
    """Decides inputs one by one. One that raises leaves no trace but its own case.

    `sight` says per partition up to when everything that upstreams had recorded is known; None where there are none.
    """

    def __init__(
        self, service: Service, now: datetime, sight: Mapping[int, datetime] | None = None,
        breaker: parking.Breaker | None = None, traced: Traced | None = None, careful: bool = False,
    ) -> None:  # fmt: skip
        self.service = service
        self.ledger = EntryWriter(service=service, now=now)
        self.sight = sight if service.hears else None
        self.breaker = breaker or parking.Breaker()
        self.traced = traced or Traced()
        self.careful = careful
        self.states: dict[str, LoadedStream] = {}
        self.unread: set[Any] = set()
        """Streams, and keys, of which there was no more room to read: their inputs are for a later batch."""
        self.remembered: dict[tuple[str, str], list[Entry]] = {}
        """What keys were answered by: an input, and the events behind it."""
        self.new_receipts: dict[tuple[str, str], Receipt] = {}
        self.moved_fences: set[tuple[str, int]] = set()
        self.told: list[InternalCommand] = []
        self.settled: list[tuple[int, str]] = []
        """What comes off the agenda: (partition, key)."""
        self.shelved: list[ParkedRecord] = []
        self.unshelved: list[ParkedRecord] = []

    def decide_given(self, given: CommandEnvelope) -> Answer:
        """Decides an input of the own door or agenda, once per key."""
        name = (given.client, given.key)
        if entries := self.remembered.get(name, []):
            if entries[0].said["requesthash"] != given.requesthash:
                return told(problem("key-used-before", idempotency_key=given.key))
        elif refused := self._not_now(given):
            return refused
        else:
            try:
                entries = self.record_given(given)
            except TooLarge as error:
                log.warning("a command is too large", stream=given.stream, command=given.type, error=str(error))
                return told(problem("too-large-as-one", what=str(error)))
        if given.client == AGENDA:
            self.settled.append((given.partition, given.key))
        return answer(entries, self.service.events)

    def decide_heard(self, heard: UpstreamEvent) -> Verdict:
        """Applies an upstream's record if it is the one that the fence expects; else nothing changes.

        That what it has `seen` was applied before is the reader's care, in `lanes.py`.
        """
        name = (heard.upstream, heard.partition)
        fence = self.ledger.fences[name]
        if heard.position <= fence.position:
            return "dropped"
        if heard.position > fence.position + 1 or heard.previous != fence.chain:
            return "stale"
        self.ledger.fences[name] = ConsumerPosition(heard.position, heard.chain, heard.offset_next)
        if heard.stream and not self._take(heard):
            self.ledger.fences[name] = fence
            self.traced.forget(heard.id)
            return "paused"
        self.moved_fences.add(name)
        return "applied"

    def fire(self, stream: str, partition: int) -> bool:
        """Fires the stream's deadlines that lie before now. False where one lies beyond what can be seen."""
        held = self.held(stream, partition)
        while not held.shelf and (pending := held.pending(self.ledger.now)):
            if self.sight is not None and self.sight.get(partition, EARLIEST) <= pending[0].instant:
                return False
            self.record_given(fired(held, pending[0]))
            if pending[0] in held.pending(self.ledger.now):
                raise AssertionError(f"{stream}: {pending[0]} stays after it was fired")
        return True

    def write(self) -> None:
        """Makes of every state that changed what will be stored. Raises whatever that raises."""
        for held in self.states.values():
            if held.changed and not held.unread and held.written is None:
                held.written = stored(held.kind, held.state)

    def held(self, stream: str, partition: int) -> LoadedStream:
        """The stream's state in this batch; an unknown stream begins here."""
        if stream not in self.states:
            kind = self.service.kind_of(stream)
            assert kind is not None, f"{self.service.name} keeps no stream such as {stream}"
            self.states[stream] = LoadedStream(kind, stream, partition, kind.initial, careful=self.careful)
        return self.states[stream]

    def _not_now(self, given: CommandEnvelope) -> Answer | None:
        """Why this input is no entry now; None where it is one. What was told is on record already."""
        now = self.ledger.now
        if given.occurred and given.occurred > now and given.client != AGENDA:
            return told(problem("in-the-future", occurred=given.occurred.isoformat(), now=now.isoformat()))
        held = self.held(given.stream, given.partition)
        if held.unread:
            return told(problem("another-version", what=f"Nothing was recorded: the state of {held.stream}"))
        if isinstance(given.content, (parking.Redrive, parking.Discard)):
            return parking.refusal(given.content, held.shelf)
        if held.shelf:
            return parking.is_parked(held.shelf[0], self.service.name)
        until = (self.sight or {}).get(given.partition)
        forgotten = given.asked and (until is None or until < given.asked)
        if not forgotten and self.fire(given.stream, given.partition):
            return None
        return cannot_see(" or ".join(self.service.hears), until)

    def record_given(self, given: CommandEnvelope) -> list[Entry]:
        """Appends the input and, behind it, what it led to. Raises TooLarge, and then nothing is recorded."""
        first = len(self.ledger.entries)
        held = self.held(given.stream, given.partition)
        own_id = self.ledger.next_id(given.partition)
        cause = self._cause_of(given, own_id)
        try:
            state, effects = self._outcome(held, given.content, cause)
            self._append(held, effects, cause, given)
        except Exception as error:
            held.written = None
            if isinstance(error, TooLarge) and given.client != AGENDA:  # Whoever sent it can send less.
                self.traced.forget(own_id)
                raise
            log.exception("a command raised", case=own_id, stream=given.stream, command=given.type)
            opened = parking.CaseOpened(case=own_id, error=type(error).__name__)
            state, effects = passed(held.kind, held.state, given.content, cause.recorded), [own_effect(opened)]
            self._append(held, effects, cause, given)
        held.state, held.changed = state, True
        if effects and effects[0].type in ("Redriven", "Discarded"):
            self.take_off_shelf(held, given.content.records)
        name, entries = (given.client, given.key), self.ledger.entries[first:]
        self.new_receipts[name] = Receipt(given.requesthash, given.partition, entries[0].position, len(entries))
        self.remembered[name] = entries
        return entries

    def _outcome(self, held: LoadedStream, content: Any, cause: Causation) -> tuple[Any, list[Effect]]:
        match content:
            case parking.Discard(records=records):
                return held.state, [own_effect(parking.Discarded(records=records))]
            case parking.Redrive(records=records):
                state, effects = held.state, [own_effect(parking.Redriven(records=records))]
                for one in held.shelf[: len(records)]:  # What is refused as too much can be done in parts.
                    if not one.value:
                        raise TooLarge(f"with what is before it, {one.record} is more than is decided at once")
                    state, more = self._decided_again(held, state, one, cause)
                    effects += more
                return state, bounded(effects)
            case _:
                return decided(self.service, held, held.state, content, cause)

    def _decided_again(
        self, held: LoadedStream, state: Any, one: ParkedRecord, cause: Causation
    ) -> tuple[Any, list[Effect]]:
        understood = parking.understand(one.value, self.service.kind_of)
        assert understood is not None, f"{one.record} is nothing that {self.service.name} takes"
        then = cause._replace(occurred=understood.occurred)
        folded = held.kind.evolve(state, understood.content, understood.recorded)
        state, effects = decided(self.service, held, folded, understood.content, then)
        return state, [effect._replace(occurred=effect.occurred or then.occurred) for effect in effects]

    def _take(self, heard: UpstreamEvent) -> bool:
        """Folds and decides a foreign event, or parks it. False if no more may be parked here."""
        held = self.held(heard.stream, heard.partition)
        strange = f"state of another version in {heard.stream.partition('/')[0]}" if held.unread else None
        trouble = parking.BEHIND if held.shelf else heard.trouble or strange or self._record_heard(held, heard)
        if trouble is None:
            return True
        if not held.shelf and not self.breaker.lets(heard.partition, trouble, heard.stream, self.ledger.now):
            return False
        self._park(held, heard, trouble)
        return True

    def _park(self, held: LoadedStream, heard: UpstreamEvent, trouble: str) -> None:
        parked = parking.Parked(record=heard.id, cause=trouble)
        self._append(held, [own_effect(parked)], self._cause_of(heard, heard.id))
        self.put_on_shelf(held, self.ledger.entries[-1], heard, trouble)

    def put_on_shelf(self, held: LoadedStream, entry: Entry, heard: UpstreamEvent, trouble: str) -> None:
        """After an entry `Parked` the record that it names waits."""
        one = ParkedRecord(entry.partition, entry.position, held.stream, heard.id, trouble, heard.value)
        held.shelf.append(one)
        self.shelved.append(one)
        held.changed = True

    def take_off_shelf(self, held: LoadedStream, records: Sequence[str]) -> list[ParkedRecord]:
        """After a re-drive or a discard nothing of what it names is parked any more."""
        taken = [one for one in held.shelf if one.record in set(records)]
        held.shelf = [one for one in held.shelf if one not in taken]
        held.changed = True
        self.unshelved += taken
        return taken

    def _cause_of(self, one: CommandEnvelope | UpstreamEvent, own_id: str) -> Causation:
        """What follows is the act of whoever is named; of the service itself, where nobody is."""
        recorded = self.ledger.recorded(one.partition)
        return Causation(
            id=own_id, correlationid=one.correlationid or own_id, authid=one.authid or self.service.name,
            authtype=one.authtype, traceparent=self.traced.under(own_id, one),
            occurred=one.occurred or self.ledger.now, recorded=recorded,
        )  # fmt: skip

    def _record_heard(self, held: LoadedStream, heard: UpstreamEvent) -> str | None:
        """Folds a foreign event, then decides on it. If that raises, nothing has changed, and it says by what."""
        cause = self._cause_of(heard, heard.id)
        try:
            folded = held.kind.evolve(held.state, heard.content, heard.recorded)
            state, effects = decided(self.service, held, folded, heard.content, cause)
            self._append(held, effects, cause)
        except Exception as error:
            log.exception("a record raised", record=heard.id, stream=heard.stream)
            held.written = None
            return f"{type(error).__name__} in {type(heard.content).__name__}"
        held.changed = held.changed or bool(effects) or state != held.state
        held.state = state
        return None

    def _append(
        self, held: LoadedStream, effects: Sequence[Effect], cause: Causation, given: CommandEnvelope | None = None
    ) -> None:
        """Appends the input, where it is an own one, and what it led to: that is published as one.

        Here, and nowhere else, it is weighed. Raises TooLarge; then, and whatever else fails, nothing of it stays.
        """
        tails, entries = self.ledger.tails, self.ledger.entries
        tail, sequence, first, told_before = tails[held.partition], held.sequence, len(entries), len(self.told)
        try:
            if given:
                self.ledger.append(
                    "input", held, given.type, given.data, cause, occurred=cause.occurred,
                    causationid=given.causationid, idempotencykey=given.key, client=given.client,
                    requesthash=given.requesthash,
                )  # fmt: skip
            for type_, data, stated, tells in effects:
                occurred = stated or cause.occurred
                entry = self.ledger.append("event", held, type_, data, cause, occurred=occurred, causationid=cause.id)
                self.told += to_agenda(entry, tells)
            if (weighs := sum(weight(entry.stream, entry.value) for entry in entries[first:])) > GROUP_BYTES:
                raise TooLarge(f"with what follows from it, it weighs {weighs:,} bytes of {GROUP_BYTES:,}")
        except Exception:
            tails[held.partition], held.sequence = tail, sequence
            del entries[first:], self.told[told_before:]
            raise
