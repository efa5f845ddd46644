from pathlib import Path

import pytest

from law.rules import FILE, catalogue, load

TEXT = """
[[rules]]
id = "P2"
articles = ["37(2)"]
sentence = "Seals stay whole."
by = "computed"

[[officer]]
articles = ["37(2)"]
sentence = "Who broke them."
"""


def test_a_rule_has_the_dates_of_the_code_unless_it_states_its_own(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(TEXT)
    found = load(tmp_path / "rules.toml")
    assert (found.rules[0].in_force_from.year, found.rules[0].function, found.officer[0].commands) == (2010, None, ())
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


def test_every_function_is_one_rule_and_the_catalogue_goes_as_the_goods_do() -> None:
    functions = [rule.function for rule in catalogue().rules if rule.function]
    assert len(functions) == len(set(functions)) > 80
    ids = [*dict.fromkeys(rule.id for rule in catalogue().rules)]
    assert ids[:2] == ["F1", "F4"]
    assert ids.index("A4") < ids.index("P2") < ids.index("D5") < ids.index("C3") < ids.index("L2")
    assert load(FILE).rules == tuple(rule for rule in catalogue().rules if not rule.function)
