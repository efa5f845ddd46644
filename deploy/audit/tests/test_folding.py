"""What an audit of entries notices: each test spoils one thing in a log that was whole."""

from datetime import UTC, datetime

import pytest

from chassis.batch import Batch
from chassis.entry import START, Line
from chassis.inputs import Fence, Given, Tail
from chassis.replaying import Disagreement
from chassis.tests.parcels import SENDER, Send
from deploy.audit.folding import Account, State, check_chain, check_same, fold, in_order

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def log(count: int) -> list[Line]:
    """A partition's log of `count` commands, each with its event."""
    batch = Batch(SENDER, NOON)
    batch.ledger.tails[0] = Tail(0, START, NOON)
    for number in range(count):
        batch.decide_given(command(f"P{number % 3}", f"k{number}"))
    return [Line(e.position, e.kind, e.stream, e.chain, e.value) for e in batch.ledger.entries]


def command(parcel: str, key: str) -> Given:
    return Given(
        stream=f"parcel/{parcel}", partition=0, type="Send", content=Send(parcel=parcel), data=b"{}", occurred=NOON,
        authid="somebody", authtype="user", client="somebody", key=key, requesthash=key, traceparent="",
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
    batch.ledger.tails[0] = Tail(0, START, NOON)
    for number in range(7):
        batch.decide_given(command(f"P{number % 3}", f"k{number}"))
    live = {held.stream: State(held.sequence, held.kind.dump(held.state), None) for held in batch.states.values()}
    folded = fold(SENDER, 0, log(7), {}, {})
    assert folded == Account(states=live, receipts=batch.new_receipts)
    assert len(folded.receipts) == 7


def test_a_command_that_raises_leaves_the_others_as_they_are() -> None:
    batch = Batch(SENDER, NOON)
    batch.ledger.tails[0] = Tail(0, START, NOON)
    batch.ledger.fences = {("nobody", 0): Fence(0, START, 0)}
    broken = command("P1", "b")._replace(content=Send(parcel="P1", broken=True))
    answers = [batch.decide_given(one) for one in (command("P1", "a"), broken, command("P1", "c"))]
    assert [answer.status for answer in answers] == [200, 500, 200]
    assert [entry.type for entry in batch.ledger.entries] == ["Send", "Sent", "Send", "CaseOpened", "Send", "Sent"]
