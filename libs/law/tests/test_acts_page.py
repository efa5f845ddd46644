"""What `docs/acts.md` shows of acts is loaded as it stands there, and it shows every table and every field."""

import re
from dataclasses import fields
from pathlib import Path

from law import act, loading
from law.rulebook import Act, load

PAGE = (Path(__file__).parents[3] / "docs" / "acts.md").read_text(encoding="utf-8")
HEADING, *EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.S)
ROWS = {
    "measures": act.Measure,
    "grounds": act.ActGround,
    "procedures": act.Procedure,
    "permits": act.Permit,
    "terms": act.ActTerm,
    "displaces": act.Displaced,
    "preferences": act.Preference,
}
NOT_STATED = {"grounds": {"article", "rule"}, "procedures": {"layer"}}
"""What follows from what is stated."""


def shown(folder: Path) -> tuple[Act, ...]:
    for number, example in enumerate(EXAMPLES):
        whole = example if example.startswith("id =") else HEADING.replace("ORDER-94", f"ORDER-{number}") + example
        text = whole.replace("ORDER-94", "ORDER-0") if whole is example else whole
        (folder / f"{number}.toml").write_text(text, encoding="utf-8")
    return load(folder)


def test_every_example_is_loaded_with_its_rows(tmp_path: Path) -> None:
    for table in loading.TABLES:
        stated = sum(example.count(f"[[{table}]]") for example in EXAMPLES)
        assert sum(len(getattr(each, table)) for each in shown(tmp_path)) == stated > 0, table


def test_every_field_of_every_row_is_shown_by_an_example() -> None:
    assert {*ROWS} == {*loading.TABLES}
    for table, kind in ROWS.items():
        said = "".join(re.findall(rf"\[\[{table}\]\](.*?)(?=\[\[|\Z)", "\n".join(EXAMPLES), flags=re.S))
        wanted = {each.name for each in fields(kind)} - NOT_STATED.get(table, set()) - {"provision"}
        assert {name for name in wanted if not re.search(rf"^{name} =", said, flags=re.M)} == set(), table


def test_the_heading_is_one_by_itself(tmp_path: Path) -> None:
    (tmp_path / "act.toml").write_text(HEADING, encoding="utf-8")
    (alone,) = load(tmp_path)
    assert alone.id == "ORDER-94"
