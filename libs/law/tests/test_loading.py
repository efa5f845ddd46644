"""Acts that are not loaded, and what is said of each: which file, what is wrong, what to do."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from law.rulebook import load
from law.tests.test_rulebook import ACT, acts

HEADING, MEASURE = ACT.split("\n[[")
MEASURE = "[[" + MEASURE
PROCEDURE = """
[[procedures]]
checkpoint = "ASB-AIR"
version = "1"
modes = ["air"]
notice_required = true
lead = 60
signed_by_administration = 2026-01-07
signed_by_customs = 2026-01-10
"""
RATES = """
[[rates]]
payment = "duty"
total = true
prefixes = ["0808"]
rows = [{ prefix = "08081", percent = "5" }, { prefix = "080", percent = "7.5" }]
"""
SINGLE = RATES.replace('{ prefix = "08081", percent = "5" }, ', "")
STORED = """
[[terms]]
name = "temporary storage"
provision = "2"
prefix = "0511"
count = 5
"""
OTHER = HEADING.replace("ACT-1", "ACT-2")


def measure(name: str, value: str) -> str:
    return HEADING + "\n".join(
        f"{name} = {value}" if line.startswith(f"{name} ") else line for line in MEASURE.splitlines()
    )


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (ACT.replace('"by-law"', '"default"'), "heading: layer is 'default'; write one of treaty, code, by-law"),
        (ACT.replace('"Invented act, item 1"', '" "'), "heading: citation is ' '; write a text that is not empty"),
        (ACT.replace('citation = "Invented act, item 1"', ""), "heading: citation is missing; add it"),
        (ACT.replace("[[measures]]", "[[measure]]"), "heading: there is no field measure; take out or write id, "),
        (ACT.replace("[[measures]]", "[measures]"), "measures is no table of rows; write [[measures]] before each row"),
        (ACT.replace("2026-01-10", '"2026-01-10"'), "in_force_from is '2026-01-10'; write a date without quotes"),
        (ACT.replace("2026-01-10", "2026-01-10T00:00:00Z"), "write a date without quotes"),
        (ACT.replace("sample = true", "sample = 1"), "sample is 1; write true or false"),
        (ACT.replace("known_from", "in_force_to = 2025-12-31\nknown_from"), "a day before in_force_from"),
        (ACT.replace("id =", "id = =", 1), "at line 2"),
        (ACT + MEASURE, "the prohibition on 0511 of origin * and that on 0511 of origin * overlap"),
        (ACT + MEASURE.replace("0511", "051199"), "on 0511 of origin * and that on 051199 of origin * overlap; leave"),
        (ACT + MEASURE.replace('origin = "*"', 'origin = "XA"'), "and that on 0511 of origin XA overlap"),
        (
            HEADING + MEASURE.replace("prohibition", "control") + 'requires = "Veterinary"\n'
            + MEASURE.replace("prohibition", "control") + 'requires = "veterinary "\n',
            "the control on 0511 of origin * and that on 0511 of origin * overlap",
        ),
        (measure("prefix", '"05A1"'), "measures 1: the prefix '05A1' is not two to nine digits"),
        (measure("prefix", '"0511998012"'), "is not two to nine digits"),
        (measure("prefix", '"٠٥١١"'), "is not two to nine digits"),
        (measure("prefix", "511"), "measures 1: prefix is 511; write a text that is not empty"),
        (measure("origin", '"Uzbekistan"'), "the origin 'Uzbekistan' is neither * nor two capital letters"),
        (measure("origin", '"uz"'), "is neither * nor two capital letters"),
        (measure("direction", '"out"'), "no rule applies direction 'out' in zone '*'"),
        (measure("zone", '"SEZ-1"'), "no rule applies direction 'in' in zone 'SEZ-1', so it would be loaded and never"),
        (measure("kind", '"ban"'), "kind is 'ban'; write one of prohibition, restriction, control"),
        (measure("kind", '"restriction"'), "a restriction states in `requires` the kind of permit"),
        (measure("kind", '"control"'), "a control states in `requires` the body that approves"),
        (ACT + 'requires = "a permit"', "a prohibition requires nothing"),
        (measure("kind", '"control"') + '\nrequires = "a"\nfate = "b"', "only prohibited goods have a `fate`"),
        (ACT + 'fate = " "', "measures 1: fate is ' '; write a text that is not empty"),
        (ACT + 'require = "a permit"', "measures 1: there is no field require; take out or write kind, prefix"),
        (HEADING + PROCEDURE.replace("signed_by_customs", "# "), "customs has not signed it, and the two agree"),
        (HEADING + PROCEDURE.replace("signed_by_admin", "# "), "administration has not signed it"),
        (HEADING + PROCEDURE.replace("01-10", "01-11"), "it is in force before both have signed it"),
        (HEADING + PROCEDURE.replace("ASB-AIR", "ASB-SEA"), "there is no checkpoint ASB-SEA"),
        (HEADING + PROCEDURE.replace("60", "0"), "a lead of one minute or more or none"),
        (HEADING + PROCEDURE.replace('["air"]', "[]"), "name at least one mode"),
        (HEADING + PROCEDURE.replace('["air"]', '["flight"]'), "modes is 'flight'; write one of road, rail, air, sea"),
        (HEADING + PROCEDURE.replace('["air"]', '"air"'), "modes is 'air'; write a list"),
        (HEADING + '[[permits]]\nkind = "a"\nissued_by = "b"\n' * 2, "kind 'a' stands in it twice; leave one out"),
        (HEADING + '[[terms]]\nname = "a"\nprovision = "4"\ncount = 0', "terms 1: a term has a count of one or more"),
        (HEADING + '[[terms]]\nname = "a"\nprovision = "4"\ncount = 1\norigin = "XA"', "by their `prefix`; state it"),
        (HEADING + '[[terms]]\nname = "a"\nprovision = "4"\ncount = 1\n' * 2, "name 'a' stands in it twice"),
        (HEADING + STORED.replace('prefix = "0511"', ""), "a term of temporary storage for some goods names them by"),
        (HEADING + STORED.replace('"0511"', '"05A1"'), "terms 1: the prefix '05A1' is not two to nine digits"),
        (HEADING + STORED + 'origin = "xa"', "terms 1: the origin 'xa' is neither * nor two capital letters"),
        (HEADING + STORED.replace("count = 5", "count = 36501"), "at most a hundred years, not 36501 days"),
        (HEADING + STORED.replace("count = 5", 'count = 101\nunit = "years"'), "not 101 years"),
        (HEADING + '[[terms]]\nname = "a"\nprovision = "4"\ncount = true', "count is True; write a whole number"),
        (HEADING + RATES, "rates 1: the rates for 08081 and 080 overlap"),
        (HEADING + SINGLE.replace('"080"', '"08081"'), "it is to be total, and 08080 has no rate on 2026-01-10"),
        (HEADING + SINGLE.replace('prefixes = ["0808"]', ""), "a total table states in `prefixes` the goods"),
        (HEADING + SINGLE.replace('"7.5"', "7.5"), "percent is 7.5; write a text of digits, such as \"7.5\""),
        (HEADING + SINGLE.replace('"7.5"', '"-1"'), "a rate is not negative"),
        (HEADING + SINGLE.replace('"080"', '"x"'), "rates 1, row 1: the prefix 'x' is not two to nine digits"),
        (HEADING + SINGLE.replace('"7.5"', '"7.5", in_force_to = 2026-06-30'), "0808 has no rate on 2026-07-01"),
    ],
)  # fmt: skip
def test_an_act_that_cannot_be_obeyed_or_cited_is_not_loaded_and_the_file_is_named(
    tmp_path: Path, wrong: str, why: str
) -> None:
    with pytest.raises(ValueError, match=r"^0\.toml: ") as refused:
        acts(tmp_path, wrong)
    assert why in str(refused.value)


def test_measures_on_other_goods_or_of_another_kind_stand_side_by_side(tmp_path: Path) -> None:
    other = MEASURE.replace("0511", "0510")
    controls = [MEASURE.replace("prohibition", "control") + f'requires = "body {n}"\n' for n in range(2)]
    (act,) = acts(tmp_path, ACT + other + "".join(controls))
    assert len(act.measures) == 4
    by_origin = [MEASURE.replace('origin = "*"', f'origin = "{each}"') for each in ("XA", "XB")]
    (act,) = acts(tmp_path, HEADING + "".join(by_origin))
    assert [row.origin for row in act.measures] == ["XA", "XB"]


def test_goods_that_two_acts_of_a_layer_prohibit_have_one_fate(tmp_path: Path) -> None:
    destroyed, handed_over = ACT + 'fate = "destroyed"\n', OTHER + MEASURE + 'fate = "handed over"\n'
    assert len(acts(tmp_path, destroyed, handed_over.replace("handed over", "destroyed"))) == 2
    assert len(acts(tmp_path, destroyed, OTHER + MEASURE)) == 2
    assert len(acts(tmp_path, destroyed, handed_over.replace("by-law", "treaty"))) == 2
    with pytest.raises(ValueError, match="ACT-1 and ACT-2: 'destroyed' and 'handed over' are two fates of goods under"):
        acts(tmp_path, destroyed, handed_over)


def test_two_versions_of_an_act_that_are_known_alike_are_never_in_force_on_the_same_day(tmp_path: Path) -> None:
    ends = ACT.replace("known_from", "in_force_to = 2026-02-28\nknown_from")
    follows = ACT.replace("in_force_from = 2026-01-10", "in_force_from = 2026-03-01")
    assert len(acts(tmp_path, ends, follows)) == 2
    with pytest.raises(ValueError, match="are in force on the same day; end the first the day before"):
        acts(tmp_path, ends, follows.replace("2026-03-01", "2026-02-28"))


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


def test_a_total_table_of_rates_may_be_put_together_from_narrower_codes_and_shorter_times(tmp_path: Path) -> None:
    digits = ", ".join(f'{{ prefix = "0808{digit}", percent = "5" }}' for digit in range(1, 10))
    split = (
        '{ prefix = "08080", percent = "1", in_force_to = 2026-06-30 }, '
        '{ prefix = "08080", percent = "2.5", in_force_from = 2026-07-01 }'
    )
    (act,) = acts(tmp_path, HEADING + SINGLE.replace('{ prefix = "080", percent = "7.5" }', f"{digits}, {split}"))
    assert act.rates[0].rows[-1].percent == Decimal("2.5")
    assert (act.rates[0].rows[-2].in_force_from, act.rates[0].rows[-2].in_force_to) == (
        date(2026, 1, 10),
        date(2026, 6, 30),
    )


def test_an_act_ends_and_so_does_what_its_rates_have_to_cover(tmp_path: Path) -> None:
    until_june = SINGLE.replace('"7.5"', '"7.5", in_force_to = 2026-06-30')
    (act,) = acts(tmp_path, HEADING.replace("known_from", "in_force_to = 2026-06-30\nknown_from") + until_june)
    assert act.rates[0].total


def test_lists_permits_and_terms_are_kept_as_they_stand(tmp_path: Path) -> None:
    rows = """
    [[lists]]
    name = "papers by road"
    entries = ["CMR note", "invoice"]
    published = 2026-01-02

    [[permits]]
    kind = "a permit"
    issued_by = "a body"

    [[terms]]
    name = "storage of live animals"
    provision = "4"
    count = 6
    unit = "months"
    """
    (act,) = acts(tmp_path, HEADING + rows)
    assert (act.lists[0].entries, act.lists[0].published) == (("CMR note", "invoice"), date(2026, 1, 2))
    assert (act.permits[0].issued_by, act.terms[0].count, act.terms[0].unit) == ("a body", 6, "months")


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


def test_acts_of_several_folders_are_one_rulebook(tmp_path: Path) -> None:
    for folder, text in ("one", ACT), ("other", OTHER + MEASURE):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "act.toml").write_text(text)
    assert [act.id for act in load(tmp_path / "one", tmp_path / "other", tmp_path / "nowhere")] == ["ACT-1", "ACT-2"]
