"""Posts, and rules on notices, are taken as they were on the day of the fact (Arts 37(1), 37(2-1))."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from arrival.movement import movement
from arrival.movement.arrivals import CorrectArrival, RecordArrival
from arrival.movement.crossing import RecordCrossing
from decider.tests.kit import folded, given, when
from law import Finding, checkpoints
from law.checkpoints import Checkpoint
from law.dated import Dated, Version

TURKMENABAT = "TMB-AIR"
IN_2022, IN_2025, IN_2026 = (datetime(year, 6, 1, 7, tzinfo=UTC) for year in (2022, 2025, 2026))
LANDS = RecordArrival(movement="M1", checkpoint=TURKMENABAT, mode="air")


def versions(*known: Version[Checkpoint]) -> Mapping[str, Dated[Checkpoint]]:
    return {**checkpoints.load(Path(checkpoints.__file__).with_name(checkpoints.FILE)),
            TURKMENABAT: Dated(name=TURKMENABAT, versions=known, total=False)}  # fmt: skip


POST = checkpoints.checkpoints()[TURKMENABAT]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turkmenabat is open from 2024, owes a notice from 2026, and is closed from 2027."""
    owes_none = Version(value=replace(POST, notice_required="no"), in_force_from=date(2024, 1, 1),
                        in_force_to=date(2025, 12, 31))  # fmt: skip
    owes_one = Version(value=POST, in_force_from=date(2026, 1, 1), in_force_to=date(2026, 12, 31))
    known = versions(owes_none, owes_one)
    monkeypatch.setattr(checkpoints, "versions", lambda: known)


def findings(asked: Any, at: datetime, state: Any = None) -> list[Finding]:
    events = when(movement, state or given(movement), asked, at)
    return [each for event in events for each in getattr(event, "findings", ())]


@pytest.mark.law("A9")
def test_art_37_2_1_of_an_arrival_of_2022_no_notice_was_due() -> None:
    assert [each.rule for each in findings(LANDS, IN_2026)] == ["A9"]
    assert findings(LANDS, IN_2022) == []


@pytest.mark.law("A3", "A9")
@pytest.mark.usefixtures("opened")
def test_art_37_2_1_a_notice_is_due_where_the_post_owed_one_on_that_day() -> None:
    assert [each.rule for each in findings(LANDS, IN_2026)] == ["A9"]
    assert findings(LANDS, IN_2025) == []


@pytest.mark.law("A5")
@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("year", [2022, 2028])
def test_art_37_1_an_arrival_at_a_post_that_is_not_open_yet_or_any_more_is_recorded_with_a_finding(year: int) -> None:
    at = IN_2026.replace(year=year)
    facts = (("at", at.isoformat()), ("checkpoint", TURKMENABAT), ("not_open", "that day"))
    events = when(movement, given(movement), LANDS, at)
    assert events[0].type == "VehicleArrived"
    assert [each for each in findings(LANDS, at) if each.rule == "A5"] == [
        Finding(rule="A5", article="37(1)", facts=facts)
    ]
    assert findings(LANDS, IN_2025) == []


@pytest.mark.law("A5")
@pytest.mark.usefixtures("opened")
def test_art_37_1_a_crossing_at_a_closed_post_is_one_and_a_right_date_takes_the_finding_back() -> None:
    crosses = RecordCrossing(movement="M1", direction="in", mode="air", place=TURKMENABAT)
    crossed, found = when(movement, given(movement), crosses, IN_2022)
    assert (crossed.type, [each.rule for each in found.findings]) == ("BorderCrossed", ["A5"])
    events = when(movement, given(movement), LANDS, IN_2022)
    right = CorrectArrival(movement="M1", checkpoint=TURKMENABAT, mode="air", corrects=IN_2022, arrived=IN_2025)
    types = [each.type for each in when(movement, folded(movement, given(movement), *events), right, IN_2026)]
    assert types == ["VehicleArrived", "WhereaboutsFindingsWithdrawn"]


@pytest.mark.law("A5")
@pytest.mark.parametrize(
    ("mode", "place", "noted"),
    [
        ("sea", "FRP-MIX", True), ("river", "FRP-MIX", True), ("road", "FRP-MIX", False), ("rail", "FRP-MIX", False),
        ("road", "TKB-SEA", False), ("river", "TKB-SEA", False), ("air", "TKB-SEA", True), ("rail", "GRB-ROD", True),
    ],
)  # fmt: skip
def test_art_37_1_a_ship_at_a_post_of_land_is_recorded_with_a_finding(mode: Any, place: str, noted: bool) -> None:
    found = [each for each in findings(replace(LANDS, mode=mode, checkpoint=place), IN_2025) if each.rule == "A5"]
    assert [(dict(each.facts)["mode"], dict(each.facts)["checkpoint"]) for each in found] == [(mode, place)] * noted


@pytest.mark.law("A5")
def test_art_37_3_of_what_the_chapter_does_not_cover_no_post_is_compared() -> None:
    line = RecordCrossing(movement="M1", direction="in", mode="pipeline", place="FRP-MIX")
    assert findings(line, IN_2025) == []
