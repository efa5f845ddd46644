from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from law.rulebook import Act, MeasureKind, applied, fate_of, in_force, load, loaded, procedure, term_of

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
TERM = """
[[terms]]
name = "temporary storage"
provision = "2"
prefix = "0511"
count = 10
"""
RESTATED = ACT.replace("known_from = 2026-01-05", "known_from = 2026-03-01\nin_force_to = 2026-01-31")
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


def acts(folder: Path, *texts: str) -> tuple[Act, ...]:
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text)
    return load(folder)


def forbidden(
    of: tuple[Act, ...], code: str, occurred: datetime, recorded: datetime, origin: str | None = None
) -> list[str]:
    found = applied("prohibition", code, origin=origin, direction="in", occurred=occurred, recorded=recorded, acts=of)
    return [act.id for act, _ in found]


def needed(kind: MeasureKind, code: str, origin: str | None = None) -> list[tuple[str, str | None]]:
    """What comes with the rulebook asks of these goods."""
    found = applied(kind, code, origin=origin, direction="in", occurred=NOW, recorded=NOW, acts=loaded())
    return [(act.id, measure.requires) for act, measure in found]


def day(month: int, number: int, hour: int = 12) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def test_a_measure_reaches_the_codes_that_begin_with_its_prefix_in_its_direction(tmp_path: Path) -> None:
    of = acts(tmp_path, ACT)
    assert forbidden(of, "051199801", day(2, 1), day(2, 1)) == ["ACT-1"]
    assert forbidden(of, "051099801", day(2, 1), day(2, 1)) == []
    out = applied(
        "prohibition", "051199801", origin=None, direction="out", occurred=day(2, 1), recorded=day(2, 1), acts=of
    )
    assert out == []


def test_a_measure_on_an_origin_reaches_goods_of_that_origin_and_none_whose_origin_is_not_known(tmp_path: Path) -> None:
    of = acts(tmp_path, ACT.replace('origin = "*"', 'origin = "XA"'))
    origins = ("XA", "XB", None)
    assert [forbidden(of, "051199801", day(2, 1), day(2, 1), each) for each in origins] == [["ACT-1"], [], []]


@pytest.mark.parametrize(
    ("layers", "fate"),
    [(("by-law",), None), (("by-law", "by-law"), "destroyed"), (("by-law", "by-law", "treaty"), "handed over")],
)
def test_what_becomes_of_prohibited_goods_is_as_the_highest_act_that_provides_it_says(
    tmp_path: Path, layers: tuple[str, ...], fate: str | None
) -> None:
    fates = ("", 'fate = "destroyed"', 'fate = "handed over"')
    of = acts(
        tmp_path,
        *(
            ACT.replace("ACT-1", f"ACT-{number}").replace("by-law", layer) + said
            for number, (layer, said) in enumerate(zip(layers, fates, strict=False))
        ),
    )
    found = fate_of(
        applied(
            "prohibition", "051199801", origin=None, direction="in", occurred=day(2, 1), recorded=day(2, 1), acts=of
        )
    )
    assert (found[1] if found else None) == fate


def test_a_measure_is_asked_for_by_its_kind() -> None:
    assert needed("prohibition", "240220900", "XA") == [("SAMPLE-ORIGIN", None)]
    assert needed("prohibition", "240220900", "XB") == needed("restriction", "240220900", "XA") == []
    assert needed("restriction", "300490000") == [("SAMPLE-RESTRICTIONS", "medicine import permit")]
    assert needed("control", "020230500") == [("SAMPLE-CONTROLS", "veterinary")]
    assert needed("control", "080810800") == [("SAMPLE-CONTROLS", "phytosanitary")]


def stored(
    of: tuple[Act, ...], code: str, occurred: datetime, recorded: datetime, origin: str | None = None
) -> tuple[str, int] | None:
    found = term_of("temporary storage", code, origin=origin, occurred=occurred, recorded=recorded, acts=of)
    return (found[0].id, found[1].count) if found else None


def test_a_term_is_for_the_goods_that_its_row_names_and_of_their_origin_where_it_names_one(tmp_path: Path) -> None:
    of = acts(tmp_path, ACT + TERM)
    assert stored(of, "051199801", day(2, 1), day(2, 1)) == ("ACT-1", 10)
    assert stored(of, "051099801", day(2, 1), day(2, 1)) is None
    of = acts(tmp_path, ACT + TERM + 'origin = "XA"')
    origins = ("XA", "XB", None)
    assert [stored(of, "051199801", day(2, 1), day(2, 1), each) for each in origins] == [("ACT-1", 10), None, None]


def test_a_term_is_asked_for_as_its_act_was_known_and_by_the_day_on_which_it_begins(tmp_path: Path) -> None:
    longer = (ACT + TERM).replace("known_from = 2026-01-05", "known_from = 2026-03-01").replace("= 10", "= 20")
    of = acts(tmp_path, ACT + TERM, longer)
    assert stored(of, "051199801", day(1, 9), day(2, 10)) is None
    assert stored(of, "051199801", day(2, 10), day(1, 4)) is None
    assert stored(of, "051199801", day(2, 10), day(2, 28)) == ("ACT-1", 10)
    assert stored(of, "051199801", day(2, 10), day(3, 1)) == ("ACT-1", 20)


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


def test_a_procedure_is_that_of_its_checkpoint_for_its_modes_and_days() -> None:
    found = procedure("ASB-AIR", "air", occurred=NOW, recorded=NOW, acts=loaded())
    assert found is not None
    assert (found.version, found.notice_required, found.lead) == ("ASB-AIR/1", True, 120)
    early = datetime(2019, 12, 31, 18, 59, tzinfo=UTC)
    for place, mode, when in (("ASB-AIR", "road", NOW), ("TMB-AIR", "air", NOW), ("ASB-AIR", "air", early)):
        assert procedure(place, mode, occurred=when, recorded=when, acts=loaded()) is None


def test_what_comes_with_the_rulebook_is_invented_and_says_so() -> None:
    assert [(act.id, act.sample, act.in_force_from) for act in loaded()] == [
        (f"SAMPLE-{name}", True, date(2020, 1, 1))
        for name in (
            "CONTROLS", "GROUNDS", "ORIGIN", "PREFERENCES", "PROCEDURES", "PROHIBITIONS", "RESTRICTIONS", "STORAGE",
            "TREATY",
        )
    ]  # fmt: skip
    assert {act.id for act in in_force(loaded(), occurred=NOW, recorded=NOW)} == {act.id for act in loaded()}


def test_a_permit_that_the_samples_require_is_one_that_they_name() -> None:
    named = {permit.kind for act in loaded() for permit in act.permits}
    assert {row.requires for act in loaded() for row in act.measures if row.kind == "restriction"} == named
