"""Which record an inbox takes, and when a record is ready: pure, on records as the broker hands them out."""

from dataclasses import dataclass, field

from chassis.consume.inboxes import Partition, PartitionInbox
from chassis.tests.parcels import JUDGE
from chassis.write import clock
from chassis.write.inputs import ConsumerPosition, UpstreamEvent
from entries.entry import START, document, headers, link, seen_of, write_seen
from telemetry.waiting import waiting


@dataclass
class Record:
    """The fields of a consumer's record that are read."""

    value: bytes
    headers: list[tuple[str, bytes]]
    offset: int
    key: bytes = b"parcel/P1"


@dataclass
class Topic:
    """Makes records as a relay would."""

    service: str
    chain: bytes = START
    records: list[Record] = field(default_factory=list)

    def write(self, type_: str, seen: dict[str, int] | None = None, kind: str = "event") -> Record:
        position = len(self.records) + 1
        attributes = {
            "id": f"{self.service}/0/{position}", "type": type_, "subject": "parcel/P1", "correlationid": "c",
            "time": "2026-03-02T12:00:00.000000Z", "traceparent": "", "seen": write_seen(seen or {}),
            "recordedtime": "2026-03-02T12:00:00.000000Z",
        }  # fmt: skip
        value = document(attributes, b'{"parcel": "P1", "times": 1}')
        self.chain = link(self.chain, value)
        self.records.append(Record(value, headers(position, kind, self.chain, ""), position - 1))
        return self.records[-1]


def inbox(upstream: str = "sender") -> PartitionInbox:
    return PartitionInbox(upstream, 0, ConsumerPosition(0, START, 0))


def positions(heard: list[UpstreamEvent]) -> list[tuple[str, int]]:
    return [(one.upstream, one.position) for one in heard]


def test_the_expected_record_is_taken_and_lower_ones_are_passed_over() -> None:
    topic, here = Topic("sender"), inbox()
    first, second = topic.write("Sent"), topic.write("Sent")
    assert [here.take(r, JUDGE) for r in (first, first, second, first)] == [
        "taken",
        "skipped",
        "taken",
        "skipped",
    ]
    assert here.consumed == ConsumerPosition(2, topic.chain, 2)


def test_a_hole_is_noticed_and_filled_from_behind() -> None:
    topic, here = Topic("sender"), inbox()
    first, second, third = (topic.write("Sent") for _ in range(3))
    assert [here.take(r, JUDGE) for r in (first, third, third)] == ["taken", "gap", "gap"]
    assert here.gaps == 2
    assert [here.take(r, JUDGE) for r in (second, third)] == ["taken", "taken"]
    assert here.gaps == 0


def test_a_strangers_record_is_no_hole_and_no_fork_whatever_position_it_carries() -> None:
    topic, here = Topic("sender"), inbox()
    far, next_one = (Record(b"hello", headers(at, "event", START, ""), 0) for at in (10**17, 1))
    taken = [here.take(record, JUDGE) for record in (far, next_one, topic.write("Sent"), far)]
    assert taken == ["skipped", "skipped", "taken", "skipped"]
    assert (here.gaps, here.stopped) == (0, None)


def test_another_chain_at_the_expected_position_stops_the_lane_until_the_right_one_comes() -> None:
    topic, other, here = Topic("sender"), Topic("sender"), inbox()
    first = topic.write("Sent")
    other.write("Sent", kind="input")
    fork = other.write("Sent", {"somebody": 1})
    assert here.take(first, JUDGE) == "taken"
    other.chain = START
    fork.headers[3] = ("chain", b"00" * 32)
    assert here.take(fork, JUDGE) == "fork"
    assert "a fork" in (here.stopped or "")
    second, third = topic.write("Sent"), topic.write("Sent")
    assert [here.take(record, JUDGE) for record in (fork, third)] == ["skipped", "skipped"]
    assert (here.gaps, here.stopped is None) == (0, False)
    assert [here.take(record, JUDGE) for record in (second, third)] == ["taken", "taken"]
    assert here.stopped is None


def test_a_record_without_a_position_is_passed_over() -> None:
    assert inbox().take(Record(b"what is this", [], 0), JUDGE) == "skipped"


def test_inputs_and_unknown_types_move_the_fence_and_are_not_decoded() -> None:
    topic, here = Topic("sender"), inbox()
    for record in (topic.write("Send", kind="input"), topic.write("NeverHeardOf")):
        assert here.take(record, JUDGE) == "taken"
    assert [(heard.content, heard.stream, heard.trouble) for heard in here.records] == [(None, "", None)] * 2


