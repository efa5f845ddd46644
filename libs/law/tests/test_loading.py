"""Acts that are not loaded, and what is said of each: which file, what is wrong, what to do."""

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
DISPLACES = """
[[displaces]]
point = "prohibition"
provision = "4"
prefix = "0511"
"""
GROUND = """
[[grounds]]
provision = "4"
on = "payment_not_made"
effect = "withhold"
"""
PERMIT = '[[permits]]\nkind = "a"\nissued_by = ["b"]\n'
LIFTS = """
[[displaces]]
point = "procedure"
provision = "4"
checkpoint = "ASB-AIR"
modes = ["air"]
"""
STORED = """
[[terms]]
name = "temporary storage"
provision = "2"
prefix = "0511"
count = 5
"""
PREFERS = """
[[preferences]]
origin = "XA"
provision = "2"
"""
OTHER = HEADING.replace("ACT-1", "ACT-2")
TREATY = HEADING.replace("by-law", "treaty")
RESTRICTS = MEASURE.replace("prohibition", "restriction")


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
        (measure("origin", f'"{"u" * 65}"'), "is neither * nor a country by two capital letters, nor by its name"),
        (measure("origin", '"uz"'), "the origin 'uz' is neither * nor a country by two capital letters"),
        (measure("origin", '"**"'), "the origin '**' is neither * nor a country by two capital letters"),
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
        (HEADING + PROCEDURE.replace('["air"]', '["air", "sea"]'), "ASB-AIR is no checkpoint for sea, so nothing"),
        (HEADING + PREFERS + PREFERS, "preferences 2: the same preference stands above it; leave one out"),
        (TREATY + DISPLACES + DISPLACES, "displaces 2: the same row stands above it; leave one out"),
        (TREATY + LIFTS.replace('"air"', '"river"'), "displaces 1: ASB-AIR is no checkpoint for river"),
        (HEADING + PROCEDURE.replace("60", "0"), "a lead of one minute or more or none"),
        (HEADING + PROCEDURE.replace('["air"]', "[]"), "name at least one mode"),
        (HEADING + PROCEDURE.replace('["air"]', '["flight"]'), "modes is 'flight'; write one of road, rail, air, sea"),
        (HEADING + PROCEDURE.replace('["air"]', '"air"'), "modes is 'air'; write a list"),
        (HEADING + PERMIT + PERMIT.replace('"a"', '"A"'), "permits 2: kind 'A' stands in it twice; leave one out"),
        (HEADING + STORED.replace("count = 5", "count = 0"), "terms 1: a term has a count of one or more"),
        (HEADING + STORED.replace("temporary storage", "a"), "terms 1: name is 'a'; write one of temporary storage"),
        (HEADING + STORED.replace('prefix = "0511"', ""), "terms 1: prefix is missing; add it"),
        (HEADING + STORED.replace('"0511"', '"05A1"'), "terms 1: the prefix '05A1' is not two to nine digits"),
        (HEADING + STORED + 'origin = "xa"', "terms 1: the origin 'xa' is neither * nor a country by two"),
        (HEADING + STORED.replace("count = 5", "count = 36501"), "at most a hundred years, not 36501 days"),
        (HEADING + STORED.replace("count = 5", 'count = 101\nunit = "years"'), "not 101 years"),
        (HEADING + STORED.replace("count = 5", "count = true"), "count is True; write a whole number"),
        (HEADING + '[[rates]]\npayment = "duty"', "no rule reads rates yet, so they would be published and never obey"),
        (HEADING + '[[lists]]\nname = "papers"', "no rule reads lists yet, so they would be published and never obeye"),
        (HEADING + PERMIT.replace('"b"', ""), "permits 1: name in `issued_by` at least one body that gives it"),
        (HEADING + PERMIT + "valid_for = 0", "permits 1: a permit is valid for one or more months and at most"),
        (HEADING + PERMIT + 'valid_unit = "days"', "permits 1: valid_unit is that of `valid_for`; state how many days"),
        (HEADING + GROUND + GROUND, "grounds 2: the same ground stands above it; leave one out"),
        (HEADING + GROUND.replace("payment_not_made", "seal_broken"), "grounds 1: on is 'seal_broken'; write one of p"),
        (HEADING + GROUND.replace("withhold", "fine"), "grounds 1: effect is 'fine'; write one of withhold, refuse"),
        (HEADING + GROUND + 'rule = "F12"', "grounds 1: there is no field rule; take out or write provision, on, effe"),
        (HEADING + GROUND + 'body = "veterinary"', "grounds 1: no body approves of a payment; take out `body`"),
        (HEADING + GROUND + 'prefix = "x"', "grounds 1: the prefix 'x' is not two to nine digits"),
        (ACT + DISPLACES, "displaces 1: only a treaty takes the place of other acts (Art. 3(2)), not a by-law; change"),
        (TREATY + DISPLACES.replace("prohibition", "language"), "point is 'language'; write one of prohibition, restr"),
        (TREATY + DISPLACES.replace('prefix = "0511"', ""), "displaces 1: say which prohibition it is; prefix is miss"),
        (TREATY + DISPLACES + 'requires = "a permit"', "a prohibition is not found by requires; take out or write act"),
        (TREATY + DISPLACES + 'regime = "transit"', "a prohibition is not found by regime; take out or write act, pre"),
        (TREATY + LIFTS.replace('"air"', '"flight"'), "modes is 'flight'; write one of road, rail, air, sea"),
        (TREATY + LIFTS.replace("ASB-AIR", "ASB-SEA"), "displaces 1: there is no checkpoint ASB-SEA"),
        (TREATY + LIFTS.replace('modes = ["air"]', ""), "displaces 1: say which procedure it is; modes is missing"),
        (TREATY + LIFTS + 'prefix = "0511"', "displaces 1: a procedure is not found by prefix; take out or write act"),
        (TREATY + PROCEDURE, "there is no field signed_by_administration, signed_by_customs; take out or write checkp"),
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


