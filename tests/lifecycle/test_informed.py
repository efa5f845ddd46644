"""What those for whom goods are say of an arrival: recorded as theirs, and no notice (Art. 37(2-1))."""

import pytest

from client.answers import NotTaken
from client.scenarios.documents import Command, carnet
from tests.lifecycle.border import Border

SAYS: Command = {"mode": "road", "checkpoint": "FRP-MIX", "expected": "2026-03-02T08:00:00Z"}


async def test_a_consignee_informs_and_the_administration_alone_gives_notice(border: Border) -> None:
    movement = carnet("L-informed")
    informed = await border.act("consignee", "/arrival-information", movement=movement, **SAYS)
    (event,) = informed.events
    assert (event.type, event.data["stated_by"]["role"]) == ("ArrivalInformed", "consignee")
    again = await border.act("consignee", "/arrival-information", movement=movement, **SAYS)
    assert not again.events
    with pytest.raises(NotTaken):
        await border.act("consignee", "/arrival-notices", movement=movement, **SAYS)
