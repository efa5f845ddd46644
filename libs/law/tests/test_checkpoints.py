import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from law import checkpoints as module
from law.checkpoints import FILE, checkpoints, find, load, named
from law.naming import plain

OWN = Path(module.__file__).with_name(FILE)
HEAD, *ROWS = OWN.read_text(encoding="utf-8").splitlines()
FARAP = next(row for row in ROWS if row.startswith("FRP-MIX"))


def file(folder: Path, *rows: str) -> Path:
    (folder / FILE).write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return folder / FILE


def codes(name: str) -> list[str]:
    return [each.code for each in named(name)]


def test_a_checkpoint_is_found_by_its_own_code() -> None:
    farap = find("FRP-MIX")
    assert farap is not None
    assert (farap.name_en, farap.modes, farap.notice_required) == ("Farap", ("road", "rail"), "rail-only")
    assert (farap.aliases, farap.unlocode, farap.icao) == (
        ("Farab", "Farap highway", "Farap BCP railway", "Фараб"),
        "TMFAR",
        None,
    )


def test_a_code_of_no_checkpoint_finds_none() -> None:
    assert find("TMFAR") is None


def test_there_are_twenty_one_and_each_says_whether_notice_is_due() -> None:
    assert len(checkpoints()) == 21
    assert {each.notice_required for each in checkpoints().values()} == {"yes", "no", "rail-only"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("FRP-MIX", "FRP-MIX"),
        ("frp-mix", "FRP-MIX"),
        ("Farap", "FRP-MIX"),
        ("FARAB", "FRP-MIX"),
        ("  Farap   BCP railway ", "FRP-MIX"),
        ("TMFAR", "FRP-MIX"),
        ("Köneürgenç", "KNU-ROD"),
        ("koneurgenc", "KNU-ROD"),
        ("KÖNEÜRGENÇ", "KNU-ROD"),
        ("Kunya Urgench", "KNU-ROD"),
        ("Serhetýaka", "SRY-RLW"),
        ("serhetyaka", "SRY-RLW"),
        ("Türkmenbaşy deňiz porty", "TKB-SEA"),
        ("Turkmenbasy deniz porty", "TKB-SEA"),
        ("Krasnovodsk", "TKB-SEA"),
        ("Aşgabat howa menzili", "ASB-AIR"),
        ("utaa", "ASB-AIR"),
        ("Merv", "MRY-AIR"),
        ("Daşoguz", "DSH-ROD"),
    ],
)
def test_a_checkpoint_goes_by_any_of_its_names_in_any_letters(name: str, code: str) -> None:
    assert codes(name) == [code]


def test_a_name_of_two_checkpoints_finds_both_and_one_of_none_finds_none() -> None:
    assert codes("Tashauz") == codes("TASHAUZ") == ["DSH-AIR", "DSH-ROD"]
    assert codes("TMKRW") == ["TKB-AIR", "TKB-SEA"]
    assert codes("Termez") == codes("") == codes("-") == []


def test_the_letters_of_turkmen_are_read_without_their_marks() -> None:
    assert plain("ŞşÝýŇňÄäÖöÜüŽžÇç") == "ssyynnaaoouuzzcc"
    assert plain("S\u0327") == plain("ş")


def test_no_code_is_the_name_of_another_checkpoint() -> None:
    assert {code: codes(code) for code in checkpoints()} == {code: [code] for code in checkpoints()}


def test_a_later_row_is_a_new_version_and_the_former_name_stays_findable_as_of_then(tmp_path: Path) -> None:
    renamed = FARAP.replace(",Farap,Farap,", ",Lebap,Lebap,").replace("2000-01-01", "2026-05-01")
    known = load(OWN, file(tmp_path, renamed))["FRP-MIX"]
    before, after = datetime(2026, 4, 30, 18, tzinfo=UTC), datetime(2026, 5, 1, 7, tzinfo=UTC)
    assert known.at(occurred=before, recorded=after).name_en == "Farap"
    assert known.at(occurred=after, recorded=before).name_en == "Farap"
    assert known.at(occurred=after, recorded=after).name_en == "Lebap"
    assert [each.value.name_en for each in known.versions] == ["Farap", "Lebap"]


def test_a_checkpoint_is_asked_for_as_of_a_day() -> None:
    noon = datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert find("FRP-MIX", occurred=noon, recorded=noon) == find("FRP-MIX", occurred=noon) == find("FRP-MIX")
    assert find("FRP-MIY", occurred=noon) is None


def test_further_checkpoints_come_from_a_file_that_need_not_be_there(tmp_path: Path) -> None:
    assert load(OWN, tmp_path / FILE).keys() == checkpoints().keys()
    further = FARAP.replace("FRP-MIX", "NEW-ROD")
    assert load(OWN, file(tmp_path, further)).keys() == {*checkpoints(), "NEW-ROD"}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (FARAP, "FRP-MIX has two rows for 2000-01-01; end one the day before"),
        (FARAP.replace("FRP-MIX", "Farap"), "line 2: ValueError(\"the code is 'Farap'; write it like FRP-MIX\")"),
        (FARAP.replace("rail-only", "maybe"), "notice_required is 'maybe'; write yes, no or rail-only"),
        (FARAP.replace("2000-01-01", "1.1.2000"), "dates are written 2026-01-31"),
        (FARAP.replace("39.2", "north"), "line 2: "),
        (FARAP.replace(",rail-only,2000-01-01,,2000-01-01", ""), "the columns are those of libs/law/checkpoints.csv"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path, row: str, why: str) -> None:
    with pytest.raises(ValueError, match=r"checkpoints\.csv") as refused:
        load(OWN, file(tmp_path, row))
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("name", "mode", "code"),
    [
        ("TMKRW", "sea", "TKB-SEA"), ("TMKRW", "air", "TKB-AIR"), ("tm krw", "rail", "TKB-SEA"),
        ("TM012", None, "TKB-SEA"), ("TM000012", None, "TKB-SEA"), ("TM0FRP", "rail", "FRP-MIX"),
        ("tm0srh", None, "SRK-MIX"),
        ("ASB", None, "ASB-AIR"), ("krw", None, "TKB-AIR"), ("UTAA", "air", "ASB-AIR"), ("Фарап", None, "FRP-MIX"),
        ("Туркменбаши", "air", "TKB-AIR"), ("Türkmenbaşy", "sea", "TKB-SEA"), ("Ташауз", "road", "DSH-ROD"),
        ("Tashauz", "air", "DSH-AIR"), ("Ashgabat", "road", "ASB-AIR"),
    ],
)  # fmt: skip
def test_the_mode_of_transport_tells_one_from_others_of_its_name(name: str, mode: str | None, code: str) -> None:
    assert [each.code for each in named(name, mode)] == [code]


@pytest.mark.parametrize("mode", [None, "river"])
def test_where_no_mode_tells_them_apart_all_are_found(mode: str | None) -> None:
    assert [each.code for each in named("TMKRW", mode)] == ["TKB-AIR", "TKB-SEA"]


def test_a_file_that_knows_no_russian_names_and_no_codes_of_offices_is_read_all_the_same(tmp_path: Path) -> None:
    later = ("name_ru", "iata", "office")
    rows = [{name: text for name, text in row.items() if name not in later} for row in csv.DictReader([HEAD, FARAP])]
    with (tmp_path / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    (known,) = load(tmp_path / FILE).values()
    found = known.versions[0].value
    assert (found.name_ru, found.iata, found.office) == ("", None, None)
    assert found.own_names == ("FRP-MIX", "Farap", "Farap")
