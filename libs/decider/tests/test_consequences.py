"""What holds now, held against what is on record."""

from decider import all_changed, changed, each_changed, without


def test_what_ended_is_said_before_what_began_one_by_one() -> None:
    found = each_changed(["b", "c"], ["a", "b"], begins=lambda one: f"+{one}", ends=lambda one: f"-{one}")
    assert found == ["-a", "+c"]
    assert each_changed(["a"], ["a"], begins=str, ends=str) == []


def test_what_is_less_may_be_more_than_what_is_not_among_the_others() -> None:
    def smaller(these: list[int], those: list[int]) -> list[int]:
        return [one - max(those, default=0) for one in these if one > max(those, default=0)]

    assert each_changed([5], [3], begins=lambda one: one, ends=lambda one: -one, less=smaller) == [2]  # type: ignore[arg-type]
    assert each_changed([3], [5], begins=lambda one: one, ends=lambda one: -one, less=smaller) == [-2]  # type: ignore[arg-type]


def test_all_that_ended_and_all_that_began_is_one_event_each_and_none_where_there_is_nothing() -> None:
    assert all_changed([1, 2, 3], [3, 4], begin=lambda new: ("new", new), end=lambda gone: ("gone", gone)) == [
        ("gone", (4,)), ("new", (1, 2)),
    ]  # fmt: skip
    assert all_changed([1], [1], begin=tuple, end=tuple) == []
    assert all_changed([], [1], begin=list, end=tuple) == [(1,)]
    assert all_changed([1], [], begin=list, end=tuple) == [[1]]


def test_what_holds_or_does_not_is_said_when_that_changes() -> None:
    for now, before, said in ((True, False, ["+"]), (False, True, ["-"]), (True, True, []), (False, False, [])):
        assert changed(now, before, begins=lambda: "+", ends=lambda: "-") == said


def test_without_keeps_the_order() -> None:
    assert without([3, 1, 2, 1], [2]) == (3, 1, 1)
