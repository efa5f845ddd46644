"""Two acts on one point: what is not loaded, and what a treaty may say beside the acts below it (Art. 3(2))."""

from pathlib import Path

import pytest

from law.tests.test_loading import (
    DISPLACES,
    GROUND,
    HEADING,
    LIFTS,
    MEASURE,
    OTHER,
    PERMIT,
    PROCEDURE,
    RESTRICTS,
    STORED,
    TREATY,
)
from law.tests.test_rulebook import ACT, acts

LIFTED = '[[displaces]]\npoint = "ground"\nprovision = "4"\n'


def test_goods_that_two_acts_of_a_layer_prohibit_have_one_fate(tmp_path: Path) -> None:
    destroyed, handed_over = ACT + 'fate = "destroyed"\n', OTHER + MEASURE + 'fate = "handed over"\n'
    assert len(acts(tmp_path, destroyed, handed_over.replace("handed over", "destroyed"))) == 2
    assert len(acts(tmp_path, destroyed, OTHER + MEASURE)) == 2
    assert len(acts(tmp_path, destroyed, handed_over.replace("by-law", "treaty"))) == 2
    with pytest.raises(ValueError, match="ACT-1 and ACT-2: 'destroyed' and 'handed over' are two fates of goods under"):
        acts(tmp_path, destroyed, handed_over)


def test_a_checkpoint_has_one_procedure_for_a_mode_at_a_time(tmp_path: Path) -> None:
    ended = HEADING.replace("known_from", "in_force_to = 2026-02-28\nknown_from") + PROCEDURE
    follows = OTHER.replace("2026-01-10", "2026-03-01") + PROCEDURE.replace('"1"', '"2"')
    assert len(acts(tmp_path, ended, follows)) == 2
    with pytest.raises(ValueError, match="ACT-1 and ACT-2: 1 and 2 are two procedures for ASB-AIR at one time"):
        acts(tmp_path, ended, follows.replace("2026-03-01", "2026-02-28"))
    with pytest.raises(ValueError, match="ACT-1 and ACT-1: 1 and 2 are two procedures"):
        acts(tmp_path, HEADING + PROCEDURE + PROCEDURE.replace('"1"', '"2"'), OTHER)


def test_a_procedure_that_ends_by_a_later_version_of_its_act_makes_room_for_another(tmp_path: Path) -> None:
    first, second = HEADING + PROCEDURE, OTHER.replace("2026-01-10", "2026-03-01") + PROCEDURE
    ended = first.replace("known_from = 2026-01-05", "known_from = 2026-02-01\nin_force_to = 2026-02-28")
    assert len(acts(tmp_path, first, ended, second.replace("2026-01-05", "2026-02-01"))) == 3
    with pytest.raises(ValueError, match="two procedures for ASB-AIR"):
        acts(tmp_path, first, ended, second)


def test_goods_have_one_term_of_storage_on_a_day_whichever_acts_set_it(tmp_path: Path) -> None:
    ended = HEADING.replace("known_from", "in_force_to = 2026-02-28\nknown_from") + STORED
    follows = OTHER.replace("2026-01-10", "2026-03-01") + STORED.replace("0511", "05119")
    assert len(acts(tmp_path, ended, follows)) == 2
    with pytest.raises(
        ValueError, match=r"ACT-1 and ACT-2: the terms of temporary storage on 0511 of origin \* and on"
    ):
        acts(tmp_path, ended, follows.replace("2026-03-01", "2026-02-28"))
    with pytest.raises(ValueError, match=r"ACT-1 and ACT-1: .* on 0511 of origin XA overlap; leave one out"):
        acts(tmp_path, HEADING + STORED + STORED + 'origin = "XA"', OTHER)


def test_goods_of_two_kinds_or_origins_have_each_a_term_of_storage(tmp_path: Path) -> None:
    of_origins = "".join(f'{STORED}origin = "{each}"' for each in ("XA", "XB"))
    (act,) = acts(tmp_path, HEADING + STORED.replace("0511", "0510") + of_origins)
    assert [(row.prefix, row.origin) for row in act.terms] == [("0510", "*"), ("0511", "XA"), ("0511", "XB")]


def test_a_kind_of_permit_that_nothing_requires_is_read_by_no_rule_and_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError,
        match="ACT-1: no restriction requires a 'a' while it is in force, so nothing would be asked of it; l",
    ):
        acts(tmp_path, ACT + PERMIT)
    ended = OTHER.replace("known_from", "in_force_to = 2026-02-28\nknown_from") + RESTRICTS + 'requires = "a"\n'
    with pytest.raises(ValueError, match="ACT-1: no restriction requires a 'a' while it is in force"):
        acts(tmp_path, ACT.replace("in_force_from = 2026-01-10", "in_force_from = 2026-03-01") + PERMIT, ended)
    first, second = acts(tmp_path, ACT + PERMIT, OTHER + RESTRICTS + 'requires = "A"\n')
    assert (first.permits[0].kind, second.measures[0].requires) == ("a", "A")


