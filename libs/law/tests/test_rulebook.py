from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from law.rulebook import Act, load, loaded, prohibitions

ACT = """
id = "ACT-1"
title = "An act"
layer = "by-law"
citation = "Invented act, item 1"
in_force_from = 2026-01-10
known_from = 2026-01-05
source = "test"
sample = true

[[measures]]
kind = "prohibition"
prefix = "0511"
direction = "in"
origin = "*"
zone = "*"
"""
RESTATED = ACT.replace("known_from = 2026-01-05", "known_from = 2026-03-01\nin_force_to = 2026-01-31")


def acts(folder: Path, *texts: str) -> tuple[Act, ...]:
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text)
    return load(folder)


def forbidden(of: tuple[Act, ...], code: str, occurred: datetime, recorded: datetime) -> list[str]:
    return [act.id for act in prohibitions(code, direction="in", occurred=occurred, recorded=recorded, acts=of)]


def day(month: int, number: int, hour: int = 12) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def test_a_measure_reaches_the_codes_that_begin_with_its_prefix_in_its_direction(tmp_path: Path) -> None:
    of = acts(tmp_path, ACT)
    assert forbidden(of, "051199801", day(2, 1), day(2, 1)) == ["ACT-1"]
    assert forbidden(of, "051099801", day(2, 1), day(2, 1)) == []
    assert prohibitions("051199801", direction="out", occurred=day(2, 1), recorded=day(2, 1), acts=of) == []


def test_an_act_is_in_force_from_the_first_hour_of_its_day_at_ashgabat(tmp_path: Path) -> None:
    of = acts(tmp_path, ACT)
    assert forbidden(of, "051199801", datetime(2026, 1, 9, 18, 59, tzinfo=UTC), day(2, 1)) == []
    assert forbidden(of, "051199801", datetime(2026, 1, 9, 19, 0, tzinfo=UTC), day(2, 1)) == ["ACT-1"]


def test_an_act_is_asked_for_as_it_was_known_when_the_fact_was_recorded(tmp_path: Path) -> None:
    of = acts(tmp_path, ACT, RESTATED)
    assert forbidden(of, "051199801", day(2, 10), day(1, 4)) == []
    assert forbidden(of, "051199801", day(2, 10), day(1, 5)) == ["ACT-1"]
    assert forbidden(of, "051199801", day(2, 10), day(2, 10)) == ["ACT-1"]
    assert forbidden(of, "051199801", day(2, 10), day(3, 10)) == []
    assert forbidden(of, "051199801", day(1, 31), day(3, 10)) == ["ACT-1"]


@pytest.mark.parametrize("prefix", ["05", "051199801"])
def test_a_prefix_has_two_to_nine_digits_and_an_act_may_be_in_force_for_one_day(tmp_path: Path, prefix: str) -> None:
    for_a_day = ACT.replace("known_from", "in_force_to = 2026-01-10\nknown_from").replace('"0511"', f'"{prefix}"')
    of = acts(tmp_path, for_a_day)
    assert forbidden(of, "051199801", day(1, 10), day(2, 1)) == ["ACT-1"]
    assert forbidden(of, "051199801", day(1, 11), day(2, 1)) == []


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (ACT.replace('"by-law"', '"default"'), "the layer 'default' is none of"),
        (ACT.replace('"Invented act, item 1"', '" "'), "citation is empty"),
        (ACT.replace('citation = "Invented act, item 1"', ""), "KeyError"),
        (ACT + ACT[ACT.index("[[") :], "the same measure stands in it twice"),
        (ACT.replace('prefix = "0511"', 'prefix = "05A1"'), "not two to nine digits"),
        (ACT.replace('prefix = "0511"', 'prefix = "0511998012"'), "not two to nine digits"),
        (ACT.replace('prefix = "0511"', 'prefix = ""'), "not two to nine digits"),
        (ACT.replace('origin = "*"', 'origin = "UZ"'), "never obeyed"),
        (ACT.replace('direction = "in"', 'direction = "out"'), "never obeyed"),
        (ACT.replace("2026-01-10", '"2026-01-10"'), "is not a date"),
        (ACT.replace("known_from", "in_force_to = 2025-12-31\nknown_from"), "in force to a day before"),
    ],
)
def test_an_act_that_cannot_be_obeyed_or_cited_is_not_loaded_and_the_file_is_named(
    tmp_path: Path, wrong: str, why: str
) -> None:
    with pytest.raises(ValueError, match=r"^0\.toml: ") as refused:
        acts(tmp_path, wrong)
    assert why in str(refused.value)


def test_two_versions_of_an_act_that_are_known_alike_are_never_in_force_on_the_same_day(tmp_path: Path) -> None:
    ends = ACT.replace("known_from", "in_force_to = 2026-02-28\nknown_from")
    follows = ACT.replace("in_force_from = 2026-01-10", "in_force_from = 2026-03-01")
    assert len(acts(tmp_path, ends, follows)) == 2
    with pytest.raises(ValueError, match="are in force on the same day"):
        acts(tmp_path, ends, follows.replace("2026-03-01", "2026-02-28"))


def test_what_comes_with_the_rulebook_is_invented_and_says_so() -> None:
    assert [(act.id, act.sample, act.in_force_from) for act in loaded()] == [
        ("SAMPLE-PROHIBITIONS", True, date(2020, 1, 1))
    ]
