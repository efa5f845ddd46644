import re
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
on = "payment_not_made"
effect = "withhold"
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
    assert is_a_ground("L9", "PAY 4", "by-law", acts)
    assert not is_a_ground("L9", "PAY 4", "treaty", acts)
    assert not is_a_ground("L9", "PAY 5", "by-law", acts)
    assert not is_a_ground("L10", "PAY 4", "by-law", acts)
    assert not is_a_ground("L9", "PAY 4", "by-law", ())


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
@pytest.mark.parametrize("fact", ["origin_proof_missing", "origin_proof_absent", "Payment_not_made", ""])
def test_art_20_2_no_act_rests_a_ground_on_a_fact_that_is_not_on_the_closed_list(tmp_path: Path, fact: str) -> None:
    (tmp_path / "pay.toml").write_text(ACT.replace("payment_not_made", fact))
    with pytest.raises(ValueError, match=re.escape("pay.toml: ")) as refused:
        load(tmp_path)
    assert f"on is {fact!r}; write one of payment_not_made, approval_not_given" in str(refused.value)


def test_facts_stand_sorted_and_once() -> None:
    for facts in [(("b", "1"), ("a", "2")), (("a", "1"), ("a", "2"))]:
        with pytest.raises(ValueError, match="sorted by name"):
            Finding(rule="P2", article="37(2)", facts=facts)
        with pytest.raises(ValueError, match="sorted by name"):
            Ground(rule="L2", article="7(1)", layer="code", facts=facts)
