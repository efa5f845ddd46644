"""What import-linter cannot see: what a decider may import at all, and what the chassis may not say."""

import ast
import re
import sys
from pathlib import Path

import pytest

from chassis.service import find_services
from decider import instants
from law import calendar

ROOT = Path(__file__).parents[2]
CLIENT = re.compile(r"\bAIOKafka(?:\w*Client|Consumer|Producer)\((?!\s*\*\*options\()")
"""A client of Kafka that is made with something else than the login's options."""
SPEAKS_HTTP = (
    "libs/client", "libs/chassis", "libs/doors/asking.py", "libs/doors/tests",
    "deploy/local/checks.py", "deploy/testing/containers.py",
    "deploy/containers/tests",
    "tests/hostile", "tests/faults/clients.py", "tests/telemetry", "tests/contracts",
)  # fmt: skip
"""Who speaks HTTP without the client: who asks for no act, and where HTTP itself is what is tried."""
CUSTOMS_WORDS = (
    "arrival", "border", "carrier", "checkpoint", "clearance", "consignment", "customs", "declarant", "declaration",
    "duty", "goods", "movement", "officer", "presentation", "seal", "shipment", "vehicle",
)  # fmt: skip


def pure_modules() -> list[Path]:
    """Every module of every installed service but `app.py` and tests."""
    return [
        path
        for name in find_services()
        for path in sorted((ROOT / "services" / name).rglob("*.py"))
        if path.name != "app.py" and "tests" not in path.parts
    ]


def service_of(path: Path) -> str:
    return path.relative_to(ROOT / "services").parts[0]


def imported(source: str) -> set[str]:
    """The packages that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def strangers(source: str, own: str) -> set[str]:
    return imported(source) - set(sys.stdlib_module_names) - {"contracts", "decider", "law", own}


def test_a_matter_imports_the_standard_library_contracts_the_decider_and_law_only() -> None:
    found = {str(path): strangers(path.read_text(encoding="utf-8"), service_of(path)) for path in pure_modules()}
    assert len(found) >= 20
    assert {path: names for path, names in found.items() if names} == {}


def test_a_stranger_is_noticed() -> None:
    assert strangers("import asyncpg\nfrom chassis import entry\nfrom law import Finding", "arrival") == {
        "asyncpg",
        "chassis",
    }


@pytest.mark.parametrize("name", ["decider", "law"])
def test_law_and_the_decider_need_the_standard_library_only(name: str) -> None:
    sources = list((ROOT / "libs" / name).glob("*.py"))
    found = {each for path in sources for each in imported(path.read_text(encoding="utf-8"))}
    assert found - set(sys.stdlib_module_names) == {name}


def test_the_chassis_knows_no_law() -> None:
    sources = [path for path in (ROOT / "libs/chassis").rglob("*.py") if "tests" not in path.parts]
    found = {path.name: imported(path.read_text(encoding="utf-8")) & {"law", "contracts"} for path in sources}
    assert {name: names for name, names in found.items() if names} == {}


def test_the_chassis_takes_instants_of_the_years_for_which_the_law_answers() -> None:
    assert (instants.EARLIEST, instants.LATEST) == (calendar.EARLIEST, calendar.LATEST)


def said(text: str) -> list[str]:
    return [word for word in CUSTOMS_WORDS if word in text.lower()]


def test_chassis_and_telemetry_know_no_customs_word() -> None:
    chassis = ROOT / "libs/chassis"
    sources = [
        *(path for path in chassis.rglob("*.py") if "tests" not in path.parts),
        *chassis.glob("*.json"),
        *chassis.glob("sql/*.sql"),
    ]
    sources += (ROOT / "libs/telemetry").glob("*.py")
    assert {path.name: words for path in sources if (words := said(path.read_text(encoding="utf-8")))} == {}
    assert said("a truck with broken seals") == ["seal"]


def test_no_client_gets_to_kafka_past_the_login() -> None:
    rooms = [path for room in ("libs", "services", "deploy") for path in (ROOT / room).rglob("*.py")]
    told = {path.name: CLIENT.findall(path.read_text(encoding="utf-8")) for path in rooms if "tests" not in path.parts}
    assert {name: found for name, found in told.items() if found} == {}
    assert CLIENT.findall("client = AIOKafkaConsumer(\n    bootstrap_servers=kafka)")


def test_whoever_acts_at_the_doors_uses_the_client() -> None:
    rooms = [
        path for room in ("libs", "services", "deploy", "tests", "benchmarks") for path in (ROOT / room).rglob("*.py")
    ]
    speaking = {str(path.relative_to(ROOT)) for path in rooms if "httpx" in imported(path.read_text(encoding="utf-8"))}
    assert sorted(path for path in speaking if not path.startswith(SPEAKS_HTTP)) == []
    assert [room for room in SPEAKS_HTTP if not any(path.startswith(room) for path in speaking)] == []