def test_two_acts_of_one_layer_say_who_gives_a_permit_and_neither_is_loaded(tmp_path: Path) -> None:
    one, other = ACT + RESTRICTS + 'requires = "a"\n' + PERMIT, OTHER + PERMIT.replace('"a"', '"A"')
    with pytest.raises(ValueError, match="ACT-1 and ACT-2: both say who gives a 'a'; leave one out"):
        acts(tmp_path, one, other)
    assert len(acts(tmp_path, one, other.replace("by-law", "treaty"))) == 2


def test_what_a_treaty_sets_stands_beside_what_an_act_below_it_says_of_the_same_point(tmp_path: Path) -> None:
    treaty = OTHER.replace("by-law", "treaty")
    for rows, unsigned in ((STORED, STORED), (PROCEDURE, PROCEDURE[: PROCEDURE.index("signed_by")])):
        assert len(acts(tmp_path, HEADING + rows, treaty + unsigned)) == 2
        for other in (OTHER + rows, OTHER.replace("by-law", "code") + rows):
            if "code" in other:
                assert len(acts(tmp_path, HEADING + rows, other)) == 2
                continue
            with pytest.raises(ValueError, match="ACT-1 and ACT-2"):
                acts(tmp_path, HEADING + rows, other)
        with pytest.raises(ValueError, match="ACT-1 and ACT-2"):
            acts(tmp_path, TREATY + unsigned, treaty + unsigned)


def test_what_one_treaty_lifts_no_other_sets(tmp_path: Path) -> None:
    lifts, sets = TREATY + DISPLACES, OTHER.replace("by-law", "treaty") + MEASURE.replace("0511", "051199")
    for one, other in ((lifts, sets), (sets, lifts)):
        with pytest.raises(
            ValueError, match=r"one treaty lifts what the other sets, a prohibition on 0511 of origin \*"
        ):
            acts(tmp_path, one, other)
    assert len(acts(tmp_path, lifts, sets.replace("treaty", "by-law"))) == 2
    assert len(acts(tmp_path, lifts + MEASURE, OTHER + MEASURE)) == 2


def test_what_a_treaty_displaces_is_of_an_act_that_is_on_file(tmp_path: Path) -> None:
    lifts = TREATY + DISPLACES + 'act = "ACT-2"'
    assert len(acts(tmp_path, lifts, OTHER + MEASURE)) == 2
    with pytest.raises(ValueError, match="ACT-1: there is no act ACT-2 to displace; correct its id, or load it"):
        acts(tmp_path, lifts, ACT.replace("ACT-1", "ACT-3"))


def test_a_ground_for_want_of_an_approval_is_of_a_body_that_some_control_requires(tmp_path: Path) -> None:
    ground = HEADING + GROUND.replace("payment_not_made", "approval_not_given") + 'body = "Veterinary"\n'
    controls = OTHER + MEASURE.replace("prohibition", "control") + 'requires = "veterinary"\n'
    ended = controls.replace("in_force_from = 2026-01-10", "in_force_from = 2026-01-01\nin_force_to = 2026-01-09")
    for other in (OTHER + MEASURE, ended):
        with pytest.raises(
            ValueError, match="ACT-1: no control requires the approval of 'Veterinary' while it is in f"
        ):
            acts(tmp_path, ground, other)
    assert len(acts(tmp_path, ground, controls)) == 2


@pytest.mark.parametrize(
    ("lifts", "rows", "others"),
    [
        (DISPLACES, MEASURE, MEASURE.replace("0511", "0510")),
        (DISPLACES.replace("prohibition", "restriction") + 'requires = "a"\n', RESTRICTS + 'requires = "A"\n',
         RESTRICTS + 'requires = "b"\n'),
        (DISPLACES.replace("prohibition", "temporary storage"), STORED, STORED.replace("0511", "0510")),
        (LIFTS, PROCEDURE, PROCEDURE.replace("ASB-AIR", "MRY-AIR")),
        (LIFTED + 'on = "payment_not_made"\n', GROUND, GROUND.replace("payment_not_made", "approval_not_given")),
        (LIFTED + 'on = "payment_not_made"\nregime = "transit"\n', GROUND + 'regime = "Transit"\n',
         GROUND + 'regime = "re-export"\n'),
    ],
)  # fmt: skip
def test_what_a_treaty_displaces_is_a_row_of_an_act_below_it(
    tmp_path: Path, lifts: str, rows: str, others: str
) -> None:
    assert len(acts(tmp_path, TREATY + lifts, OTHER + rows)) == 2
    ended = OTHER.replace("known_from", "in_force_to = 2026-01-20\nknown_from") + rows
    for nothing in (OTHER + others, ended):
        with pytest.raises(
            ValueError, match=r"ACT-1: no act below it has such a .* while it is in force, so nothing wou"
        ):
            acts(tmp_path, TREATY.replace("in_force_from = 2026-01-10", "in_force_from = 2026-03-01") + lifts, nothing)


def test_what_a_treaty_displaces_is_no_row_of_a_treaty(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ACT-1: no act below it has such a prohibition"):
        acts(tmp_path, TREATY + MEASURE + DISPLACES)
