"""Port, officer and broker name one bill, each by its number alone, in whichever order: it is one shipment."""

from itertools import permutations

import pytest

from client import NotTaken
from client.scenarios import documents
from client.scenarios.documents import Command
from client.scenarios.road import ACCEPTANCE, CROSSING, DECLARATION, GOODS, NOTICE, PAYMENT, RELEASE
from tests.lifecycle.border import Border
from tests.lifecycle.road import CAR, FARAP

ACTS = ("notice", "crossing", "declaration")


def bill(number: str) -> Command:
    return {"kind": "bill_of_lading", "number": f"OB/26/{number}", "issuer": "HZFL"}


def voyage(number: str) -> Command:
    return {"kind": "voyage", "number": number, "issuer": "HZFL", "day": "2026-03-02"}


async def act(border: Border, what: str, number: str) -> str:
    """The id of the consignment that was meant."""
    papers = [{"documents": [bill(number)], "packages": documents.PACKAGES, "goods": [CAR]}]
    if what == "notice":
        told = documents.notice("", ()) | {"movement": voyage(number), "consignments": [bill(number)]}
        answer = await border.say(NOTICE, told)
        return str(answer.events[0].data["consignments"][0])
    if what == "crossing":
        answer = await border.say(CROSSING, documents.crossing("", papers) | {"movement": voyage(number)})
        return str(answer.events[0].data["papers"][0]["consignment"])
    declared = documents.declaration("") | {"consignment": bill(number)}
    return str((await border.say(DECLARATION, declared)).events[0].data["consignment"])


@pytest.mark.parametrize("order", [*permutations(ACTS)], ids="-".join)
async def test_it_is_one_shipment_in_any_order(border: Border, order: tuple[str, ...]) -> None:
    number = "".join(each[0] for each in order).upper()
    (id_,) = {await act(border, what, number) for what in order}
    await border.until_open("presentation", f"consignment/{id_}", "PresentGoods")
    await border.say(GOODS, documents.goods("") | {"consignment": bill(number), "checkpoint": FARAP})
    await border.say(ACCEPTANCE, {"consignment": id_})
    await border.say(PAYMENT, documents.payment(id_))
    await border.until_open("release", f"consignment/{id_}", "ReleaseGoods")
    await border.say(RELEASE, documents.release(id_))
    await border.until_recorded("release", f"consignment/{id_}", "ClearanceCompleted")

    for service in ("arrival", "clearance"):
        found = await border.read_page(service, f"/consignments?identifier=ob/26/%20{number.lower()}")
        assert [each["id"] for each in found["items"]] == [id_]
    movements = await border.read_page("arrival", f"/movements?identifier={number}")
    assert [each["id"] for each in movements["items"]] == [f"voyage.HZFL.{number}.20260302"]


async def test_an_id_of_which_nothing_is_on_record_anywhere_is_not_taken(border: Border) -> None:
    for path, command in (
        ("/arrivals", {"movement": "NOBODY", "checkpoint": FARAP}),
        ("/goods-presentations", documents.goods("NOBODY-S")),
        ("/declaration-acceptances", {"consignment": "NOBODY-S"}),
        ("/releases", documents.release("NOBODY-S")),
    ):
        with pytest.raises(NotTaken) as refused:
            await border.act("officer", path, **command)
        assert (refused.value.problem.status, refused.value.problem.name) == (404, "no-such-stream")


async def test_what_is_on_record_at_an_upstream_alone_is_known(border: Border) -> None:
    """Of goods that stay aboard a ship release hears nothing; they are there all the same."""
    by_sea = {"mode": "sea", "checkpoint": "TKB-SEA", "journey": [{"place": "TKB-SEA"}]}
    told = documents.notice("", ()) | by_sea | {"movement": voyage("KNOWN"), "consignments": [bill("KNOWN")]}
    answer = await border.say(NOTICE, told)
    (id_,) = answer.events[0].data["consignments"]
    await border.until_recorded("arrival", f"consignment/{id_}", "ConsignmentAnnounced")
    taken = await border.act("officer", "/regime-ends", consignment=id_)
    assert taken.outcome in ("recorded", "nothing new", "differs")
