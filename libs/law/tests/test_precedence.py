"""Art. 3(2): a treaty goes before the acts below it, for the point that it names and for no other."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from law.precedence import highest
from law.rulebook import Act, MeasureKind, applied, grounds_of, procedure, term_of
from law.tests.test_loading import GROUND, HEADING, PERMIT, PROCEDURE, RESTRICTS, STORED
from law.tests.test_rulebook import ACT, acts, day

BONES, OTHER_BONES, FEATHERS = "051199801", "051191000", "050510000"
TREATY = HEADING.replace("ACT-1", "TREATY").replace("by-law", "treaty")
DATES: dict[str, Any] = {"occurred": day(2, 1), "recorded": day(2, 1)}
BANNED = ACT.replace('prefix = "0511"', 'prefix = "05"')


def displaces(point: str, **more: Any) -> str:
    fields = {"point": point, "provision": "4", **more}
    return "[[displaces]]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in fields.items())


def _toml(value: Any) -> str:
    return str(value) if isinstance(value, list) else f'"{value}"'


def found(of: Sequence[Act], kind: MeasureKind, code: str, origin: str | None = None, **dates: Any) -> list[str]:
    rows = applied(kind, code, origin=origin, direction="in", acts=of, **(DATES | dates))
    return [row.requires or act.id for act, row in rows]


@pytest.mark.law("F23")
@pytest.mark.parametrize(
    ("goods", "lifted"),
    [
        ((BONES, "XA"), True),
        ((BONES, "XB"), False),
        ((BONES, None), False),
        ((OTHER_BONES, "XA"), False),
        ((FEATHERS, "XA"), False),
        (("0511", "XA"), False),
    ],
)
def test_art_3_2_a_treaty_lifts_a_ban_of_the_goods_and_the_origin_that_it_names_and_of_no_others(
    tmp_path: Path, goods: tuple[str, str | None], lifted: bool
) -> None:
    of = acts(tmp_path, BANNED, TREATY + displaces("prohibition", prefix="051199", origin="XA"))
    assert found(of, "prohibition", *goods) == ([] if lifted else ["ACT-1"])


@pytest.mark.law("F23")
def test_art_3_2_a_treaty_that_lifts_a_ban_leaves_what_else_is_asked_of_the_goods(tmp_path: Path) -> None:
    controls = RESTRICTS.replace("restriction", "control") + 'requires = "c"\n'
    rows = ACT + RESTRICTS + 'requires = "a"\n' + RESTRICTS + 'requires = "b"\n' + controls + PERMIT
    for point, left in (("prohibition", (0, 2)), ("restriction", (1, 0)), ("control", (1, 2))):
        folder = tmp_path / point
        folder.mkdir()
        of = acts(folder, rows, TREATY + displaces(point, prefix="0511"))
        assert (len(found(of, "prohibition", BONES)), len(found(of, "restriction", BONES))) == left
    folder = tmp_path / "one"
    folder.mkdir()
    of = acts(folder, rows, TREATY + displaces("restriction", prefix="0511", requires="A"))
    assert found(of, "restriction", BONES) == ["b"]


@pytest.mark.law("F23")
def test_art_3_2_a_treaty_may_name_the_act_whose_point_it_displaces(tmp_path: Path) -> None:
    other = BANNED.replace("ACT-1", "ACT-2")
    of = acts(tmp_path, BANNED, other, TREATY + displaces("prohibition", prefix="0511", act="ACT-1"))
    assert found(of, "prohibition", BONES) == ["ACT-2"]


@pytest.mark.law("F23")
def test_art_3_2_a_treaty_displaces_the_code_too_and_its_own_rows_stay(tmp_path: Path) -> None:
    code = BANNED.replace("by-law", "code")
    own = "[[measures]]" + ACT.split("[[measures]]")[1].replace('origin = "*"', 'origin = "XA"')
    of = acts(tmp_path, code, TREATY + own + displaces("prohibition", prefix="0511"))
    assert found(of, "prohibition", BONES, "XA") == ["TREATY"]
    assert found(of, "prohibition", BONES, "XB") == []
    assert found(of, "prohibition", FEATHERS, "XA") == ["ACT-1"]


@pytest.mark.law("F23")
def test_art_3_2_a_treaty_displaces_on_its_own_days_as_it_was_known_then(tmp_path: Path) -> None:
    of = acts(
        tmp_path,
        BANNED,
        TREATY.replace("2026-01-10", "2026-01-20").replace("2026-01-05", "2026-02-10")
        + displaces("prohibition", prefix="0511"),
    )
    for occurred, recorded, left in (
        (day(1, 19), day(2, 20), ["ACT-1"]),
        (day(1, 21), day(2, 9), ["ACT-1"]),
        (day(1, 21), day(2, 11), []),
    ):
        assert found(of, "prohibition", BONES, occurred=occurred, recorded=recorded) == left


@pytest.mark.law("F1")
def test_art_3_2_a_treaty_sets_another_term_for_the_goods_that_it_names_and_for_no_others(tmp_path: Path) -> None:
    of = acts(tmp_path, HEADING + STORED, TREATY + STORED.replace("0511", "051199").replace("= 5", "= 9"))

    def days(code: str) -> tuple[str, int] | None:
        term = term_of("temporary storage", code, origin=None, acts=of, **DATES)
        return term and (term[0].id, term[1].count)

    assert [days(each) for each in (BONES, OTHER_BONES, FEATHERS)] == [("TREATY", 9), ("ACT-1", 5), None]


@pytest.mark.law("F23")
def test_art_3_2_where_a_treaty_displaces_a_term_the_codes_own_holds(tmp_path: Path) -> None:
    of = acts(tmp_path, HEADING + STORED, TREATY + displaces("temporary storage", prefix="051199"))
    left = [term_of("temporary storage", each, origin=None, acts=of, **DATES) for each in (BONES, OTHER_BONES)]
    assert [each and each[0].id for each in left] == [None, "ACT-1"]


@pytest.mark.law("F1")
def test_art_3_2_a_treaty_sets_a_procedure_and_what_it_leaves_open_stays_as_agreed(tmp_path: Path) -> None:
    own = PROCEDURE[: PROCEDURE.index("signed_by")].replace('"1"', '"T"').replace("lead = 60\n", "")
    for stated, lead in ((own, 60), (own + "lead = 5\n", 5)):
        of = acts(tmp_path, HEADING + PROCEDURE, TREATY + stated)
        agreed = procedure("ASB-AIR", "air", acts=of, **DATES)
        assert agreed is not None
        assert (agreed.version, agreed.lead, agreed.layer) == ("T", lead, "treaty")


@pytest.mark.law("F23")
def test_art_3_2_a_treaty_displaces_a_procedure_for_a_mode(tmp_path: Path) -> None:
    agreed = PROCEDURE.replace('["air"]', '["road", "rail"]').replace("ASB-AIR", "FRP-MIX")
    of = acts(tmp_path, HEADING + agreed, TREATY + displaces("procedure", checkpoint="FRP-MIX", modes=["rail"]))
    assert procedure("FRP-MIX", "rail", acts=of, **DATES) is None
    assert procedure("FRP-MIX", "road", acts=of, **DATES) is not None


@pytest.mark.law("F23")
@pytest.mark.parametrize(
    ("row", "left"),
    [
        ({"prefix": "051199"}, [False, True, True]),
        ({"regime": "Transit"}, [True, False, True]),
        ({"origin": "XA"}, [True, True, False]),
        ({"act": "ACT-1"}, [False, False, False]),
    ],
)
def test_art_3_2_a_treaty_displaces_a_ground_for_what_it_names(
    tmp_path: Path, row: dict[str, str], left: list[bool]
) -> None:
    of = acts(tmp_path, HEADING + GROUND, TREATY + displaces("ground", on="payment_not_made", **row))
    asked = ((BONES, None, "free circulation"), (OTHER_BONES, None, "transit"), (None, "XA", None))
    got = [bool(grounds_of(code, origin=origin, regime=regime, acts=of, **DATES)) for code, origin, regime in asked]
    assert got == left
    others = displaces("ground", on="approval_not_given", **row)
    approval = GROUND.replace("payment_not_made", "approval_not_given")
    of = acts(tmp_path, HEADING + GROUND + approval, TREATY + others)
    assert all(grounds_of(code, origin=origin, regime=regime, acts=of, **DATES) for code, origin, regime in asked)


@pytest.mark.law("F1")
def test_art_3_2_of_three_layers_the_highest_counts_whatever_stands_first(tmp_path: Path) -> None:
    of = acts(
        tmp_path, *(ACT.replace("ACT-1", layer).replace("by-law", layer) for layer in ("code", "by-law", "treaty"))
    )
    for found in (of, of[::-1]):
        first = highest((act, act.id) for act in found)
        assert first is not None
        assert first[1] == "treaty"
    assert highest([]) is None
