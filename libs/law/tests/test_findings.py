import re
from datetime import date
from pathlib import Path

import pytest

from law import Finding, Ground
from law.findings import CLOSED_LIST, is_a_ground
from law.rulebook import load

ACT = """
id = "PAY"
title = "Payment before release"
layer = "by-law"
citation = "Invented act, item 4"
in_force_from = 2026-01-01
known_from = 2026-01-01
source = "test"
sample = true

[[grounds]]
provision = "4"
rule = "F12"
on = "payment_not_made"
"""


@pytest.mark.law("F12")
@pytest.mark.parametrize(("article", "rule"), CLOSED_LIST)
def test_art_8_2_the_codes_closed_list_gives_grounds(article: str, rule: str) -> None:
    ground = Ground(rule=rule, article=article, layer="code")  # type: ignore[arg-type]
    assert (ground.rule, ground.article) == (rule, article)


@pytest.mark.law("F12")
@pytest.mark.parametrize("article", ["", "8(2)", "20(2)", "29(2)", "36", "37(2)", "SAMPLE-PROHIBITIONS", "PAY 4"])
def test_art_8_2_nothing_else_in_the_code_and_no_act_that_is_not_loaded_is_a_ground(article: str) -> None:
    with pytest.raises(ValueError, match=re.escape("neither on the Code's closed list nor in a loaded act")):
        Ground(rule="F12", article=article, layer="code")  # type: ignore[arg-type]


@pytest.mark.law("F12")
def test_art_8_2_a_provision_of_a_loaded_act_is_a_ground_in_its_own_layer_only(tmp_path: Path) -> None:
    (tmp_path / "pay.toml").write_text(ACT)
    acts = load(tmp_path)
    assert is_a_ground("F12", "PAY 4", "by-law", acts)
    assert not is_a_ground("F12", "PAY 4", "treaty", acts)
    assert not is_a_ground("F12", "PAY 5", "by-law", acts)
    assert not is_a_ground("L9", "PAY 4", "by-law", acts)
    assert not is_a_ground("F12", "PAY 4", "by-law", ())


@pytest.mark.law("F12")
def test_art_8_2_a_ground_names_one_of_the_three_layers_of_law() -> None:
    with pytest.raises(ValueError, match="is no ground"):
        Ground(rule="L2", article="7(1)", layer="default")  # type: ignore[arg-type]


@pytest.mark.law("L8")
@pytest.mark.parametrize("article", ["20(2)", "7(1)", "7(1) para 3", "20(1)", "7(2)", "7(3)"])
def test_art_20_2_a_missing_proof_of_origin_cannot_be_made_a_ground_under_any_article(article: str) -> None:
    with pytest.raises(ValueError, match="is no ground"):
        Ground(rule="L8", article=article, layer="code")  # type: ignore[arg-type]


@pytest.mark.law("L8")
def test_art_20_2_no_act_below_a_treaty_makes_a_missing_proof_of_origin_a_ground(tmp_path: Path) -> None:
    by_fact = ACT.replace("payment_not_made", "origin_proof_missing")
    by_rule = ACT.replace('"F12"', '"L8"')
    for number, text in enumerate([by_fact, by_rule]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "pay.toml").write_text(text)
        with pytest.raises(ValueError, match=re.escape("pay.toml: ")) as refused:
            load(folder)
        assert "no ground (Art. 20(2))" in str(refused.value)


@pytest.mark.law("L8")
@pytest.mark.parametrize("spelt", ["origin_proof_absent", "Origin_proof_missing", "origin_proof_missing ", ""])
def test_art_20_2_no_other_spelling_lets_an_act_rest_a_ground_on_a_missing_proof(tmp_path: Path, spelt: str) -> None:
    (tmp_path / "pay.toml").write_text(ACT.replace("payment_not_made", spelt))
    with pytest.raises(ValueError, match=re.escape("pay.toml: ")) as refused:
        load(tmp_path)
    assert f"on is {spelt!r}; write one of origin_proof_missing, restriction_not_met" in str(refused.value)


@pytest.mark.law("L8")
def test_art_20_2_a_treaty_may_make_it_one_for_it_goes_before_the_code(tmp_path: Path) -> None:
    text = ACT.replace("payment_not_made", "origin_proof_missing").replace("by-law", "treaty")
    (tmp_path / "treaty.toml").write_text(text)
    (act,) = load(tmp_path)
    assert (act.grounds[0].on, act.in_force_from) == ("origin_proof_missing", date(2026, 1, 1))


def test_facts_stand_sorted_and_once() -> None:
    for facts in [(("b", "1"), ("a", "2")), (("a", "1"), ("a", "2"))]:
        with pytest.raises(ValueError, match="sorted by name"):
            Finding(rule="P2", article="37(2)", facts=facts)
        with pytest.raises(ValueError, match="sorted by name"):
            Ground(rule="L2", article="7(1)", layer="code", facts=facts)
