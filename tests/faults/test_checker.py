"""The checker finds nothing in a whole history, and every defect that is planted in it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.faults.checker import check
from tests.faults.evidence import Log, read_log
from tests.faults.gathering import entries_of
from tests.faults.history import CLIENT, FIRST, History, cut, fire, restored, rewrite, whole

Plant = Callable[[History], None]
PLANTED: list[tuple[str, Plant, str]] = []
"""A defect in words, how to plant it, and a part of what the checker has to say of it."""


def planted(words: str, said: str) -> Callable[[Plant], Plant]:
    def add(plant: Plant) -> Plant:
        PLANTED.append((words, plant, said))
        return plant

    return add


def topic(history: History, service: str = "presentation", partition: int = 1) -> list[object]:
    return history.evidence.topics[service, partition]  # type: ignore[return-value]


def test_a_whole_history_has_no_defect() -> None:
    report = check(whole().evidence)
    assert report.defects == []
    assert (report.commands, report.shipments, report.inputs, report.told, report.events) == (2, 2, 4, 2, 6)
    assert str(report).endswith("0 lost, 0 doubled, 0 out of order, 0 altered")


def test_records_that_stand_again_with_the_same_bytes_are_counted_and_no_defect() -> None:
    history = whole()
    topic(history).extend(topic(history)[:2])
    report = check(history.evidence)
    assert report.defects == []
    assert report.repeated == 2


def test_what_a_restore_lost_and_listed_may_have_been_answered_twice() -> None:
    report = check(restored().evidence)
    assert report.defects == []
    assert report.listed == 1


def test_what_was_given_up_without_an_answer_may_be_recorded() -> None:
    history = whole()
    key = {"client": CLIENT, "idempotencykey": "another", "seen": "arrival=2"}
    history.write("presentation", 2, "PresentVehicle", "movement/M2", **key)
    history.evidence.unanswered = [("presentation", CLIENT, "another")]
    assert check(history.evidence).defects == []


def test_a_deadline_that_fired_once_is_no_defect() -> None:
    history = whole()
    fire(history)
    report = check(history.evidence)
    assert report.defects == []
    assert (report.told, report.deadlines) == (2, 1)


def test_what_was_found_amiss_may_be_withdrawn_where_the_order_was_free() -> None:
    history = whole()
    cause = history.evidence.journals["arrival", 1][1]
    history.evidence.expected = [replace(each, plain=False) for each in history.evidence.expected]
    for type_ in ("GoodsFindingsRecorded", "GoodsFindingsWithdrawn"):
        data = {"type": type_, "findings": [{"rule": "P1"}]}
        history.write("presentation", 1, type_, FIRST, cause=cause, seen="arrival=2", data=data)
    assert check(history.evidence).defects == []


@planted("an entry in the middle of a topic is lost", "lost: the topic has no presentation/1/2")
def _(history: History) -> None:
    del topic(history)[1]


@planted("the last entry of a topic is lost", "lost: the topic ends at presentation/1/2, the journal at 3")
def _(history: History) -> None:
    topic(history).pop()


@planted("the journal has lost what the topic has", "lost: the journal ends at presentation/1/2, the topic at 3")
def _(history: History) -> None:
    history.evidence.journals["presentation", 1].pop()


@planted("the journal has a gap", "lost: the journal has no presentation/1/2")
def _(history: History) -> None:
    del history.evidence.journals["presentation", 1][1]


@planted("an accepted command is nowhere", "lost: PresentGoods of consignment/C1 under the key C1/PresentGoods was")
def _(history: History) -> None:
    cut(history.evidence, "presentation", 1, keep=1)


@planted("an answered event is nowhere", "lost: PresentGoods of consignment/C1 under the key C1/PresentGoods was")
def _(history: History) -> None:
    cut(history.evidence, "presentation", 1, keep=2)


@planted("the event downstream is missing", "lost: consignment/C2 has no CheckpointDetermined in presentation")
def _(history: History) -> None:
    cut(history.evidence, "presentation", 2, keep=0)


@planted("a told command is missing", "lost: consignment/C2 has no AnnounceConsignment in arrival")
def _(history: History) -> None:
    cut(history.evidence, "presentation", 2, keep=0)
    cut(history.evidence, "arrival", 2, keep=0)


@planted("the cause is nowhere", "lost: arrival/2/1 follows from arrival/0/7, which is nowhere")
def _(history: History) -> None:
    rewrite(history.evidence, "arrival", 2, 1, causationid="arrival/0/7")


@planted("one key has two inputs", "doubled: the key C1/PresentGoods of officer@test has 2 inputs in presentation")
def _(history: History) -> None:
    key = {"client": CLIENT, "idempotencykey": "C1/PresentGoods", "seen": "arrival=2"}
    history.write("presentation", 1, "PresentGoods", FIRST, **key)


@planted("a told command has two inputs", "doubled: the key arrival/0/2/1 of agenda has 2 inputs in arrival")
def _(history: History) -> None:
    cause = history.evidence.journals["arrival", 0][1]
    told = {"client": "agenda", "idempotencykey": "arrival/0/2/1"}
    history.write("arrival", 1, "AnnounceConsignment", FIRST, cause=cause, **told)


@planted("one cause has its effect twice, under two ids", "doubled: arrival/1/2 led 2 times to CheckpointDetermined")
def _(history: History) -> None:
    cause = history.evidence.journals["arrival", 1][1]
    history.write("presentation", 1, "CheckpointDetermined", FIRST, cause=cause, seen="arrival=2")


@planted("a shipment has an effect twice, from two causes", "doubled: consignment/C1 has GoodsPresented 2 times")
def _(history: History) -> None:
    cause = history.evidence.journals["arrival", 1][1]
    history.write("presentation", 1, "GoodsPresented", FIRST, cause=cause, seen="arrival=2")


@planted("a command led to more than was answered", "doubled: NotifyArrival of movement/M1 under the key")
def _(history: History) -> None:
    cause = history.evidence.journals["arrival", 0][0]
    history.write("arrival", 0, "BorderCrossed", "movement/M1", cause=cause)


@planted("an input that nobody was told of", "doubled: presentation/1/4 is an input that nobody was told of")
def _(history: History) -> None:
    key = {"client": CLIENT, "idempotencykey": "another", "seen": "arrival=2"}
    history.write("presentation", 1, "PresentGoods", FIRST, **key)


@planted("two entries are swapped on the topic", "out of order: presentation/1/3 stands before presentation/1/2")
def _(history: History) -> None:
    records = topic(history)
    records[1], records[2] = records[2], records[1]


@planted("`seen` goes back", "out of order: presentation/1/2 has seen less than the entry in front of it")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 2, seen="arrival=1")


@planted("`seen` forgets an upstream", "out of order: presentation/1/2 has forgotten an upstream")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 2, seen="")


@planted("`seen` runs ahead", "out of order: presentation/1/3 has seen arrival/1/9, which is not there")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 3, seen="arrival=9")


@planted("an effect came before its cause was seen", "out of order: presentation/1/1 stands before its cause")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 1, seen="arrival=1")


@planted("an effect was seen without its cause", "out of order: clearance/1/1 has seen presentation/1/3 and not its")
def _(history: History) -> None:
    cause = history.evidence.journals["presentation", 1][2]
    history.write("clearance", 1, "ReadyForRelease", FIRST, cause=cause, seen="presentation=3")


@planted("recorded goes back", "out of order: presentation/1/3 was recorded before the entry in front of it")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 3, recordedtime="2026-02-28T09:30:00.000000Z")


@planted("a stream counts wrongly", "out of order: presentation/1/3 is not the 3th of consignment/C1")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 3, sequence="0000000004")


@planted("a stream stands on two partitions", "out of order: clearance/2/1: consignment/C1 stands on two partitions")
def _(history: History) -> None:
    given = {"client": CLIENT, "idempotencykey": "C1/LodgeDeclaration"}
    history.accept(history.write("clearance", 2, "LodgeDeclaration", FIRST, **given))


@planted("a fact came too late to be heeded", "out of order: consignment/C1 was found amiss at presentation/1/3")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 3, data={"findings": [{"rule": "P1"}]})


@planted("a byte is flipped on both sides", "altered: the chain breaks at presentation/1/2")
def _(history: History) -> None:
    rows = history.evidence.journals["presentation", 1]
    rows[1] = replace(rows[1], value=rows[1].value.replace(b"09:30", b"09:31"))
    topic(history)[1] = rows[1]


@planted("a document cannot be read any more", "altered: the document at presentation/1/3 says that it is another")
def _(history: History) -> None:
    rows = history.evidence.journals["presentation", 1]
    rows[2] = replace(rows[2], value=rows[2].value[:-1], chain=sha256(rows[1].chain + rows[2].value[:-1]).digest())
    topic(history)[2] = rows[2]


@planted("a byte is flipped on the topic", "altered: topic and journal differ at presentation/1/2")
def _(history: History) -> None:
    row = history.evidence.journals["presentation", 1][1]
    topic(history)[1] = replace(row, value=row.value.replace(b"09:30", b"09:31"))


@planted("a position stands twice with two contents", "altered: presentation/1/2 stands twice on the topic")
def _(history: History) -> None:
    row = history.evidence.journals["presentation", 1][1]
    topic(history).append(replace(row, value=row.value.replace(b"09:30", b"09:31")))


@planted("a document says that it stands elsewhere", "altered: the document at presentation/1/3 says that it is")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 3, id="presentation/1/4")


@planted("an input is marked as an event", "altered: presentation/1/2 is no event")
def _(history: History) -> None:
    rows = history.evidence.journals["presentation", 1]
    rows[1] = replace(rows[1], kind="event")
    topic(history)[1] = rows[1]


@planted("an event names no cause", "altered: presentation/1/1 names no cause")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 1, causationid=None)


@planted("an effect belongs to another chain of causes", "altered: presentation/1/3 has another correlation")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 3, correlationid="arrival/2/1")


@planted(
    "an answer carried another receipt", "altered: NotifyArrival of movement/M1 under the key M1/NotifyArrival was"
)
def _(history: History) -> None:
    first, *others = history.evidence.accepted
    history.evidence.accepted = [replace(first, receipt={**first.receipt, "chain": "00" * 32}), *others]


@planted("an answered event was another", "altered: PresentGoods of consignment/C1 under the key C1/PresentGoods was")
def _(history: History) -> None:
    rewrite(history.evidence, "presentation", 1, 3, data={"type": "GoodsPresented", "packages_found": 1})


@planted("what was found amiss stays", "out of order: consignment/C1 stays amiss since presentation/1/3")
def _(history: History) -> None:
    history.evidence.expected = [replace(each, plain=False) for each in history.evidence.expected]
    rewrite(history.evidence, "presentation", 1, 3, data={"findings": [{"rule": "P1"}]})


@planted("a deadline fires twice", "doubled: presentation/2/3 is the deadline term that fired at presentation/2/2")
def _(history: History) -> None:
    fire(history)
    fire(history, idempotencykey="consignment/C2/term/3")


@planted("a deadline fires too early", "out of order: presentation/2/2 fired before its instant")
def _(history: History) -> None:
    instant = "2026-03-01T10:00:00Z"
    fire(history, time=instant, data={"name": "term", "instant": instant})


@planted("a deadline happens at another time", "altered: presentation/2/2 does not happen at its instant")
def _(history: History) -> None:
    fire(history, time="2026-03-01T08:00:00Z")


@planted("a client sends a deadline", "altered: presentation/2/2 is no deadline")
def _(history: History) -> None:
    fire(history, client="stranger")


@planted("a told command names no cause", "altered: arrival/2/1 names no cause")
def _(history: History) -> None:
    rewrite(history.evidence, "arrival", 2, 1, causationid=None)


@planted("a command raised", "lost: presentation/1/2 could not be decided, says presentation/1/4")
def _(history: History) -> None:
    cause = history.evidence.journals["presentation", 1][1]
    opened = {"case": cause.where, "error": "ValueError"}
    history.write("presentation", 1, "CaseOpened", FIRST, cause=cause, seen="arrival=2", data=opened)


def park(history: History) -> None:
    cause = history.evidence.journals["arrival", 2][1]
    parked = {"record": cause.where, "cause": "ValueError"}
    history.write("presentation", 2, "Parked", "consignment/C2", cause=cause, seen="arrival=2", data=parked)


@planted("a parked record is never decided", "lost: arrival/2/2 was parked at presentation/2/2 and never decided")
def _(history: History) -> None:
    park(history)


@planted("another record is re-driven", "out of order: presentation/2/4 names arrival/2/1, which is not parked there")
def _(history: History) -> None:
    park(history)
    marks = {"client": CLIENT, "idempotencykey": "redrive", "seen": "arrival=2"}
    given = history.write("presentation", 2, "Redrive", "consignment/C2", **marks)
    redriven = {"records": ["arrival/2/1"]}
    history.write("presentation", 2, "Redriven", "consignment/C2", cause=given, seen="arrival=2", data=redriven)


@pytest.mark.parametrize(("words", "plant", "said"), PLANTED, ids=[words for words, _, _ in PLANTED])
def test_the_checker_catches(words: str, plant: Plant, said: str) -> None:
    must_catch(whole(), words, plant, said)


def must_catch(history: History, words: str, plant: Plant, said: str) -> None:
    plant(history)
    report = check(history.evidence)
    assert any(str(defect).startswith(said) for defect in report.defects), f"{words}, and it found: {report}"
    assert not report.whole


def not_sent_again(history: History) -> None:
    cut(history.evidence, "presentation", 1, keep=1)


def not_listed(history: History) -> None:
    not_sent_again(history)
    history.evidence.listed = []


def twice_again(history: History) -> None:
    key = {"client": CLIENT, "idempotencykey": "C1/PresentGoods", "seen": "arrival=2"}
    history.write("presentation", 1, "PresentGoods", FIRST, **key)


def never_lost(history: History) -> None:
    history.evidence.listed.append(replace(history.evidence.listed[0], key="C2/PresentGoods"))


def answered_otherwise(history: History) -> None:
    """The first answer fits neither what was lost nor what is there."""
    first, second, third = history.evidence.accepted
    history.evidence.accepted = [first, replace(second, receipt={**second.receipt, "chain": "00" * 32}), third]


def events_were_others(history: History) -> None:
    first, second, third = history.evidence.accepted
    history.evidence.accepted = [first, replace(second, events=[]), third]


def published(history: History) -> None:
    """What was lost stands on the topic, under a position that was given out again."""
    history.evidence.topics["presentation", 1] += history.evidence.set_aside[0]["presentation", 1]


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (not_sent_again, "lost: the key C1/PresentGoods of officer@test was listed as lost in presentation, and stays"),
        (not_listed, "lost: presentation/1/2 under the key C1/PresentGoods was lost by a restore, and not listed"),
        (twice_again, "doubled: the key C1/PresentGoods of officer@test has 2 inputs in presentation"),
        (never_lost, "altered: the key C2/PresentGoods of officer@test was listed as lost in presentation, and was"),
        (answered_otherwise, "altered: PresentGoods of consignment/C1 under the key C1/PresentGoods was answered"),
        (events_were_others, "doubled: PresentGoods of consignment/C1 under the key C1/PresentGoods was answered"),
        (published, "altered: presentation/1/2 stands twice on the topic, with two contents"),
    ],
)
def test_the_checker_catches_after_a_restore(plant: Plant, said: str) -> None:
    must_catch(restored(), plant.__name__, plant, said)


def test_a_record_without_the_headers_of_an_entry_is_a_strangers_and_none() -> None:
    marks = [("position", b"7"), ("kind", b"event"), ("chain", b"00ff")]
    for headers, found in ((None, 0), ([], 0), (marks[:1], 0), (marks, 1)):
        told = {"headers": headers, "partition": 3, "key": b"box/B", "value": b"{}"}
        record = SimpleNamespace(**{name: partial(lambda said: said, said) for name, said in told.items()})
        assert len(list(entries_of(record, "arrival"))) == found


def test_the_log_is_read_as_it_was_written(tmp_path: Path) -> None:
    evidence = restored().evidence
    with Log(tmp_path / "accepted.jsonl") as log:
        for accepted in evidence.accepted:
            log.add_accepted(accepted)
        log.add_expected(evidence.expected)
        log.add_listed(evidence.listed)
        log.add_unanswered("presentation", CLIENT, ["another"])
    again = read_log(log.path)
    assert (again.accepted, again.expected, again.listed) == (evidence.accepted, evidence.expected, evidence.listed)
    assert again.unanswered == [("presentation", CLIENT, "another")]
