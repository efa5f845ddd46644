import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import contracts
from contracts.event import Event
from contracts.release import GroundAfterRelease, ReleaseRefused, ReleaseWithheld, UseBlocked

EXAMPLES = Path(contracts.__file__).with_name("examples")
OF_A_USE = {"rule": "F18", "article": "36", "layer": "code", "facts": []}
OF_A_DEPARTURE = {"rule": "D5", "article": "7(2)", "layer": "by-law", "facts": []}
OF_A_RELEASE = [
    {"rule": rule, "article": article, "layer": "by-law", "facts": []}
    for rule, article in (("L2", "7(1)"), ("L7", "20(1)"), ("L5", "7(1) para 3"))
]


def with_grounds(event: type[Event], *grounds: dict[str, Any]) -> dict[str, Any]:
    written = json.loads((EXAMPLES / f"{event.__name__}.json").read_text(encoding="utf-8"))
    return {**written, "grounds": grounds}


@pytest.mark.law("F12")
@pytest.mark.parametrize("event", [ReleaseRefused, ReleaseWithheld, GroundAfterRelease])
def test_art_8_2_what_stands_in_the_way_of_a_release_is_a_ground_of_a_release(event: type[Event]) -> None:
    event.model_validate(with_grounds(event, *OF_A_RELEASE))
    for other in (OF_A_USE, OF_A_DEPARTURE):
        with pytest.raises(ValidationError, match="no release is refused or withheld under"):
            event.model_validate(with_grounds(event, *OF_A_RELEASE, other))


@pytest.mark.law("F12", "F18")
def test_art_8_2_what_blocks_a_use_is_article_36_alone() -> None:
    UseBlocked.model_validate(with_grounds(UseBlocked, OF_A_USE))
    for other in (*OF_A_RELEASE, OF_A_DEPARTURE):
        with pytest.raises(ValidationError, match="36 alone blocks a use"):
            UseBlocked.model_validate(with_grounds(UseBlocked, OF_A_USE, other))
    with pytest.raises(ValidationError, match="too_short"):
        UseBlocked.model_validate(with_grounds(UseBlocked))
