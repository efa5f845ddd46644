"""What those for whom goods are say of an arrival: recorded as theirs, and no notice (Art. 37(2-1))."""

from client.scenarios.documents import Command, carnet
from tests.lifecycle.border import Border

SAYS: Command = {"mode": "road", "checkpoint": "FRP-MIX", "expected": "2026-03-02T08:00:00Z"}


async def test_what_a_consignee_says_of_an_arrival_is_recorded_as_information_and_as_its_own(border: Border) -> None:
    movement = carnet("L-informed")
    informed = await border.act("consignee", "/arrival-information", movement=movement, **SAYS)
    (event,) = informed.events
    assert (event.type, event.data["stated_by"]["role"]) == ("ArrivalInformed", "consignee")
    again = await border.act("consignee", "/arrival-information", movement=movement, **SAYS)
    assert not again.events
