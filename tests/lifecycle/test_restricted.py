"""Restricted goods are withheld until the permit is there; a permit with a defect goes to the officer."""

from typing import Any

from client import Answer
from client.scenarios.documents import carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border, facts, found

MEDICINE = {"code": "300490000", "origin": "DE"}
PERMIT = "medicine import permit"


async def before_release(border: Border, consignment: str) -> None:
    await road.crossing(border, carnet(f"{consignment}-truck"), consignment, goods=MEDICINE)
    await road.goods_shown(border, consignment)
    await road.declared(border, consignment, **MEDICINE)
    await border.until_measured(f"consignment/{consignment}", "restrictions")


async def asked(border: Border, consignment: str) -> Answer:
    return await border.act("officer", "/releases", consignment=consignment, regime=road.REGIME)


async def permit(border: Border, consignment: str, **line: Any) -> Answer:
    return await border.act(
        "declarant", "/permits", consignment=consignment, permit=PERMIT, number="MP-1",
        issued_by="Sample Health Authority", lines=[line],
    )  # fmt: skip


async def test_release_is_withheld_under_article_7_1_until_the_permit_is_there(border: Border) -> None:
    consignment = "L-medicine-1"
    stream = f"consignment/{consignment}"
    await before_release(border, consignment)
    withheld = await asked(border, consignment)
    assert withheld.outcome == "withheld"
    (event,) = withheld.events
    assert (event.type, event.data["article"], event.data["who"]) == (
        "ReleaseWithheld", "7(1) para 3", "declarant",
    )  # fmt: skip
    (ground,) = event.data["grounds"]
    assert (ground["rule"], ground["article"], ground["layer"]) == ("L5", "7(1) para 3", "by-law")
    assert facts(ground)["codes"] == [MEDICINE["code"]]
    point = await border.until_open("clearance", stream, "PresentPermit")
    assert (point.who, point.article) == ("declarant", "7(1) para 3")

    answer = await permit(border, consignment, code=MEDICINE["code"], quantity="120", unit="kg")
    assert [event.type for event in answer.events][:2] == ["PermitRecorded", "RestrictionSatisfied"]
    released = await road.released(border, consignment)
    assert [event.type for event in released.events] == ["GoodsReleased"]


async def test_a_permit_with_a_defect_is_for_the_officer_to_accept(border: Border) -> None:
    consignment = "L-medicine-2"
    stream = f"consignment/{consignment}"
    await before_release(border, consignment)
    answer = await permit(border, consignment, code="300490", quantity="120", unit="kg")
    assert found(answer.events) == [
        ("PermitRecorded", "K1", "7(5)"), ("PermitReferred", "K1", "7(5)"), ("PermitReferred", "K1", "7(5)"),
    ]  # fmt: skip
    point = await border.until_open("clearance", stream, "DecideOnPermit")
    assert (point.who, point.article) == ("officer", "7(5)")
    assert (await asked(border, consignment)).outcome == "withheld"

    decided = await border.act(
        "officer", "/permit-decisions", consignment=consignment, permit=PERMIT, number="MP-1", accepted=True
    )
    assert [event.type for event in decided.events][:2] == ["PermitDecided", "RestrictionSatisfied"]
    released = await road.released(border, consignment)
    assert released.outcome == "recorded"
