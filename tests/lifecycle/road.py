"""The acts of a lifecycle by road that come before its outcome: one lorry, one consignment, at Farap."""

from typing import Any

from client import Answer
from client.scenarios import documents
from client.scenarios.documents import CAR as CAR
from client.scenarios.documents import FARAP as FARAP
from client.scenarios.documents import WASTE as WASTE
from client.scenarios.road import ACCEPTANCE, ARRIVAL, CROSSING, DECLARATION, GOODS, NOTICE, PAYMENT, RELEASE
from tests.lifecycle.border import Border

REGIME = documents.DOMESTIC


async def notice(border: Border, movement: str, *consignments: str) -> None:
    await border.say(NOTICE, documents.notice(movement, consignments))


async def crossing(border: Border, movement: str, *consignments: str, **more: Any) -> Answer:
    """Of goods that are cars, or `goods`."""
    papers = documents.papers(consignments, [more.pop("goods", CAR)])
    return await border.say(CROSSING, documents.crossing(movement, papers, **more))


async def arrival(border: Border, movement: str) -> None:
    await border.say(ARRIVAL, documents.arrival(movement))


async def goods_shown(border: Border, consignment: str, **more: Any) -> Answer:
    """The goods are presented once the checkpoint waits for them."""
    await border.until_open("presentation", f"consignment/{consignment}", "PresentGoods")
    return await border.say(GOODS, documents.goods(consignment, **more))


async def declared(border: Border, consignment: str, **item: Any) -> Answer:
    """The declaration, once clearance has heard that the goods have crossed and were shown."""
    await border.until_open("clearance", f"consignment/{consignment}", "LodgeDeclaration")
    return await border.say(DECLARATION, documents.declaration(consignment, items=[documents.item(**item)]))


async def found(border: Border, consignment: str, *codes: str) -> list[str]:
    """The officer looks at goods that are in doubt, and finds these, beside whatever is declared; what comes of it."""
    await border.until_open("clearance", f"consignment/{consignment}", "DecideOnGoodsInDoubt")
    said: dict[str, Any] = {"consignment": consignment, "evidence": ["examination"]}
    answers = [await border.act("officer", "/goods-decisions", code=code, **said) for code in codes]
    return [event.type for answer in answers for event in answer.events]


async def accepted(border: Border, consignment: str) -> Answer:
    return await border.say(ACCEPTANCE, documents.acceptance(consignment))


async def paid(border: Border, consignment: str) -> None:
    await border.say(PAYMENT, documents.payment(consignment))


async def released(border: Border, consignment: str) -> Answer:
    """What release answers once it waits for the officer."""
    await border.until_open("release", f"consignment/{consignment}", "ReleaseGoods")
    return await border.say(RELEASE, documents.release(consignment))
