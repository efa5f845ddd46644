"""What an audit of entries notices: each test spoils one thing in a log that was whole."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count, islice
from typing import Any

import orjson
import pytest

from chassis.consume.inboxes import heard_of
from chassis.recover.replaying import Disagreement
from chassis.tests.parcels import KEEPER, SENDER, Send
from chassis.write.batch import Batch
from chassis.write.inputs import INTERNAL, CommandEnvelope, ConsumerPosition, ParkedRecord, PartitionHead, Receipt
from deploy.audit.folding import Account, State, check_chain, check_same, fold, in_order
from deploy.audit.reading import Snapshot
from deploy.audit.verifying import Audit, check_accounts
from entries.actor import Actor
from entries.entry import START, Line, link, partition_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PARCELS = list(islice((f"P{n}" for n in count() if partition_of(f"parcel/P{n}") == 0), 3))
"""Such as stand on the partition of all that is audited here."""


def log(size: int, parcels: list[str] = PARCELS) -> list[Line]:
    """A partition's log of so many commands, each with its event."""
    batch = Batch(SENDER, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    for number in range(size):
        batch.decide_command(command(parcels[number % 3], f"k{number}"))
    return lines_of(batch)


def lines_of(batch: Batch) -> list[Line]:
    return [Line(e.position, e.kind, e.stream, e.chain, e.value) for e in batch.writer.entries]


def kept(lines: list[Line]) -> list[Line]:
    """What a keeper writes of all that a sender wrote."""
    batch = Batch(KEEPER, NOON)
    batch.writer.heads[0], batch.writer.consumed["sender", 0] = (
        PartitionHead(0, START, NOON),
        ConsumerPosition(0, START, 0),
    )
    for before, line in zip([START, *(line.chain for line in lines)], lines, strict=False):
        batch.decide_event(heard_of(("sender", 0), line, before, line.position, KEEPER))
    return lines_of(batch)


def otherwise(lines: list[Line], position: int, **attributes: str) -> list[Line]:
    """The same log, whole in itself, but one entry says something else of itself."""
    said = orjson.loads(lines[position - 1].value) | attributes
    spoiled, chain = list[Line](), START
    for line in lines:
        value = orjson.dumps(said) if line.position == position else line.value
        chain = link(chain, value)
        spoiled.append(line._replace(value=value, chain=chain))
    return spoiled


def command(parcel: str, key: str) -> CommandEnvelope:
    return CommandEnvelope(
        stream=f"parcel/{parcel}", partition=0, type="Send", content=Send(parcel=parcel), data=b"{}", occurred=NOON,
        actor=Actor("somebody", "user"), client="somebody", key=key, requesthash=key, traceparent="",
    )  # fmt: skip


def audit(lines: list[Line]) -> None:
    check_chain(in_order(lines, "here"), "here")


def test_a_whole_log_holds() -> None:
    audit(log(5))


def test_entries_that_stand_twice_are_passed_over() -> None:
    lines = log(5)
    assert in_order([*lines[:6], *lines[2:]], "here") == lines


def test_a_flipped_byte_is_named() -> None:
    lines = log(5)
    value = bytearray(lines[4].value)
    value[40] ^= 1
    lines[4] = lines[4]._replace(value=bytes(value))
    with pytest.raises(Disagreement, match="here: the chain breaks at position 5"):
        audit(lines)


def test_a_flipped_byte_in_a_repetition_is_named() -> None:
    lines = log(5)
    with pytest.raises(Disagreement, match="here: position 2 stands twice, with two contents"):
        audit([*lines, lines[1]._replace(value=lines[1].value + b" ")])


def test_a_removed_entry_is_named() -> None:
    lines = log(5)
    with pytest.raises(Disagreement, match="here: position 4 is missing, 10 is there"):
        audit(lines[:3] + lines[4:])


def test_a_removed_end_is_named() -> None:
    lines = log(5)
    with pytest.raises(Disagreement, match="here: the topic ends at position 9, the journal at 10"):
        check_same(lines[:-1], lines, "here")


def test_two_swapped_entries_are_named() -> None:
    lines = log(5)
    lines[2], lines[3] = (
        lines[3]._replace(position=3, chain=lines[2].chain),
        lines[2]._replace(position=4, chain=lines[3].chain),
    )
    with pytest.raises(Disagreement, match="here: the chain breaks at position 3"):
        audit(lines)


def test_another_log_that_is_whole_in_itself_is_named() -> None:
    with pytest.raises(Disagreement, match="here: topic and journal differ at position 1"):
        check_same(log(1), [line._replace(value=b"{}") for line in log(1)], "here")


def test_folding_comes_to_the_states_that_deciding_came_to() -> None:
    batch = Batch(SENDER, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    for number in range(7):
        batch.decide_command(command(PARCELS[number % 3], f"k{number}"))
    live = {
        held.stream: State(held.sequence, held.kind.states.dump(held.state), None) for held in batch.states.values()
    }
    folded = fold(SENDER, 0, log(7), {}, {})
    assert folded == Account(states=live, receipts=batch.new_receipts)
    assert len(folded.receipts) == 7


def test_a_command_that_raises_leaves_the_others_as_they_are() -> None:
    batch = Batch(SENDER, NOON)
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    batch.writer.consumed = {("nobody", 0): ConsumerPosition(0, START, 0)}
    broken = command("P1", "b")._replace(content=Send(parcel="P1", broken=True))
    answers = [batch.decide_command(one) for one in (command("P1", "a"), broken, command("P1", "c"))]
    assert [answer.status for answer in answers] == [200, 500, 200]
    assert [entry.type for entry in batch.writer.entries] == ["Send", "Sent", "Send", "CaseOpened", "Send", "Sent"]


SAID = {
    "its recordedtime 2026-03-02T11:59:59.999999Z is before that of the entry before it": {
        "recordedtime": "2026-03-02T11:59:59.999999Z", "time": "2026-03-01T12:00:00.000000Z",
    },
    "its time 2026-03-02T12:00:00.000001Z is after its recordedtime": {"time": "2026-03-02T12:00:00.000001Z"},
    "its id is sender/0/6, not sender/0/5": {"id": "sender/0/6"},
    "its id is sender/1/5, not sender/0/5": {"id": "sender/1/5"},
    "its source is /services/keeper, not": {"source": "/services/keeper"},
    "its subject is parcel/other, not": {"subject": "parcel/other"},
    "its partitionkey is parcel/other, not": {"partitionkey": "parcel/other"},
    "its sequence is 0000000002, not 0000000001": {"sequence": "0000000002"},
    "cannot be read": {"recordedtime": "noon"},
}  # fmt: skip


@pytest.mark.parametrize("told", SAID)
def test_an_entry_that_says_of_itself_what_is_not_so_is_named(told: str) -> None:
    with pytest.raises(Disagreement, match=rf"^sender/0 at position 5 \({log(5)[4].stream}\):? {told}"):
        fold(SENDER, 0, otherwise(log(5), 5, **SAID[told]), {}, {})


def test_what_was_told_has_the_time_of_its_cause_though_the_clock_was_set_back_since() -> None:
    ahead = {"time": "2026-03-02T13:00:00.000000Z", "client": INTERNAL}
    assert fold(SENDER, 0, otherwise(log(5), 5, **ahead, causationid="sender/1/4"), {}, {}).states
    with pytest.raises(Disagreement, match=r"its time 2026-03-02T13:00:00.000000Z is after its recordedtime"):
        fold(SENDER, 0, otherwise(log(5), 5, **ahead), {}, {})


def test_times_may_stand_still_and_facts_be_old() -> None:
    assert fold(SENDER, 0, otherwise(log(5), 5, time="2020-01-01T00:00:00.000000Z"), {}, {}).states


def test_a_stream_of_another_partition_is_named() -> None:
    other = next(f"P{n}" for n in count() if partition_of(f"parcel/P{n}") == 7)
    with pytest.raises(Disagreement, match=rf"position 3 \(parcel/{other}\): its stream belongs to partition 7"):
        fold(SENDER, 0, log(3, [PARCELS[0], other, PARCELS[1]]), {}, {})


def test_an_input_that_stands_there_as_an_event_is_named() -> None:
    lines = log(5)
    lines[4] = lines[4]._replace(kind="event")
    with pytest.raises(Disagreement, match=r"position 5 .* cannot be read"):
        fold(SENDER, 0, lines, {}, {})


def test_an_entry_that_has_seen_less_than_the_one_before_it_is_named() -> None:
    upstream = {"sender": log(5)}
    whole = kept(log(5))
    assert fold(KEEPER, 0, whole, upstream, {"sender": 10}).states
    assert b'"seen":"sender=6"' in whole[2].value
    with pytest.raises(Disagreement, match=r"position 3 .*: it has seen less of sender than the one before it"):
        fold(KEEPER, 0, otherwise(whole, 3, seen="sender=2"), upstream, {"sender": 10})


SENT = log(5)


def snapshots(sent: list[Line], reader: list[Line]) -> dict[str, Snapshot]:
    """Databases that hold these journals, and live what they come to."""
    applied = {"sender": ConsumerPosition(len(sent), sent[-1].chain, 0)}
    live = fold(KEEPER, 0, reader, {"sender": sent}, {"sender": len(sent)})
    return {
        "sender": Snapshot(sent, tail(sent), {}, fold(SENDER, 0, sent, {}, {}), frozenset()),
        "keeper": Snapshot(reader, tail(reader), applied, live, frozenset()),
    }


def tail(lines: list[Line]) -> PartitionHead:
    return PartitionHead(len(lines), lines[-1].chain if lines else START, NOON)


def audited(databases: dict[str, Snapshot], topics: dict[str, list[Line]], *names: str) -> None:
    audit = Audit({"sender": SENDER, "keeper": KEEPER}, None, {}, "")
    for name in names:
        audit.check(name, 0, databases, topics)


def test_databases_and_topics_that_hold_the_same_agree() -> None:
    reader = kept(SENT)
    audited(snapshots(SENT, reader), {"sender": SENT, "keeper": reader}, "sender", "keeper")


@pytest.mark.parametrize(
    ("topic", "told"),
    [
        (SENT[:8], "the topic ends at position 8, the journal at 10"),
        (otherwise(SENT, 9, authid="another"), "topic and journal differ at position 9"),
    ],
)
def test_a_topic_that_is_whole_in_itself_and_not_the_journal_again_is_named(topic: list[Line], told: str) -> None:
    reader = kept(SENT)
    with pytest.raises(Disagreement, match=f"^sender/0: {told}"):
        audited(snapshots(SENT, reader), {"sender": topic, "keeper": reader}, "sender")


def test_an_end_or_a_fence_that_is_not_where_the_log_is_is_named() -> None:
    sent, reader = log(5), kept(log(5))
    right, topics = snapshots(sent, reader), {"sender": sent, "keeper": reader}
    told = "would be put behind something else than position 10"
    for wrong in (tail(sent)._replace(chain=START), tail(sent)._replace(recorded=NOON.replace(hour=11))):
        with pytest.raises(Disagreement, match=f"^sender/0 in the journal: what comes next {told}"):
            audited(right | {"sender": replace(right["sender"], tail=wrong)}, topics, "sender")
    with pytest.raises(Disagreement, match=r"^sender/0 in the journal: it ends at position 10, but 11 was given out"):
        audited(
            right | {"sender": replace(right["sender"], tail=PartitionHead(11, sent[-1].chain, NOON))}, topics, "sender"
        )
    elsewhere = {"sender": ConsumerPosition(10, sent[8].chain, 0)}
    with pytest.raises(Disagreement, match=r"^keeper/0: what was applied of sender at position 10 is not its entry"):
        audited(right | {"keeper": replace(right["keeper"], applied=elsewhere)}, topics, "keeper")


def test_what_a_reader_has_come_to_is_folded_from_each_side_by_itself() -> None:
    sent, reader = log(5), list[Line]()
    others = log(5, [PARCELS[0], PARCELS[0], PARCELS[0]])
    right = snapshots(sent, reader)
    with pytest.raises(Disagreement, match=r"^keeper/0: folded from the topics, the state is not the live one"):
        audited(right, {"sender": others, "keeper": reader}, "keeper")
    wrong = {"sender": snapshots(others, reader)["sender"], "keeper": right["keeper"]}
    with pytest.raises(Disagreement, match=r"^keeper/0"):
        audited(wrong, {"sender": sent, "keeper": reader}, "keeper")


LIVE: dict[str, Any] = {
    "the state is not the live one: parcel/P": {"states": {"parcel/P": State(2, b"{}", None)}},
    "the receipt is not the live one: key k of somebody": {"receipts": {("somebody", "k"): Receipt("h", 0, 1, 2)}},
    "what is parked is not the same: r of parcel/P": {"parked": [ParkedRecord(0, 1, "parcel/P", "r", "c", b"")]},
    "what is still to be told is not the same: k to partition 3": {"agenda": {(3, "k")}},
}


@pytest.mark.parametrize("told", LIVE)
def test_whatever_is_live_and_not_folded_or_folded_and_not_live_is_named(told: str) -> None:
    for folded, live in ((Account(**LIVE[told]), Account()), (Account(), Account(**LIVE[told]))):
        with pytest.raises(Disagreement, match=f"^here, {told}"):
            check_accounts(folded, live, "here")
    assert Account(**LIVE[told]).digest() != Account().digest()
