"""`python -m tests.law` writes docs/law; with `--check` it compares it, and sees a test fail for every rule."""

import sys
from pathlib import Path

from law.rule import Rule
from law.rules import catalogue
from tests.law import emptying
from tests.law.cases.gathering import cases
from tests.law.index import Proof, proofs, rules
from tests.law.pages.documents import documents, stale, write

ROOT = Path(__file__).parents[2]


def wanted() -> dict[str, str]:
    """The files of docs/law as they have to be, by their names."""
    return documents(ROOT, catalogue().rules, catalogue().officer, cases(), proofs(ROOT))


def missing(found: list[Rule], linked: list[Proof]) -> list[str]:
    """Which rule has no test, and which test names a rule that there is not."""
    functions, tests = {rule.id for rule in found}, {proof.id for proof in linked}
    return [
        *(f"{id_} has no test: {_wanted(id_, found)}" for id_ in sorted(functions - tests)),
        *(f"{proof.node} is marked {proof.id}, which no function has" for proof in linked if proof.id not in functions),
    ]


def _wanted(id_: str, found: list[Rule]) -> str:
    """What is to be done about a rule without a test, and the file in which it may stand."""
    function = next(str(rule.function) for rule in found if rule.id == id_)
    package, *_, matter = function.partition(":")[0].split(".")
    room = "libs" if package == "law" else "services"
    return f'mark one with @pytest.mark.law("{id_}"), such as in {room}/{package}/tests/test_{matter}.py'


def check(root: Path, found: list[Rule]) -> list[str]:
    """All that is wrong with rules and tests; prints a line per rule."""
    linked = proofs(root)
    wrong = missing(found, linked)
    for verdict in emptying.verdicts(root, found, linked):
        rule = verdict.rule
        print(
            f"{rule.id:4} {rule.function:65} {verdict.tests:3} tests  {'noticed' if verdict.noticed else 'NOT NOTICED'}"
        )
        if not verdict.noticed:
            wrong.append(
                f"{rule.id} {rule.function} is empty and none of its {verdict.tests} tests fails:\n{verdict.output}"
            )
    return wrong


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        wrong = [*stale(ROOT, wanted()), *check(ROOT, rules())]
        print("\n".join(wrong) if wrong else "every rule is noticed by its own tests")
        return 1 if wrong else 0
    write(ROOT, wanted())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
