"""What a reader on Kafka is told before it decodes."""

import pytest

from entries.entry import RECORD_BYTES, START, headers, seen_of


def test_a_header_that_only_inputs_carry_tells_them_from_facts() -> None:
    names = {kind: [name for name, _ in headers(1, kind, START, "")] for kind in ("input", "event")}
    assert names["input"] == [*names["event"], "input"]


@pytest.mark.parametrize("kind", ["input", "event"])
def test_headers_fit_into_what_is_counted_for_them(kind: str) -> None:
    told = headers(10**18 - 1, kind, START, "00-" + "f" * 32 + "-" + "f" * 16 + "-01")
    assert sum(len(name) + len(value) + 10 for name, value in told) < RECORD_BYTES


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (b'{"id":"a/1/2","seen":"arrival=3,release=1","rulebook":"1","data":{}}', (("arrival", 3), ("release", 1))),
        (b'{"id":"a/1/2","rulebook":"1","data":{}}', ()),
        (b'{"id":"a/1/2","data":{"seen":"arrival=3"}}', ()),
    ],
)  # fmt: skip
def test_what_an_entry_has_seen_is_read_of_its_attributes_alone(value: bytes, seen: object) -> None:
    assert seen_of(value) == seen
