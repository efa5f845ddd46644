"""A shipment that people name in four ways is one once somebody says so, at whichever point of its life."""

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


async def link(border: Border, first: str, *seconds: Command | str) -> None:
    for second in seconds:
        await border.act("officer", "/consignment-links", consignment=first, second=second)


@pytest.mark.parametrize("point", POINTS)
async def test_it_is_released_and_completed_once_whenever_it_is_said_to_be_one(border: Border, point: str) -> None:
    number = f"LINK{POINTS.index(point)}"
    bill, note, mrn, own = named(number)
    lorry = {"kind": "tir_carnet", "number": number}
    others = [note, mrn, own]
    told = await border.say(NOTICE, documents.notice("", ()) | {"movement": lorry, "consignments": [bill]})
    (first,) = told.events[0].data["consignments"]
    stream = f"consignment/{first}"
    await border.until_recorded("arrival", stream, "ConsignmentAnnounced")

    if point == "at the beginning":
        await link(border, first, note, mrn)
        await border.until("release", stream, lambda shown: len(shown.state.get("links", {}).get("joined", ())) == 2)
        others = [bill] * 3
    crossed, shown, declared = others
    papers = [{"consignment": crossed, "packages": documents.PACKAGES, "goods": [CAR]}]
    await border.say(CROSSING, documents.crossing("", papers) | {"movement": lorry})
    lodged = await border.say(DECLARATION, documents.declaration("") | {"consignment": declared})
    as_declared = lodged.events[0].data["consignment"]  # An officer's reference of that number would be another one.
    if point == "before it is shown":
        await link(border, first, note, mrn, as_declared)
        shown = bill
    await border.say(GOODS, documents.goods("") | {"consignment": shown})
    if point == "before its release":
        await link(border, first, note, mrn, as_declared)
    if point != "after its release":
        await border.until_open("release", stream, "ReleaseGoods")
        as_declared = first
    await border.say(ACCEPTANCE, {"consignment": as_declared})
    await border.say(PAYMENT, documents.payment(as_declared))
    await border.say(RELEASE, documents.release(as_declared))
    if point == "after its release":
        await link(border, first, note, mrn, as_declared)
    await border.until_recorded("release", stream, "ClearanceCompleted")

    types = [type_ for type_, _ in await border.cited("release", stream)]
    assert (types.count("GoodsReleased"), types.count("ClearanceCompleted")) == (1, 1)
    await border.until("clearance", stream, lambda shown: shown.open_points == ())
    if point != "at the beginning":
        found = await border.read_page("clearance", f"/consignments?identifier=LRN {number}")
        assert first in [each["id"] for each in found["items"]]
    with pytest.raises(NotTaken) as closed:
        await border.say(PAYMENT, documents.payment("") | {"consignment": note})
    assert (closed.value.problem.status, closed.value.problem.document["joined"]) == (409, first)
