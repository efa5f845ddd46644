"""States are written and read by their parts: to the same bytes as a whole, and no part that is what it was again."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from entries import states
from entries.states import KEPT_BYTES_MAX, States, Unreadable


@dataclass(frozen=True, kw_only=True)
class Goods:
    codes: tuple[str, ...] = ()
    weight: int = 0


@dataclass(frozen=True, kw_only=True)
class Seals:
    numbers: tuple[str, ...] = ()
    shown: str = field(default="", compare=True)


@dataclass(frozen=True, kw_only=True)
class Cargo:
    goods: Goods = Goods()
    seals: Seals = Seals()
    notes: tuple[str, ...] = ()


CODES = Goods(codes=("080510200",), weight=20)
CARGO = Cargo(goods=CODES, notes=("frail",))
AS_JSON = b'{"goods":{"codes":["080510200"],"weight":20},"notes":["frail"]}'


def test_by_parts_it_is_the_same_as_at_once_whatever_was_before() -> None:
    of = States(Cargo())
    now = replace(CARGO, seals=Seals(numbers=("TM-1",)), notes=())
    read = [of.load(of.dump(each)) for each in (CARGO, now, Cargo(notes=("another",)))]
    for before in (of.none, *read, of.load(of.changed(of.none, CARGO))):
        assert of.changed(before, now) == of.dump(now)
        assert of.load(of.dump(now)).state == now


def test_what_is_at_its_default_is_not_written() -> None:
    of = States(Cargo())
    assert of.changed(of.none, CARGO) == AS_JSON
    before = of.load(AS_JSON)
    assert of.changed(before, replace(before.state, goods=Goods())) == b'{"notes":["frail"]}'
    assert of.changed(before, Cargo()) == of.changed(of.none, Cargo()) == b"{}"


def test_a_part_that_stays_is_neither_written_nor_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    of = States(Cargo())
    before = of.load(of.changed(of.none, CARGO))
    read: list[bytes] = []
    back = states.read_back

    def noted(data: bytes, reads: Callable[[bytes], Any], value: Any) -> Any:
        read.append(data)
        return back(data, reads, value)

    monkeypatch.setattr(states, "read_back", noted)
    after = of.changed(before, replace(before.state, notes=("frail", "cold")))
    assert read == [b'["frail","cold"]']
    assert of.load(after).state.goods is before.state.goods


def test_only_small_states_are_kept() -> None:
    of = States(Cargo())
    small, large = (of.dump(Cargo(notes=("n" * size,))) for size in (10, KEPT_BYTES_MAX))
    assert of.load(small) is of.load(bytes(bytearray(small)))
    assert of.load(large) == of.load(large)
    assert of.load(large) is not of.load(large)


def test_so_many_are_kept_and_those_that_were_used_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "STATES_KEPT", 2)
    of = States(Cargo())
    one, two, three = (of.dump(Cargo(notes=(name,))) for name in "abc")
    first, second = of.load(one), of.load(two)
    assert of.load(one) is first
    of.load(three)
    assert of.load(one) is first
    assert of.load(two) is not second


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
def test_what_does_not_come_back_is_not_stored() -> None:
    @dataclass(frozen=True, kw_only=True)
    class More(Cargo):
        more: int

    of = States(Cargo())
    for state in (replace(CARGO, goods=replace(CODES, weight="20")), replace(CARGO, notes=["frail"]), More(more=1)):  # type: ignore[arg-type]
        with pytest.raises(Unreadable):
            of.changed(of.none, state)


def test_a_part_of_a_later_version_is_refused() -> None:
    of = States(Cargo())
    for stored in (b'{"tares":{}}', b'{"goods":{"tare":1}}'):
        with pytest.raises(ValueError, match="tare"):
            of.load(stored)
