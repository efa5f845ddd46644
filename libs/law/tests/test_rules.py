from pathlib import Path

import pytest

from law.rules import FILE, catalogue, load

TEXT = """
[text]
in_force_from = 2010-09-25
known_from = 2010-09-25

[[rules]]
id = "P2"
articles = ["37(2)"]
sentence = "Seals stay whole."
by = "computed"

[[officer]]
articles = ["37(2)"]
sentence = "Who broke them."
"""


def test_a_rule_has_the_dates_of_the_text_unless_it_states_its_own(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(TEXT)
    found = load(tmp_path / "rules.toml")
    assert (found.rules[0].in_force_from.year, found.rules[0].served, found.officer[0].commands) == (2010, True, ())
    (tmp_path / "rules.toml").write_text(TEXT.replace('by = "computed"', 'by = "officer"\nin_force_from = 2023-09-30'))
    assert load(tmp_path / "rules.toml").rules[0].in_force_from.year == 2023


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (TEXT.replace('"computed"', '"nobody"'), "rules 1: by is 'nobody'; write one of computed, officer, person"),
        (TEXT.replace('"37(2)"]', "]", 1), "'Seals stay whole.' has no article; name what it rests on"),
        (TEXT.replace('sentence = "Who', 'text = "Who'), "officer 1: there is no field text"),
    ],
)
def test_a_rule_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path, wrong: str, why: str) -> None:
    (tmp_path / "rules.toml").write_text(wrong)
    with pytest.raises(ValueError, match=r"^rules\.toml: ") as refused:
        load(tmp_path / "rules.toml")
    assert why in str(refused.value)


def test_no_rule_stands_twice_under_an_article() -> None:
    pairs = [(rule.id, article) for rule in catalogue().rules for article in rule.articles]
    assert len(pairs) == len(set(pairs))
    assert load(FILE) == catalogue()