def test_two_versions_of_an_act_that_are_known_alike_are_never_in_force_on_the_same_day(tmp_path: Path) -> None:
    ends = ACT.replace("known_from", "in_force_to = 2026-02-28\nknown_from")
    follows = ACT.replace("in_force_from = 2026-01-10", "in_force_from = 2026-03-01")
    assert len(acts(tmp_path, ends, follows)) == 2
    with pytest.raises(ValueError, match="are in force on the same day; end the first the day before"):
        acts(tmp_path, ends, follows.replace("2026-03-01", "2026-02-28"))


def test_acts_of_several_folders_are_one_rulebook(tmp_path: Path) -> None:
    for folder, text in ("one", ACT), ("other", OTHER + MEASURE):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "act.toml").write_text(text)
    assert [act.id for act in load(tmp_path / "one", tmp_path / "other", tmp_path / "nowhere")] == ["ACT-1", "ACT-2"]


@pytest.mark.law("L8")
@pytest.mark.parametrize(
    "proof",
    [
        "certificate of origin",
        "Certificate of ORIGIN",
        "origin-certificate",
        "Certified declaration of origin",
        "proof of the origin of goods",
        "harydyň gelip çykyşynyň sertifikaty",
        "сертификат о происхождении товара",
        "декларация происхождения",
        "CT-1",
        "СТ-1",
        "Form A",
        "EUR.1 movement paper",
        "cert. of origin",
        "EUR1",
        "CT1",
        "ST1",
        "СТ1",
        "cТ 1",
        "C/O",
        "C. of O.",
        "document of origin",
        "paper on the country of origin",
        "certificat d'origine",
        "Ursprungszeugnis",
        "menşe belgesi",
        "gelip çykan ýurdy barada resminama",
        "документ о стране происхождения",
    ],
)
@pytest.mark.parametrize("kind", ["restriction", "control"])
def test_art_20_2_no_act_below_a_treaty_asks_for_a_proof_of_origin_under_another_name(
    tmp_path: Path, proof: str, kind: str
) -> None:
    required = MEASURE.replace("prohibition", kind) + f'requires = "{proof}"\n'
    for layer in ("by-law", "code"):
        with pytest.raises(ValueError, match=r"is a proof of origin, and goods are not kept for want of one \(Art. 20"):
            acts(tmp_path, HEADING.replace("by-law", layer) + required)
    (act,) = acts(tmp_path, TREATY + required)
    assert act.measures[0].requires == proof
    ground = GROUND.replace("payment_not_made", "approval_not_given") + f'body = "{proof}"'
    with pytest.raises(ValueError, match="is a proof of origin"):
        acts(tmp_path, HEADING + ground)


@pytest.mark.law("L8")
@pytest.mark.parametrize(
    "permit",
    [
        "medicine import permit",
        "veterinary certificate",
        "permit for goods of animal origin",
        "veterinary certificate of products of animal origin",
        "ветеринарное свидетельство на продукты животного происхождения",
        "haýwan gelip çykyşly önümler üçin rugsatnama",
        "certificat de produits d'origine végétale",
        "original licence",
        "import permit by country of origin",
        "Ministry of Health, c/o Sample Health Authority",
    ],
)
def test_art_20_2_what_is_no_proof_of_origin_may_be_required(tmp_path: Path, permit: str) -> None:
    (act,) = acts(tmp_path, HEADING + RESTRICTS + f'requires = "{permit}"\n')
    assert act.measures[0].requires == permit
