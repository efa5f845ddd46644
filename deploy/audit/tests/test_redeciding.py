"""A log decided again comes out as it was recorded, and whatever would come out otherwise is named."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, cast

from chassis.consume.inboxes import heard_of
from chassis.service import Decider, Service
from chassis.tests.parcels import KEEPER, POISONOUS, SENDER, Fetch, Keep, Kept, Send, Sent
from chassis.write.batch import Batch
from chassis.write.inputs import CommandEnvelope, ConsumerPosition, PartitionHead
from decider import Due
from deploy.audit.folding import heard_from
from deploy.audit.redeciding import Redecision
from entries.actor import Actor
from entries.entry import START, Line, partition_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PARCEL = next(f"parcel/P{n}" for n in range(100) if partition_of(f"parcel/P{n}") == 0).removeprefix("parcel/")


def given(content: Any, key: str, service: Service = SENDER) -> CommandEnvelope:
    name = type(content).__name__
    data = service.commands[name].dump_json(content, exclude_defaults=True)
    return CommandEnvelope(
        stream=f"parcel/{PARCEL}", partition=0, type=name, content=content, data=data, occurred=NOON,
        actor=Actor("somebody", "user"), client="somebody", key=key, requesthash=sha256(data).hexdigest(),
        traceparent="00-0123456789abcdef0123456789abcdef-0123456789abcdef-01",
    )  # fmt: skip


def sent(count: int) -> list[Line]:
    """What a sender has recorded of so many parcels."""
    batch = Batch(SENDER, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    for number in range(count):
        batch.decide_command(given(Send(parcel=PARCEL), f"s{number}"))
    return lines_of(batch)


def keeping(records: list[Line], work: Callable[[Batch], None] = lambda batch: None) -> list[Line]:
    """What a keeper has recorded: it hears all of the records, then works."""
    batch = Batch(KEEPER, NOON, {0: NOON + 9 * HOUR})
    batch.writer.heads[0], batch.writer.consumed["sender", 0] = (
        PartitionHead(0, START, NOON),
        ConsumerPosition(0, START, 0),
    )
    for heard in heard_from("sender", 0, records, KEEPER):
        batch.decide_event(heard)
    work(batch)
    return lines_of(batch)


def lines_of(batch: Batch) -> list[Line]:
    return [Line(one.position, one.kind, one.stream, one.chain, one.value) for one in batch.writer.entries]


def differences(service: Service, own: list[Line], sender: list[Line] | None = None) -> list[str]:
    upstreams = {} if sender is None else {"sender": sender}
    vector = {name: len(lines) for name, lines in upstreams.items()}
    return list(map(str, Redecision(service, 0, upstreams).differences(own, vector)))


def otherwise(service: Service, decide: Callable[[Any, Any], list[Any]]) -> Service:
    """The same service under another law."""
    before = service.deciders["parcel"]
    changed = cast(Decider, SimpleNamespace(**{**vars(before), "decide": decide}))
    return replace(service, deciders={**service.deciders, "parcel": changed}, rulebook="tomorrow's")


def keep_and_be_late(batch: Batch) -> None:
    batch.decide_command(given(Keep(parcel=PARCEL, until=NOON + HOUR), "k", KEEPER))
    batch.writer.now = NOON + 2 * HOUR
    assert batch.fire(f"parcel/{PARCEL}", 0)
    batch.decide_command(given(Fetch(parcel=PARCEL), "f", KEEPER))


def test_what_nobody_decides_otherwise_comes_out_as_it_was() -> None:
    records = sent(3)
    own = keeping(records, keep_and_be_late)
    assert {json.loads(line.value)["type"] for line in own} >= {"Kept", "Keep", "Due", "Overdue", "Fetch", "Fetched"}
    assert differences(SENDER, records) == []
    assert differences(KEEPER, own, records) == []
    tomorrow = otherwise(KEEPER, KEEPER.deciders["parcel"].decide)
    assert differences(tomorrow, own, records) == []


def test_a_time_keeps_the_offset_that_was_stated_when_it_is_decided_again() -> None:
    batch = Batch(SENDER, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    batch.decide_command(given(Send(parcel=PARCEL), "s")._replace(statedtimes="2026-03-02T17:00:00+05:00"))
    records = lines_of(batch)
    assert json.loads(records[0].value)["statedtimes"] == "2026-03-02T17:00:00+05:00"
    assert differences(SENDER, records) == []


def test_a_command_that_leads_to_something_else_is_named() -> None:
    decide = SENDER.deciders["parcel"].decide

    def silent(asked: Any, state: Any) -> list[Any]:
        return [] if state.sent == 1 else decide(asked, state)

    found = differences(otherwise(SENDER, silent), sent(3))
    assert found == [f"sender/0/3 (parcel/{PARCEL}) led to Send, Sent, and now leads to Send"]


def test_another_content_of_the_same_event_is_named() -> None:
    def more(asked: Any, state: Any) -> list[Any]:
        return [Sent(parcel=asked.content.parcel, box="B")]

    (found,) = differences(otherwise(SENDER, more), sent(1))
    assert found.startswith(f"sender/0/1 (parcel/{PARCEL}) led to another Sent: data was {{'type': 'Sent'")
    assert "'box': 'B'" in found


def test_a_deadline_that_leads_to_something_else_is_named() -> None:
    records = sent(1)
    decide = KEEPER.deciders["parcel"].decide

    def patient(asked: Any, state: Any) -> list[Any]:
        return [] if isinstance(asked.content, Due) else decide(asked, state)

    (found,) = differences(otherwise(KEEPER, patient), keeping(records, keep_and_be_late), records)
    assert found.endswith(f"(parcel/{PARCEL}) led to Due, Overdue, and now leads to Due")


def test_a_foreign_event_that_led_to_nothing_and_now_does_is_named() -> None:
    records = sent(2)
    silent = otherwise(KEEPER, lambda asked, state: [])
    own = keeping_as(silent, records)
    assert own == []
    found = differences(KEEPER, own, records)
    assert found == [f"sender/0/{at} (parcel/{PARCEL}) led to nothing, and now leads to Kept" for at in (2, 4)]


def keeping_as(service: Service, records: list[Line]) -> list[Line]:
    batch = Batch(service, NOON)
    batch.writer.heads[0], batch.writer.consumed["sender", 0] = (
        PartitionHead(0, START, NOON),
        ConsumerPosition(0, START, 0),
    )
    before = [START, *(line.chain for line in records)]
    for line, chain in zip(records, before, strict=False):
        batch.decide_event(heard_of(("sender", 0), line, chain, 0, service))
    return lines_of(batch)


def test_one_difference_is_no_other_for_what_came_after_it() -> None:
    """What is decided next rests on what is on record, and not on what would have been."""
    decide = KEEPER.deciders["parcel"].decide

    def counts_anew(asked: Any, state: Any) -> list[Any]:
        return [Kept(parcel=PARCEL, times=7)] if state.sent == 1 else decide(asked, state)

    records = sent(3)
    found = differences(otherwise(KEEPER, counts_anew), keeping(records), records)
    assert [each.partition(" ")[0] for each in found] == ["sender/0/2"]


def test_what_was_parked_and_redriven_comes_out_as_it_was() -> None:
    records = sent(2)
    with poisonous():
        own = keeping(records)
        assert {json.loads(line.value)["type"] for line in own} == {"Parked"}
        assert differences(KEEPER, own, records) == []
    mended = differences(KEEPER, own, records)
    assert mended[0] == f"sender/0/2 (parcel/{PARCEL}) led to Parked, and now leads to Kept"


@contextmanager
def poisonous() -> Iterator[None]:
    POISONOUS.add(PARCEL)
    try:
        yield
    finally:
        POISONOUS.discard(PARCEL)


def test_a_record_is_decided_again_when_it_was_and_not_today() -> None:
    """By `recordedtime`, which is all that an entry knows of when."""
    asked_at = []
    decide = SENDER.deciders["parcel"].decide

    def noting(asked: Any, state: Any) -> list[Any]:
        asked_at.append((asked.occurred, asked.recorded))
        return decide(asked, state)

    assert differences(otherwise(SENDER, noting), sent(2)) == []
    assert asked_at == [(NOON, NOON)] * 2


def test_an_input_that_this_version_does_not_take_is_named_and_the_rest_goes_on() -> None:
    other = replace(SENDER, routes=(replace(SENDER.routes[0], command=Fetch),))
    found = differences(other, sent(2))
    assert [each.partition(" ")[0] for each in found] == ["sender/0/1", "sender/0/3"]
    assert found[0] == f"sender/0/1 (parcel/{PARCEL}) cannot be decided any more: KeyError('Send')"
