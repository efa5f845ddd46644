"""The next version of a service, from which a campaign rolls back: it notes declarations, and decides as before."""

from datetime import UTC, datetime
from pathlib import Path

from chassis.service import find_services
from decider import Input
from decider.tests.kit import SOMEBODY
from tests.faults import versions
from tests.faults.versions import FILE, DeclarationNoted, ahead, next_version

PRESENT = find_services()["clearance"]
NEXT = next_version(PRESENT)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_it_notes_each_declaration_in_an_event_and_in_its_state() -> None:
    kind, present = NEXT.kinds["consignment"], PRESENT.kinds["consignment"]
    command = PRESENT.commands["LodgeDeclaration"].validate_python(
        PRESENT.examples["LodgeDeclaration"] | {"consignment": "C1"}
    )
    given = Input(stream="consignment/C1", content=command, occurred=NOON, recorded=NOON, subject=SOMEBODY)
    *events, noted = kind.decide(given, kind.initial)
    assert events == present.decide(given, present.initial)
    assert noted == DeclarationNoted(number=1)
    state = kind.evolve(kind.initial, noted, NOON)
    assert kind.states.load(kind.states.dump(state)).state == state
    assert b'"noted":1' in kind.states.dump(state)
    assert set(NEXT.events) - set(PRESENT.events) == {"DeclarationNoted"}


def test_a_process_follows_what_the_folder_says(tmp_path: Path) -> None:
    assert ahead(tmp_path) == []
    (tmp_path / FILE).write_text("clearance", encoding="utf-8")
    assert ahead(tmp_path) == ["clearance"]
    assert str(tmp_path / FILE) in versions.hook(tmp_path)
