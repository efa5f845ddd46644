"""What one input leads to is published as one: all of it is weighed before it is recorded, as Kafka will hold it."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from chassis.api.commands import CommandReader
from chassis.service import PARKING_ROUTES
from chassis.tests.parcels import KEEPER, SENDER, Box, Send
from chassis.tests.test_batch import heard, keeper, sent
from chassis.tests.test_deadlines import NOON
from chassis.tests.workbench import SOMEBODY
from chassis.write import effects, entry_writer
from chassis.write.batch import Batch
from chassis.write.effects import TOLD_BYTES, TOLD_MAX
from chassis.write.inputs import INTERNAL, CommandEnvelope, PartitionHead
from chassis.write.parking import BEHIND, Redrive
from deploy.audit.tests.test_folding import command
from entries.actor import Actor
from entries.entry import START, Entry, weight

LONG = "P" * 900
SMALL = 4000
"""Of what is weighed here: an entry of a parcel weighs some 1,100 bytes."""


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_writer, "GROUP_BYTES", SMALL)


def sender() -> Batch:
    batch = Batch(SENDER, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    return batch


def weighs(entries: Sequence[Entry]) -> int:
    return sum(weight(entry.stream, entry.value) for entry in entries)


def test_a_command_that_is_too_large_is_refused_and_nothing_of_it_stays() -> None:
    batch = sender()
    assert batch.decide_command(command("P1", "a")).status == 200
    before = (list(batch.writer.entries), dict(batch.writer.heads), batch.loaded("parcel/P1", 0).sequence)
    large = command("P1", "b")._replace(content=Send(parcel="P1", box="B" * SMALL), data=b'"' + b"." * SMALL + b'"')
    answer = batch.decide_command(large)
    assert (answer.status, json.loads(answer.body)["type"]) == (413, "/problems/too-large-as-one")
    assert "Nothing was recorded" in json.loads(answer.body)["detail"]
    assert before == (batch.writer.entries, batch.writer.heads, batch.loaded("parcel/P1", 0).sequence)
    assert not batch.writer.internal_commands
    assert ("somebody", "b") not in batch.new_receipts
    assert batch.decide_command(command("P1", "c")).status == 200
    assert [entry.position for entry in batch.writer.entries] == [1, 2, 3, 4]


def test_what_stands_around_an_input_is_weighed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a long id four copies: the subject, the partition's key, Kafka's key, and whatever names it."""
    batch = sender()
    long = command(LONG, "a")
    assert batch.decide_command(long).status == 413
    assert not batch.writer.entries
    monkeypatch.setattr(entry_writer, "GROUP_BYTES", 3 * SMALL)
    assert batch.decide_command(long).status == 200
    assert 2 * SMALL < weighs(batch.writer.entries) <= 3 * SMALL


def test_what_a_stream_tells_another_is_a_case_where_it_leads_to_too_much() -> None:
    """It came by nobody's door, so it is recorded, without effect, and does not come again."""
    batch = sender()
    told = CommandEnvelope(
        stream="box/B", partition=0, type="Box", content=Box(box="B" * SMALL, parcel="P1"), data=b"{}", occurred=NOON,
        actor=Actor("somebody", "user"), client=INTERNAL, key="sender/0/1/1", requesthash="",
    )  # fmt: skip
    assert batch.decide_command(told).status == 500
    assert [entry.type for entry in batch.writer.entries] == ["Box", "CaseOpened"]
    assert batch.settled == [(0, "sender/0/1/1")]


def test_nothing_is_told_that_would_not_fit_as_an_input(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = sender()
    large = command("P1", "a")._replace(content=Send(parcel="P1", box="B" * TOLD_BYTES))
    monkeypatch.setattr(entry_writer, "GROUP_BYTES", 4 * TOLD_BYTES)
    assert batch.decide_command(large).status == 413
    monkeypatch.setattr(effects, "TOLD_BYTES_MAX", 100_000)
    many = command("P1", "b")._replace(content=Send(parcel="P1", box="B", boxes=20_000))
    assert batch.decide_command(many).status == 413
    assert not batch.writer.entries
    assert not batch.writer.internal_commands


def test_one_event_tells_no_more_streams_than_it_may() -> None:
    batch = sender()
    most = command("P1", "a")._replace(content=Send(parcel="P1", box="B", boxes=TOLD_MAX))
    assert (
        batch.decide_command(most._replace(key="b", content=Send(parcel="P1", box="B", boxes=TOLD_MAX + 1))).status
        == 413
    )
    assert not batch.writer.internal_commands
    assert batch.decide_command(most).status == 200
    assert len(batch.writer.internal_commands) == TOLD_MAX


def test_a_record_that_leads_to_too_much_is_parked_and_can_be_redriven_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entry_writer, "GROUP_BYTES", 3 * SMALL)
    batch, records = keeper(), heard(sent(LONG, LONG, LONG))
    monkeypatch.setattr(entry_writer, "GROUP_BYTES", 4200)
    for one in records:
        assert batch.decide_event(one) == "applied"
    parked = list(batch.loaded(f"parcel/{LONG}", 0).parked)
    assert [one.cause for one in parked] == ["TooLarge in Sent", BEHIND, BEHIND]
    records_parked = [one.record for one in parked]
    monkeypatch.setattr(entry_writer, "GROUP_BYTES", 19_000)
    assert redriven(batch, "all", records_parked) == 413
    assert redriven(batch, "the last", records_parked[1:]) == 409
    assert [redriven(batch, "first", records_parked[:1]), redriven(batch, "others", records_parked[1:])] == [200, 200]
    types = [entry.type for entry in batch.writer.entries[3:]]
    assert types == ["Redrive", "Redriven", "Kept", "Redrive", "Redriven", "Kept", "Kept"]
    assert not batch.loaded(f"parcel/{LONG}", 0).parked


def redriven(batch: Batch, key: str, records: list[str]) -> int:
    redrive = command(LONG, key)._replace(
        type="Redrive", content=Redrive(stream=f"parcel/{LONG}", records=tuple(records)), data=b"{}"
    )
    return batch.decide_command(redrive).status


def test_fields_at_their_default_are_not_written() -> None:
    assert read(SENDER, SENDER.routes[0], {"parcel": "P1", "box": None, "boxes": 1}).data == b'{"parcel":"P1"}'
    assert read(SENDER, SENDER.routes[0], {"parcel": "P1", "boxes": 2}).data == b'{"parcel":"P1","boxes":2}'
    once = read(KEEPER, PARKING_ROUTES[0], {"stream": "parcel/P1", "records": ["sender/0/2"], "dry_run": False})
    assert once.data == b'{"stream":"parcel/P1","records":["sender/0/2"]}'
    batch = sender()
    batch.decide_command(read(SENDER, SENDER.routes[0], {"parcel": "P1", "box": "B"})._replace(partition=0))
    assert [told.data for told in batch.writer.internal_commands] == [b'{"box":"B","parcel":"P1"}']


def test_a_default_that_is_stated_is_the_same_command() -> None:
    short, long = (read(SENDER, SENDER.routes[0], said) for said in ({"parcel": "P1"}, {"parcel": "P1", "boxes": 1}))
    assert (short.content, short.requesthash) == (long.content, long.requesthash)


def read(service: Any, route: Any, document: dict[str, Any]) -> CommandEnvelope:
    command_reader = CommandReader(service=service, route=route, subject=SOMEBODY)
    return command_reader.read(json.dumps(document).encode(), "k")
