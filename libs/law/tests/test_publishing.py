import json
from datetime import UTC, date, datetime
from inspect import signature
from pathlib import Path

import pytest

from law import publishing, rules
from law.calendar import day
from law.pages import PAGES
from law.rulebook import RULEBOOK, Act, load
from law.tests.test_rulebook import ACT

TODAY = date(2026, 3, 2)
GROUND = """
[[grounds]]
provision = "4"
on = "payment_not_made"
effect = "withhold"
prefix = "0511"
"""


def found(article: str, as_of: date = TODAY, known: date = TODAY, acts: tuple[Act, ...] | None = None) -> list[str]:
    """What stands under an article: ids of rules, acts and defaults."""
    page = publishing.under(article, as_of, known, acts)
    if page is None:
        return []
    ids = dict.fromkeys(each["id"] for table in ("rules", "acts") for each in page[table])
    return [*ids, *(d["key"] for d in page["defaults"])]


@pytest.mark.law("F15")
def test_art_10_1_everybody_can_read_all_rules_acts_and_defaults_of_a_day() -> None:
    page = publishing.rules(TODAY, TODAY)
    assert (page["rulebook"], page["as_of"], page["known"]) == (RULEBOOK, "2026-03-02", "2026-03-02")
    assert len(page["rules"]) == len(rules.catalogue().rules)
    assert len(page["officer"]) == len(rules.catalogue().officer)
    assert [act["id"] for act in page["acts"]][:2] == ["SAMPLE-CONTROLS", "SAMPLE-GROUNDS"]
    assert {each["note"] for each in page["defaults"]} == {"operating default, not law"}


@pytest.mark.law("F15")
@pytest.mark.parametrize(
    ("article", "under"),
    [
        ("37(2)", ["P1", "P2"]),
        ("37(2-1)", ["A1", "A2", "A3", "A4", "A9", "SAMPLE-PROCEDURES"]),
        ("20", ["O18", "L7", "L8", "SAMPLE-ORIGIN"]),
        ("20(1)", ["L7", "SAMPLE-ORIGIN"]),
        ("20(2)", ["L8"]),
        (
            "7(1)",
            ["L2", "L3", "L4", "L5", "SAMPLE-PROHIBITIONS", "SAMPLE-RESTRICTIONS", "SAMPLE-STORAGE", "SAMPLE-TREATY"],
        ),
        ("7(1) para 2", ["L3", "L4", "SAMPLE-STORAGE", "SAMPLE-TREATY"]),
        ("7(1) para 3", ["L5", "SAMPLE-RESTRICTIONS"]),
        ("29(2) para 2", ["C5", "L10", "SAMPLE-CONTROLS", "SAMPLE-GROUNDS"]),
        ("36", ["F18"]),
        ("SAMPLE-ORIGIN", ["SAMPLE-ORIGIN"]),
        ("default:arrival.notice.lead.air", ["arrival.notice.lead.air"]),
        ("3", ["F1", "F23", "SAMPLE-TREATY"]),
        ("3(2)", ["F1", "F23", "SAMPLE-TREATY"]),
        ("99", []),
        ("", []),
    ],
)
def test_art_10_1_an_article_is_found_with_its_parts_and_the_acts_that_rest_on_it(
    article: str, under: list[str]
) -> None:
    assert found(article) == under


@pytest.mark.law("F15")
def test_art_10_1_a_provision_of_an_act_is_found_by_its_citation_and_by_its_acts_id(tmp_path: Path) -> None:
    (tmp_path / "act.toml").write_text(ACT + GROUND)
    acts = load(tmp_path)
    assert found("ACT-1 4", acts=acts) == found("ACT-1", acts=acts) == ["ACT-1"]
    page = publishing.under("ACT-1 4", TODAY, TODAY, acts)
    assert page is not None
    (act,) = page["acts"]
    shown = {"article": "ACT-1 4", "rule": "L9", "on": "payment_not_made", "effect": "withhold", "prefix": "0511"}
    assert act["grounds"] == [{**shown, "origin": "*", "regime": None, "body": None}]
    assert "measures" not in act
    assert act["citation"] == "Invented act, item 1"


@pytest.mark.law("F15")
def test_art_10_1_what_is_shown_is_what_held_on_that_day_as_it_was_known_on_another() -> None:
    assert "A1" not in found("37(2-1)", as_of=date(2023, 9, 29))
    assert "A1" not in found("37(2-1)", known=date(2023, 9, 29))
    assert "A1" in found("37(2-1)", as_of=date(2023, 9, 30), known=date(2023, 9, 30))
    assert found("SAMPLE-ORIGIN", as_of=date(2019, 12, 31)) == []
    assert publishing.rules(date(2005, 1, 1), TODAY)["rules"] == []


@pytest.mark.law("F15")
def test_art_10_1_the_checkpoints_of_a_name_are_shown_and_without_one_all() -> None:
    assert [each["code"] for each in publishing.checkpoints("tashauz")["checkpoints"]] == ["DSH-AIR", "DSH-ROD"]
    assert publishing.checkpoints("nowhere")["checkpoints"] == []
    everything = publishing.checkpoints()["checkpoints"]
    assert (len(everything), everything[0]["name_tk"]) == (21, "Türkmenbaşy deňiz porty")


@pytest.mark.law("F15")
def test_art_10_1_every_page_can_be_written_as_json_and_needs_no_day() -> None:
    assert json.loads(json.dumps(PAGES["/rules"]()))["as_of"] == day(datetime.now(UTC)).isoformat()
    assert PAGES["/rules/{article}"]("36") is not None
    assert PAGES["/rules/{article}"]("36", as_of=date(2005, 1, 1)) is None
    assert PAGES["/checkpoints"]("Farap") == publishing.checkpoints("Farap")
    assert {path: list(signature(page).parameters) for path, page in PAGES.items()} == {
        "/rules": ["as_of", "known"],
        "/rules/{article}": ["article", "as_of", "known"],
        "/checkpoints": ["name"],
    }


def test_an_article_stands_under_itself_and_under_what_it_is_a_part_of() -> None:
    articles = ("37", "37(2)", "37(2-1)", "38(2)", "37(2) para 2", "3")
    under = [each for each in articles if publishing.is_under(each, "37")]
    assert under == ["37", "37(2)", "37(2-1)", "37(2) para 2"]
    assert not publishing.is_under("37(2-1)", "37(2)")
    assert publishing.is_under("37(2) para 2", "37(2)")
