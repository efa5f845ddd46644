"""A shipment that people name in four ways is one once somebody says so, at whichever point of its life."""

from dataclasses import dataclass

import pytest

from client import NotTaken
from client.scenarios import documents
from client.scenarios.documents import Command
from client.scenarios.road import ACCEPTANCE, CROSSING, DECLARATION, GOODS, NOTICE, PAYMENT, RELEASE
from tests.lifecycle.border import Border
from tests.lifecycle.road import CAR

POINTS = ("at the beginning", "before it is shown", "before its release", "after its release")


def named(number: str) -> tuple[Command, Command, Command, Command]:
    """As port, officer, carrier and broker call it."""
    return (
        {"kind": "bill_of_lading", "number": f"B/{number}", "issuer": "HZFL"},
        {"kind": "cmr", "number": number, "issuer": "HZ"},
        {"kind": "mrn", "number": f"26TM{number}"},
        {"reference": f"LRN {number}"},
    )


@dataclass
class Shipment:
    """What it is called, and whether it was said by now that all of that is one."""

    border: Border
    number: str
    first: str = ""

    def __post_init__(self) -> None:
        self.bill, *self.others = named(self.number)
        self.lorry = {"kind": "tir_carnet", "number": self.number}

    @property
    def stream(self) -> str:
        return f"consignment/{self.first}"

    async def announced(self) -> None:
        told = documents.notice("", ()) | {"movement": self.lorry, "consignments": [self.bill]}
        (self.first,) = (await self.border.say(NOTICE, told)).events[0].data["consignments"]
        await self.border.until_recorded("arrival", self.stream, "ConsignmentAnnounced")

    async def linked(self, *seconds: Command | str) -> None:
        for second in seconds:
            await self.border.act("officer", "/consignment-links", consignment=self.first, second=second)

    async def linked_at_once(self) -> None:
        """Everybody is told so, and calls it by the bill from then on."""
        await self.linked(*self.others[:2])
        await self.border.until("release", self.stream, lambda shown: len(shown.state.get("links", {})) > 0)
        self.others = [self.bill] * 3

    async def crossed_and_declared(self) -> str:
        """The id under which it was declared: an officer's reference of that number would be another one."""
        crossed, _, declared = self.others
        papers = [{"consignment": crossed, "packages": documents.PACKAGES, "goods": [CAR]}]
        await self.border.say(CROSSING, documents.crossing("", papers) | {"movement": self.lorry})
        lodged = await self.border.say(DECLARATION, documents.declaration("") | {"consignment": declared})
        return str(lodged.events[0].data["consignment"])


@pytest.mark.parametrize("point", POINTS)
async def test_it_is_released_and_completed_once_whenever_it_is_said_to_be_one(border: Border, point: str) -> None:
    shipment = Shipment(border, f"LINK{POINTS.index(point)}")
    await shipment.announced()
    if point == "at the beginning":
        await shipment.linked_at_once()
    note, mrn, _ = shipment.others
    acted_on = declared = await shipment.crossed_and_declared()
    if point == "before it is shown":
        await shipment.linked(note, mrn, declared)
        mrn = shipment.bill
    await border.say(GOODS, documents.goods("") | {"consignment": mrn})
    if point == "before its release":
        await shipment.linked(note, mrn, declared)
    if point != "after its release":
        await border.until_open("release", shipment.stream, "ReleaseGoods")
        acted_on = shipment.first
    await border.say(ACCEPTANCE, {"consignment": acted_on})
    await border.say(PAYMENT, documents.payment(acted_on))
    await border.say(RELEASE, documents.release(acted_on))
    if point == "after its release":
        await shipment.linked(note, mrn, declared)
    await border.until_recorded("release", shipment.stream, "ClearanceCompleted")
    types = [type_ for type_, _ in await border.cited("release", shipment.stream)]
    assert (types.count("GoodsReleased"), types.count("ClearanceCompleted")) == (1, 1)
    await border.until("clearance", shipment.stream, lambda shown: shown.open_points == ())
    await is_one(border, shipment, declared)


async def is_one(border: Border, shipment: Shipment, declared: str) -> None:
    """What was said under another name is found by it, and by that nothing more is taken."""
    second = named(shipment.number)[1]
    with pytest.raises(NotTaken) as closed:
        await border.say(PAYMENT, documents.payment("") | {"consignment": second})
    assert (closed.value.problem.status, closed.value.problem.document["joined"]) == (409, shipment.first)
    if declared != shipment.first:
        found = await border.read_page("clearance", f"/consignments?identifier=LRN {shipment.number}")
        assert {shipment.first, declared} == {each["id"] for each in found["items"]}
