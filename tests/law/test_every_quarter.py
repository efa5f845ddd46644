"""Every value that the law dates has one answer on every day of two centuries: no gap, and no overlap."""

from datetime import date, timedelta

from law.dated import Dated, Version
from law.rulebook import in_force_on, loaded
from law.terms import TEMPORARY_STORAGE
from tests.law.dated import RECORDED, dated_values, quarter_days, wrong

ONE = Version(value=1)


def test_every_dated_value_has_one_answer_in_every_quarter_of_two_centuries() -> None:
    assert wrong(dated_values()) == []


def test_an_act_is_in_force_in_one_version_at_most() -> None:
    for known in RECORDED:
        for when in quarter_days():
            ids = [act.id for act in in_force_on(loaded(), when=when, known=known)]
            assert len(ids) == len(set(ids))


def test_the_values_are_found_wherever_they_stand() -> None:
    found = dated_values()
    assert TEMPORARY_STORAGE in found
    names = {each.name for each in found}
    assert names >= {"FRP-MIX", "MRY-AIR", "default:arrival.notice.lead.sea", "default:days.count"}
    assert len(names) == len(found) >= 27


def test_quarters_are_asked_for_on_their_first_and_their_last_day() -> None:
    days = list(quarter_days())
    assert len(days) == 200 * 4 * 2
    assert days[:4] == [date(2000, 1, 1), date(2000, 3, 31), date(2000, 4, 1), date(2000, 6, 30)]
    assert days[-1] == date(2199, 12, 31)
    assert {(after - before).days for before, after in zip(days[1::2], days[2::2], strict=False)} == {1}


def test_a_planted_gap_is_noticed() -> None:
    ends = Version(value=1, in_force_to=date(2031, 9, 29))
    begins = Version(value=2, in_force_from=date(2031, 10, 1))
    gap = Dated(name="planted", versions=(ends, begins))
    assert wrong([gap], RECORDED[:1]) == ["planted has 0 values on 2031-09-30 as known on 2000-01-01"]
    whole = Version(value=1, in_force_to=date(2031, 9, 30))
    assert wrong([Dated(name="whole", versions=(whole, begins))]) == []


def test_a_planted_overlap_is_noticed_also_where_the_value_need_not_be_total() -> None:
    for total in (True, False):
        other = Version(value=2, in_force_from=date(2031, 9, 30))
        overlap = Dated(name="planted", versions=(ONE, other), total=total)
        assert wrong([overlap], RECORDED[:1]) == ["planted has 2 values on 2031-09-30 as known on 2000-01-01"]


def test_a_gap_that_only_becomes_known_is_noticed() -> None:
    late = Version(value=1, known_from=RECORDED[0] + timedelta(days=1))
    assert wrong([Dated(name="planted", versions=(late,))]) == [
        "planted has 0 values on 2000-01-01 as known on 2000-01-01"
    ]
