"""Rebuild at a vector: whatever two writers did, at any step the journals alone come to everything that is live."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from structlog.testing import capture_logs

from chassis.api.commands import CommandReader
from chassis.consume.inboxes import heard_of
from chassis.service import Route, Service
from chassis.tests.parcels import POISONOUS
from chassis.tests.turns import check_turns, check_what_waits
from chassis.tests.vector import (
    BOX,
    BOXES,
    DEEDS,
    DISCARD,
    FETCH,
    FEW,
    HOUR,
    HOW,
    KEEP,
    KEEPER,
    LONG,
    NOON,
    PARCEL,
    PARCELS,
    PLACE,
    PLACES,
    RARELY,
    REDRIVE,
    SEND,
    SENDER,
    SHORT,
    TO_BE_MET,
    Hall,
    How,
    Work,
)
from chassis.tests.workbench import SOMEBODY, Bench
from chassis.write.inputs import Answer, CommandEnvelope, PassedDeadline, UpstreamEvent
from chassis.write.internal_commands import from_row
from deploy.audit.folding import check_chain, fold, in_order
from entries.entry import START, partition_of

MORE_ROUNDS = 3


class Machine(RuleBasedStateMachine):
    """Anything that may come to the two services, and after each step: from the journals, the same."""

    hall: ClassVar[Hall]
    met: ClassVar[set[tuple[str, str]]] = set()
    """Types of entries that stood in any history."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.waiting = {SENDER.name: Work(), KEEPER.name: Work()}
        self.sent: list[tuple[Service, CommandEnvelope]] = []
        self.answered: dict[tuple[str, str, str], tuple[str, Answer]] = {}
        self.changed: Service | None = None
        self.worked = Work()
        self.overdue: list[Any] = []
        """What was to be decided last, and the deadlines that were pending by then, where it was to look at them."""
        POISONOUS.clear()
        self.hall.run(self.hall.empty())
        self.there = {
            place: found
            for service in (SENDER, KEEPER)
            for place, found in self.hall.run(self.hall.snapshots(service)).items()
        }

    @invariant()
    def journals_come_to_what_is_live(self) -> None:
        """At the service that has committed; the other is as it was."""
        if not (service := self.changed):
            return
        before = {place: len(self.there[service.name, place].lines) for place in PLACES}
        self.there |= self.hall.run(self.hall.snapshots(service))
        self.changed = None
        for place in PLACES:
            found, where = self.there[service.name, place], f"{service.name}/{place}"
            check_turns([json.loads(line.value) for line in found.lines[before[place] :]], self.worked, self.overdue)
            self.met.update((service.name, json.loads(line.value)["type"]) for line in found.lines)
            check_chain(in_order(found.lines, where), where)
            assert [line.position for line in found.lines] == list(range(1, found.end + 1))
            upstreams = {upstream: self.there[upstream, place].lines for upstream in service.hears}
            folded = fold(service, place, found.lines, upstreams, found.consumed)
            folded.agenda = {(at, key) for at, key in folded.agenda if key not in found.delivered}
            assert folded == found.live, where

    @initialize(some=st.sets(PARCEL, max_size=2))
    def begin_with_poison(self, some: set[str]) -> None:
        POISONOUS.update(some)
        self.send(several=[*sorted(some), *PARCELS[:1]], box=None, broken=False, heard=True, how=How())

    @rule(
        several=st.lists(PARCEL, min_size=1, max_size=3), box=st.sampled_from([None, BOX, BOXES]), broken=RARELY,
        heard=st.booleans(), how=HOW,
    )  # fmt: skip
    def send(self, several: list[str], box: str | None, broken: bool, heard: bool, how: How) -> None:
        boxes = 2 if box == BOXES else 1
        sent = [
            self._given(SENDER, SEND, how, parcel=each, box=box, boxes=boxes, broken=broken and each == several[0])
            for each in several
        ]
        self._work(SENDER, how, Work(commands=sent))
        if heard and not how.hold:
            self.journals_come_to_what_is_live()
            self._work(KEEPER, how, Work(heard=[one for place in PLACES for one in self._unheard(place)]))

    @rule(parcel=PARCEL, hours=st.sampled_from([None, 1, 2, -1]), how=HOW)
    def keep(self, parcel: str, hours: int | None, how: How) -> None:
        until = (self.now + hours * HOUR).isoformat() if hours else None
        self._order(KEEPER, KEEP, how, parcel=parcel, until=until)

    @rule(parcel=PARCEL, how=HOW)
    def fetch(self, parcel: str, how: How) -> None:
        self._order(KEEPER, FETCH, how, parcel=parcel)

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 100), how=HOW)
    def repeat(self, which: int, how: How) -> None:
        service, command = self.sent[-1 - which % len(self.sent)]
        self._work(service, how, Work(commands=[command]))

    @precondition(lambda self: self._due())
    @rule(
        minutes=st.sampled_from([1, 61, 150]), heard=st.booleans(), fetched=st.sampled_from([*PARCELS, None]), how=HOW
    )
    def fire(self, minutes: int, heard: bool, fetched: str | None, how: How) -> None:
        """With whatever else comes into the same batch."""
        self.now += timedelta(minutes=minutes)
        records = [one for place in PLACES for one in self._unheard(place)] if heard else []
        commands = [self._given(KEEPER, FETCH, how, parcel=fetched)] if fetched else []
        passed = [PassedDeadline(stream, partition_of(stream)) for stream in self._due()]
        self._work(KEEPER, how, Work(heard=records, passed=passed, commands=commands))

    @rule(kept=PARCEL, sent=PARCEL, fetched=PARCEL, how=HOW)
    def come_together(self, kept: str, sent: str, fetched: str, how: How) -> None:
        """A record, a deadline and a command."""
        self._order(KEEPER, KEEP, How(), parcel=kept, until=(self.now + HOUR).isoformat())
        self.journals_come_to_what_is_live()
        self.send(several=[sent], box=None, broken=False, heard=False, how=How())
        self.journals_come_to_what_is_live()
        self.fire(minutes=61, heard=True, fetched=fetched, how=how)

    @precondition(lambda self: any(found.live.agenda for found in self.there.values()))
    @rule(few=FEW, how=HOW)
    def tell(self, few: int, how: How) -> None:
        rows = self.hall.run(
            self.hall.owners[SENDER.name].fetch("SELECT * FROM agenda ORDER BY due, turn LIMIT $1", few)
        )
        told = [from_row(row, SENDER) for row in rows]
        self.sent += [(SENDER, command) for command in told]
        self._work(SENDER, how, Work(commands=told))

    @precondition(lambda self: any(self._unheard(place) for place in PLACES))
    @rule(places=st.sampled_from([PLACES, PLACES[:1], PLACES[1:]]), few=FEW, refused=RARELY, how=HOW)
    def hear(self, places: Sequence[int], few: int, refused: bool, how: How) -> None:
        """The next records; and where the database refused to write what comes of one, that is its trouble."""
        heard = [one for place in places for one in self._unheard(place)[:few]]
        guilty = [one.id for one in heard if refused and one.stream][:1]
        trouble = "DataError of the database"
        heard = [one._replace(content=None, trouble=trouble) if one.id in guilty else one for one in heard]
        self._work(KEEPER, how, Work(heard=heard))

    @precondition(lambda self: any(self._records(place) for place in PLACES))
    @rule(place=PLACE, begin=st.integers(0, 3), few=FEW, how=HOW)
    def hear_out_of_turn(self, place: int, begin: int, few: int, how: How) -> None:
        """What was heard before, or what stands behind a gap."""
        self._work(KEEPER, how, Work(heard=self._records(place)[begin : begin + few]))

    @precondition(lambda self: any(self.waiting.values()))
    @rule(how=HOW, service=st.sampled_from([SENDER, KEEPER]))
    def go_on(self, how: How, service: Service) -> None:
        self._work(service, how, Work())

    @rule(parcel=PARCEL)
    def poison(self, parcel: str) -> None:
        POISONOUS.symmetric_difference_update({parcel})

    @precondition(lambda self: self._parked())
    @rule(which=st.integers(0, 2), deed=st.sampled_from(DEEDS), begin=st.integers(0, 1), few=FEW, how=HOW)
    def deal_with(self, which: int, deed: str, begin: int, few: int, how: How) -> None:
        """Whoever operates the service re-drives all that is parked on a stream, or lets some of it go."""
        stream = self._parked()[which % len(self._parked())]
        said: dict[str, Any] = {"stream": stream, "records": self._shelf(stream)}
        if deed == "poisonous":
            POISONOUS.add(stream.removeprefix("parcel/"))
        elif deed != "discard":
            POISONOUS.discard(stream.removeprefix("parcel/"))
        if deed in {"wrong", "discard"}:
            said["records"] = said["records"][begin : begin + few] or ["sender/0/1"]
        self._order(KEEPER, DISCARD if deed == "discard" else REDRIVE, how, **said, dry_run=deed == "dry")

    def _order(self, service: Service, route: Route, how: How, **said: Any) -> None:
        self._work(service, how, Work(commands=[self._given(service, route, how, **said)]))

    def _given(self, service: Service, route: Route, how: How, **said: Any) -> CommandEnvelope:
        if how.since:
            said["occurred"] = (self.now + how.since).isoformat()
        command_reader = CommandReader(service=service, route=route, subject=SOMEBODY)
        command = command_reader.read(json.dumps(said).encode(), how.key or f"n{len(self.sent)}")
        self.sent.append((service, command))
        return command

    def _work(self, service: Service, how: How, more: Work) -> None:
        """Behind what waits already: decides all of it, or lets it wait."""
        work = self.waiting[service.name]
        work.heard += more.heard
        work.passed += more.passed
        work.commands += more.commands
        if how.hold or not work:
            return
        self.now += timedelta(seconds=1)
        work.now, work.transactions = self.now - HOUR if how.slow else self.now, how.transactions
        self.changed, self.worked = service, work
        states = {name: state for place in PLACES for name, state in self._states(service, place)}
        self.overdue = [(name, states[name].due) for name, _ in work.passed]
        done, self.waiting[service.name] = self.hall.run(self.hall.commit(service, work, how))
        for decided in done:
            assert [command for command, _ in decided] == work.commands[: len(decided)]
            for command, answer in decided:
                self._compare((service.name, command.client, command.key), command.requesthash, answer)
        check_what_waits(work, self.waiting[service.name], how.most)

    def _compare(self, name: tuple[str, str, str], requesthash: str, answer: Answer) -> None:
        """A key that was recorded has one answer for good."""
        if known := self.answered.get(name):
            assert answer == known[1] if requesthash == known[0] else answer.status == 422
        elif b'"receipt":' in answer.body or b"/case-opened" in answer.body:
            self.answered[name] = requesthash, answer

    def _due(self) -> list[str]:
        return sorted(stream for place in PLACES for stream, state in self._states(KEEPER, place) if state.due)

    def _states(self, service: Service, place: int) -> Iterable[tuple[str, Any]]:
        return self.there[service.name, place].live.states.items()

    def _records(self, place: int) -> list[UpstreamEvent]:
        lines = self.there[SENDER.name, place].lines
        before = [START, *(line.chain for line in lines)]
        where = (SENDER.name, place)
        return [heard_of(where, one, chain, 0, KEEPER) for one, chain in zip(lines, before, strict=False)]

    def _unheard(self, place: int) -> list[UpstreamEvent]:
        """What comes behind the consumer position, and behind what waits to be heard."""
        waiting = [one.position for one in self.waiting[KEEPER.name].heard if one.partition == place]
        consumed = max([self.there[KEEPER.name, place].consumed[SENDER.name], *waiting])
        return self._records(place)[consumed:]

    def _parked(self) -> list[str]:
        return [f"parcel/{parcel}" for parcel in PARCELS if self._shelf(f"parcel/{parcel}")]

    def _shelf(self, stream: str) -> list[str]:
        """What is parked on the stream, and what will be once all that waits was heard."""
        there = [
            one.record for one in self.there[KEEPER.name, partition_of(stream)].live.parked if one.stream == stream
        ]
        waiting = [one for one in self.waiting[KEEPER.name].heard if one.stream == stream and one.id not in there]
        while waiting and not (there or waiting[0].trouble or waiting[0].content.parcel in POISONOUS):
            waiting.pop(0)
        return there + [one.id for one in waiting]


def work_on(bench: Bench, how: settings) -> None:
    """Histories that leave something out, as some must, are followed by others: all of it is to be met."""
    with Hall(bench) as hall, capture_logs():
        Machine.hall = hall
        run_state_machine_as_test(Machine, settings=how)
        for _ in range(MORE_ROUNDS):
            if not Machine.met >= TO_BE_MET:
                run_state_machine_as_test(Machine, settings=settings(how, derandomize=False))
    assert Machine.met >= TO_BE_MET


def test_the_journals_alone_come_to_everything_that_is_live(bench: Bench) -> None:
    work_on(bench, SHORT)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_the_journals_alone_come_to_everything_that_is_live_at_length(bench: Bench) -> None:
    work_on(bench, LONG)
