"""What is sent and counted is the same on all sides."""

from collections import Counter
from types import SimpleNamespace

from benchmarks.bare import LAST, Bare, bodies
from benchmarks.faststream_lifecycle import Message, commands, events, inputs, is_own
from benchmarks.latency import hop_seconds
from benchmarks.shipments import COMPLETED, STEPS, lorry, per_lifecycle
from client import SERVICES

SIZES = {
    "arrival": {"movement": [100] * 6, "consignment": [90] * 6},
    "presentation": {"movement": [80] * 3, "consignment": [70] * 3},
    "clearance": {"movement": list[int](), "consignment": [60] * 7},
    "release": {"movement": list[int](), "consignment": [50] * 5},
}


def test_a_lifecycle_is_ten_steps_and_a_lorry_sends_64_commands() -> None:
    assert len(STEPS) == 10
    assert sum(len(step.lines([lorry("V1")])) for step in STEPS) == 64


def test_a_vehicle_s_entries_are_shared_by_its_consignments() -> None:
    assert per_lifecycle(SIZES) == 21 + 0.9


def test_the_bare_loop_writes_as_many_entries_of_the_same_sizes_and_ends_each_lifecycle_once() -> None:
    written: dict[str, list[tuple[str, bytes]]] = {}
    records = [SimpleNamespace(topic="bench.R.arrival.commands", key=b"V0", value=b"")]
    for service in SERVICES:
        bare = Bare(service, "R", SIZES[service])
        rows = [row for record in records for row in bare.rows(record)]
        written[service] = [(row.stream, row.value) for row in rows]
        topic = f"bench.R.{service}.events"
        records = [SimpleNamespace(topic=topic, key=row.stream.encode(), value=row.value) for row in rows]
    assert {name: len(rows) for name, rows in written.items()} == {
        "arrival": 66, "presentation": 33, "clearance": 70, "release": 50,
    }  # fmt: skip
    assert {len(value) for stream, value in written["presentation"] if stream.startswith("consignment")} == {70}
    completed = Counter(stream for stream, value in written["release"] if COMPLETED in value)
    assert completed == Counter({f"consignment/V0-{number}": 1 for number in range(10)})


def test_only_the_last_body_says_so() -> None:
    assert [body.endswith(LAST) for body in bodies([30, 20, 40], completes=True)] == [False, False, True]
    assert list(bodies([], completes=True)) == []


def test_on_faststream_the_same_commands_lead_to_one_completion_each_in_any_order() -> None:
    for order in (list, reversed):
        known: dict[tuple[str, str], set[str]] = {}
        completed = Counter[str]()
        waiting = [(service, Message.model_validate_json(value)) for service, _, value in order(list(commands("V0")))]
        while waiting:
            service, message = waiting.pop(0)
            for each in inputs(service, message):
                before = known.setdefault((service, each.stream), set())
                found = events(service, each, before)
                before |= {each.type, *(event.type for event in found)}
                later = SERVICES[SERVICES.index(service) + 1 :]
                waiting += [(hearer, event) for event in found for hearer in later]
                completed.update(event.stream for event in found if event.type == "ClearanceCompleted")
        assert completed == Counter({f"V0-{number}": 1 for number in range(10)})


def test_of_what_a_service_on_faststream_hears_only_its_own_commands_stand_in_its_journal() -> None:
    assert is_own("presentation", Message(type="PresentGoods", stream="V0-1"))
    assert not is_own("presentation", Message(type="GoodsCrossed", stream="V0-1"))


def entry(id_: str, subject: str, recorded: str, cause: str | None = None) -> dict[str, str]:
    found = {"id": id_, "subject": subject, "recordedtime": f"2026-03-02T08:00:{recorded}Z"}
    return found | {"source": f"/services/{id_.partition('/')[0]}"} | ({"causationid": cause} if cause else {})


def test_a_hop_leads_from_one_service_to_another_and_is_of_this_run() -> None:
    entries = [
        entry("arrival/1/1", "movement/tir_carnet.L0_1", "00.000"),
        entry("arrival/1/2", "movement/tir_carnet.L0_1", "00.000", cause="arrival/1/1"),
        entry("presentation/1/1", "movement/tir_carnet.L0_1", "00.025", cause="arrival/1/2"),
        entry("arrival/1/3", "movement/tir_carnet.L0W_1", "00.000"),
        entry("presentation/1/2", "movement/tir_carnet.L0W_1", "09.000", cause="arrival/1/3"),
    ]
    assert hop_seconds(entries, "L0") == [0.025]
