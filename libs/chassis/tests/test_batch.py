"""What one batch does with records and commands, in memory."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from chassis.consume.inboxes import heard_of
from chassis.recover.replaying import Replay
from chassis.tests.parcels import JUDGE, KEEPER, SENDER, Send
from chassis.tests.test_deadlines import NOON
from chassis.write.batch import Batch
from chassis.write.effects import EFFECTS_MAX, Effect, TooLarge, bounded
from chassis.write.inputs import UNHEARD, ConsumerPosition, PartitionHead, UpstreamEvent
from deploy.audit.tests.test_folding import command
from entries.entry import START, Line


def sent(*parcels: str) -> list[Line]:
    """A sender's log: for each parcel its command and its event."""
    batch = Batch(SENDER, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    for number, parcel in enumerate(parcels):
        assert batch.decide_command(command(parcel, f"k{number}")).status == 200
    return [Line(e.position, e.kind, e.stream, e.chain, e.value) for e in batch.writer.entries]


def heard(lines: Sequence[Line]) -> list[UpstreamEvent]:
    chains = [START, *(line.chain for line in lines)]
    pairs = zip(lines, chains, strict=False)
    return [heard_of(("sender", 0), line, chain, line.position, KEEPER) for line, chain in pairs]


def keeper() -> Batch:
    batch = Batch(KEEPER, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    batch.writer.consumed["sender", 0] = ConsumerPosition(0, START, 0)
    return batch


def test_a_record_that_comes_again_is_dropped_and_one_from_behind_a_hole_is_stale() -> None:
    batch, records = keeper(), heard(sent("P1", "P1"))
    assert batch.decide_event(records[1]) == "stale"
    assert [batch.decide_event(one) for one in (*records[:2], *records)] == [
        "applied", "applied", "dropped", "dropped", "applied", "applied",
    ]  # fmt: skip
    assert [entry.type for entry in batch.writer.entries] == ["Kept", "Kept"]


def test_a_record_with_another_history_is_not_taken() -> None:
    batch = keeper()
    here, there = heard(sent("P1", "P2")), heard(sent("P3", "P2"))
    assert [batch.decide_event(one) for one in (here[0], here[1], there[2])] == ["applied", "applied", "stale"]


def test_a_record_is_stale_as_long_as_what_it_has_seen_was_not_applied() -> None:
    """Whoever hands it out too early, as after a batch that was not committed as a whole."""
    batch = Batch(JUDGE, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    batch.writer.consumed |= {("sender", 0): UNHEARD, ("keeper", 0): UNHEARD}
    behind, effects = heard(sent("P1")), keeper()
    for one in behind:
        effects.decide_event(one)
    (effect,) = effects.writer.entries
    line = Line(effect.position, effect.kind, effect.stream, effect.chain, effect.value)
    early = heard_of(("keeper", 0), line, START, 0, JUDGE)
    verdicts = [batch.decide_event(one) for one in (early, behind[0], early, behind[1], early)]
    assert verdicts == ["stale", "applied", "stale", "applied", "applied"]


def test_what_an_entry_has_seen_is_of_its_own_input_and_not_of_the_batch() -> None:
    batch = keeper()
    for one in heard(sent("P1", "P2", "P3")):
        batch.decide_event(one)
    assert [json.loads(entry.value)["seen"] for entry in batch.writer.entries] == ["sender=2", "sender=4", "sender=6"]


def test_one_input_leads_to_no_more_than_a_topic_takes_as_one() -> None:
    small = Effect("Sent", b"{}", None)
    assert bounded([small] * EFFECTS_MAX)
    with pytest.raises(TooLarge):
        bounded([small] * (EFFECTS_MAX + 1))


def test_a_told_command_is_bounded_by_nobody_but_its_own_stream() -> None:
    batch = Batch(SENDER, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    batch.decide_command(command("P1", "k")._replace(content=Send(parcel="P1", box="B", boxes=20_000)))
    assert len({told.key for told in batch.writer.internal_commands}) == 20_000


def test_a_stream_begins_with_what_founds_it_and_is_known_from_then_on() -> None:
    batch = Batch(SENDER, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    by_id = command("P1", "k1")._replace(founds=False)
    assert batch.decide_command(by_id).status == 404
    assert batch.writer.entries == []
    assert batch.decide_command(command("P1", "k2")).status == 200
    assert batch.decide_command(by_id).status == 200


def test_a_stream_of_which_only_others_have_spoken_is_known() -> None:
    batch = keeper()
    assert not batch.loaded("parcel/P1", 0).begun
    assert [batch.decide_event(one) for one in heard(sent("P1"))] == ["applied", "applied"]
    assert batch.loaded("parcel/P1", 0).begun


def test_by_what_is_said_of_it_a_stream_is_found_also_when_that_is_taken_back() -> None:
    service = replace(SENDER, numbers=lambda said: [f"N-{type(said).__name__}"])
    batch = Batch(service, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    assert batch.decide_command(command("P1", "k1")).status == 200
    assert batch.writer.numbers == {("N-Send", "parcel/P1", 0), ("N-Sent", "parcel/P1", 0)}
    again = Replay(Batch(service, NOON), 0, {})
    for entry in batch.writer.entries:
        again.own(Line(entry.position, entry.kind, entry.stream, entry.chain, entry.value))
    assert ("N-Sent", "parcel/P1", 0) in again.batch.writer.numbers
