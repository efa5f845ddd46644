"""An origin that is no country: in each row of an act that goes by origin (Art. 12(3))."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from law.origins import of_origin
from law.rulebook import Act, applied, grounds_of, load, preferred_by, term_of

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
UNION = "Sample Customs Union"
HEADING = """
id = "{id}"
title = "An act"
layer = "{layer}"
citation = "Invented act, item 1"
in_force_from = 2026-01-10
known_from = 2026-01-05
source = "test"
"""
GOODS = f'prefix = "0511"\norigin = "{UNION}"\n'
PROHIBITED = f'[[measures]]\nkind = "prohibition"\ndirection = "in"\nzone = "*"\n{GOODS}'
ROWS = (
    PROHIBITED
    + f'[[terms]]\nname = "temporary storage"\nprovision = "1"\ncount = 10\n{GOODS}'
    + f'[[grounds]]\nprovision = "2"\non = "payment_not_made"\neffect = "withhold"\n{GOODS}'
    + f'[[preferences]]\nprovision = "3"\n{GOODS}'
)
DISPLACES = f'[[displaces]]\npoint = "prohibition"\nprovision = "4"\n{GOODS}'


def acts(folder: Path, *texts: str) -> tuple[Act, ...]:
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text, encoding="utf-8")
    return load(folder)


def found(of: tuple[Act, ...], origin: str | None, area: str | None) -> list[bool]:
    """Whether prohibition, term, ground and preference are of these goods."""
    goods = {"origin": origin, "area": area}
    then = {"occurred": NOW, "recorded": NOW, "acts": of}
    return [
        bool(applied("prohibition", "051199000", direction="in", **goods, **then)),  # type: ignore[arg-type]
        bool(term_of("temporary storage", "051199000", **goods, **then)),  # type: ignore[arg-type]
        bool(grounds_of("051199000", regime=None, **goods, **then)),  # type: ignore[arg-type]
        bool(preferred_by("051199000", **goods, **then)),  # type: ignore[arg-type]
    ]


@pytest.mark.law("O2")
@pytest.mark.parametrize(
    ("origin", "area", "are"),
    [
        (None, UNION, True),
        ("KZ", "SAMPLE customs-union", True),
        ("KZ", "Sample Region", False),
        ("KZ", None, False),
        (None, None, False),
    ],
)
def test_art_12_3_each_row_may_name_a_group_or_a_part_of_countries_as_the_origin(
    tmp_path: Path, origin: str | None, area: str | None, *, are: bool
) -> None:
    assert found(acts(tmp_path, HEADING.format(id="ACT-1", layer="by-law") + ROWS), origin, area) == [are] * 4


@pytest.mark.law("O2", "F23")
def test_art_12_3_a_treaty_takes_away_what_is_said_of_such_an_origin_and_of_no_other(tmp_path: Path) -> None:
    prohibited = HEADING.format(id="ACT-1", layer="by-law") + PROHIBITED + PROHIBITED.replace(UNION, "Sample Region")
    of = acts(tmp_path, prohibited, HEADING.format(id="ACT-2", layer="treaty") + DISPLACES)
    assert not found(of, None, UNION)[0]
    assert found(of, "KZ", "Sample region")[0]


@pytest.mark.law("O2")
def test_art_12_3_an_area_is_of_an_origin_by_its_name_and_a_country_by_its_code() -> None:
    assert of_origin(UNION, None, "sample customs union")
    assert not of_origin("XA", None, UNION)
    assert not of_origin(UNION, "XA", None)
    assert of_origin("XA", "XA", "Sample Region")


def test_two_rows_for_one_area_in_two_spellings_overlap(tmp_path: Path) -> None:
    twice = HEADING.format(id="ACT-1", layer="by-law") + PROHIBITED + PROHIBITED.replace(UNION, UNION.upper())
    with pytest.raises(ValueError, match="overlap"):
        acts(tmp_path, twice)


def test_a_preference_is_for_one_origin(tmp_path: Path) -> None:
    any_origin = '[[preferences]]\nprovision = "3"\norigin = "*"\n'
    with pytest.raises(ValueError, match="a preference is for one origin"):
        acts(tmp_path, HEADING.format(id="ACT-1", layer="by-law") + any_origin)
