from datetime import UTC, datetime
from pathlib import Path

import pytest

from law.defaults import FILE, defaults, lead, load

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
DEFAULT = """
[[defaults]]
key = "arrival.notice.lead.sea"
mode = "record"
value = "1440"
unit = "minutes"
basis = "Art. 37(2-1) names no lead"
"""


def file(folder: Path, text: str) -> Path:
    (folder / "defaults.toml").write_text(text)
    return folder / "defaults.toml"


def test_how_long_before_its_arrival_a_notice_is_looked_for_depends_on_the_mode() -> None:
    modes = ("sea", "river", "air", "rail", "road", "pipeline", "power_line")
    looked_for = [lead(mode, occurred=NOW, recorded=NOW) for mode in modes]
    assert looked_for == [1440, 1440, 120, 120, None, None, None]


@pytest.mark.law("F12")
def test_art_8_2_a_default_of_ours_cannot_block(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^defaults\.toml: defaults 1: a default of ours cannot block"):
        load(file(tmp_path, DEFAULT.replace('"record"', '"block"')))
    assert {answer.mode for each in defaults().values() for answer in (each.versions[0].value,)} <= {"record", "warn"}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (DEFAULT.replace('"record"', '"enforce"'), "mode is 'enforce'; write one of record, warn"),
        (DEFAULT.replace('"1440"', '"a day"'), "value is 'a day'; write a number of minutes"),
        (DEFAULT.replace('"1440"', '"١٤٤٠"'), "value is '١٤٤٠'; write a number of minutes"),
        (DEFAULT.replace("basis", "reason"), "there is no field reason"),
        (DEFAULT * 2, "arrival.notice.lead.sea has two values for 2000-01-01; end one the day before"),
        (DEFAULT + "in_force_to = 1999-12-31", "a day before in_force_from"),
    ],
)
def test_a_default_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path, wrong: str, why: str) -> None:
    with pytest.raises(ValueError, match=r"^defaults\.toml: ") as refused:
        load(file(tmp_path, wrong))
    assert why in str(refused.value)


def test_a_default_is_asked_for_as_of_a_day(tmp_path: Path) -> None:
    longer = DEFAULT.replace("1440", "2880") + "in_force_from = 2026-03-01\nknown_from = 2026-03-01\n"
    known = load(file(tmp_path, DEFAULT + longer))["arrival.notice.lead.sea"]
    february, march = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    said = [known.at(occurred=o, recorded=r).value for o, r in ((march, march), (february, march), (march, february))]
    assert said == ["2880", "1440", "1440"]
    assert lead("sea", occurred=february, recorded=march) == 1440


def test_a_default_ends_on_the_day_on_which_it_says_so_and_another_goes_on_from_there(tmp_path: Path) -> None:
    former, later = (
        DEFAULT + "in_force_to = 2026-02-28\n",
        DEFAULT.replace("1440", "720") + "in_force_from = 2026-03-01\n",
    )
    known = load(file(tmp_path, former + later))["arrival.notice.lead.sea"]
    days = (datetime(2026, 2, 28, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))
    assert [known.at(occurred=day, recorded=NOW).value for day in days] == ["1440", "720"]


def test_each_says_what_it_rests_on_and_is_no_law() -> None:
    for key, known in load(FILE).items():
        assert known.versions[0].value.article == f"default:{key}"
        assert known.versions[0].value.basis