def test_a_document_that_cannot_be_read_comes_with_its_trouble() -> None:
    here = inbox()
    value = b'["no document"]'
    assert here.take(Record(value, headers(1, "event", link(START, value), ""), 0), JUDGE) == "taken"
    (heard,) = here.records
    assert (heard.stream, heard.content, heard.value, heard.trouble) == (
        "parcel/P1",
        None,
        value,
        "ValueError in sender",
    )


def test_a_document_that_cannot_be_read_and_is_of_no_stream_of_ours_is_passed_over() -> None:
    here = inbox()
    here.take(Record(b"{", headers(1, "event", link(START, b"{"), ""), 0, b"stranger/1"), JUDGE)
    assert [(heard.stream, heard.position) for heard in here.records] == [("", 1)]


def both_lanes() -> tuple[Partition, Topic, Topic]:
    inboxes = {"keeper": inbox("keeper"), "sender": inbox("sender")}
    return Partition(inboxes, {"keeper": 0, "sender": 0}), Topic("keeper"), Topic("sender")


def test_an_effect_waits_for_its_cause() -> None:
    partition, keeper, sender = both_lanes()
    partition.inboxes["keeper"].take(keeper.write("Kept", {"sender": 2}), JUDGE)
    partition.inboxes["sender"].take(sender.write("Sent"), JUDGE)
    assert positions(partition.ready(10)) == [("sender", 1)]
    assert waiting([partition], JUDGE.hears, clock.now())["oldest_waiting"] == "2026-03-02T12:00:00+00:00"
    partition.inboxes["sender"].take(sender.write("Sent"), JUDGE)
    assert positions(partition.ready(10)) == [("sender", 2), ("keeper", 1)]
    assert waiting([partition], JUDGE.hears, clock.now())["oldest_waiting"] is None


def test_what_nobody_here_listens_to_is_not_waited_for() -> None:
    partition, keeper, _ = both_lanes()
    partition.inboxes["keeper"].take(keeper.write("Kept", {"stranger": 7}), JUDGE)
    assert positions(partition.ready(10)) == [("keeper", 1)]


def test_what_was_not_reached_comes_again_in_the_same_order() -> None:
    partition, keeper, sender = both_lanes()
    for _ in range(3):
        partition.inboxes["sender"].take(sender.write("Sent"), JUDGE)
    partition.inboxes["keeper"].take(keeper.write("Kept", {"sender": 3}), JUDGE)
    chosen = partition.ready(10)
    for heard in reversed(chosen[1:]):
        partition.put_back(heard)
    assert positions(partition.ready(10)) == positions(chosen[1:])


def test_what_comes_back_when_the_lane_has_gone_on_is_not_taken_again() -> None:
    partition, _, sender = both_lanes()
    for _ in range(3):
        partition.inboxes["sender"].take(sender.write("Sent"), JUDGE)
    first, second, third = partition.ready(10)
    partition.put_back(first)  # The third was handed out behind it.
    assert partition.ready(10) == []
    partition.put_back(third)
    partition.put_back(second)
    assert positions(partition.ready(10)) == [("sender", 2), ("sender", 3)]
    again = inbox()  # Somebody has begun it anew, at its consumer position.
    partition.inboxes["sender"], partition.applied["sender"] = again, 1
    partition.put_back(third)
    partition.put_back(second)
    assert positions(partition.ready(10)) == []


def test_what_nobody_here_takes_has_its_place_behind_what_it_has_seen_too() -> None:
    """An input, or an event of a type that is not taken: what this service has seen holds whatever that had seen."""
    keeper, sender = Topic("keeper"), Topic("sender")
    here, there = inbox("keeper"), inbox("sender")
    partition = Partition({"keeper": here, "sender": there}, {"keeper": 0, "sender": 0})
    for record in (keeper.write("Keep", {"sender": 1}, kind="input"), keeper.write("Forgotten", {"sender": 2})):
        here.take(record, JUDGE)
    assert positions(partition.ready(9)) == []
    there.take(sender.write("Sent"), JUDGE)
    assert positions(partition.ready(9)) == [("sender", 1), ("keeper", 1)]
    there.take(sender.write("Sent"), JUDGE)
    assert positions(partition.ready(9)) == [("sender", 2), ("keeper", 2)]


def test_what_a_document_has_seen_is_read_from_its_attributes_alone() -> None:
    said = {"id": "a", "type": 'x","seen":"sender=9', "subject": "s"}
    assert seen_of(document({**said, "seen": "keeper=2,sender=1"}, b'{"seen":"sender=7"}')) == (
        ("keeper", 2),
        ("sender", 1),
    )
    assert seen_of(document(said, b'{"seen":"sender=7"}')) == ()
