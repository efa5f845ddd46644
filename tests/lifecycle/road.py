"""The acts of a lifecycle by road that come before its outcome: one truck, one consignment, at Farap."""

from typing import Any

from tests.lifecycle.border import Border, Shown

FARAP = "FRP-MIX"
REGIME = "release for domestic use"
CAR = {"code": "870323000", "origin": "KR"}
WASTE = {"code": "391530000", "origin": "KZ"}
"""Goods that the sample act forbids to import."""


async def notice(border: Border, movement: str, *consignments: str) -> None:
    await border.act(
        "administration", "/arrival-notices", movement=movement, checkpoint=FARAP, mode="road",
        expected="2026-03-02T08:00:00Z", vehicle="01-AG-1234", carrier="Hazar Logistika",
        journey=[{"place": FARAP}, {"place": "ASB-AIR"}],
        consignments=list(consignments),
    )  # fmt: skip


async def crossing(border: Border, movement: str, *consignments: str, **more: Any) -> None:
    goods = more.pop("goods", CAR)
    papers = [{"consignment": each, "packages": 12, "goods": [goods]} for each in consignments]
    crossed: Shown = {"movement": movement, "direction": "in", "mode": "road", "place": FARAP, "papers": papers}
    await border.act("officer", "/border-crossings", **crossed, **more)


async def arrival(border: Border, movement: str) -> None:
    await border.act("officer", "/arrivals", movement=movement, checkpoint=FARAP)


async def goods_shown(border: Border, consignment: str) -> None:
    """The goods are presented once the checkpoint waits for them."""
    await border.until_open("presentation", f"consignment/{consignment}", "PresentGoods")
    await border.act("officer", "/goods-presentations", consignment=consignment, checkpoint=FARAP, packages_found=12)


async def declared(border: Border, consignment: str, **item: Any) -> dict[str, Any]:
    """The declaration, once clearance has heard that the goods have crossed and were shown."""
    await border.until_open("clearance", f"consignment/{consignment}", "LodgeDeclaration")
    return await border.act(
        "declarant", "/declarations", consignment=consignment, declarant="Hazar Logistika", form="declaration",
        regime=REGIME, items=[{**CAR, "origin_proof": "certificate", **item}],
        payments=[{"kind": "duty", "amount": "120.50"}, {"kind": "excise", "amount": "30.00"}],
    )  # fmt: skip


async def paid(border: Border, consignment: str) -> None:
    await border.act("treasury", "/payments", consignment=consignment, amount="150.50", reference=f"P-{consignment}")


async def released(border: Border, consignment: str) -> dict[str, Any]:
    """What release answers once it waits for the officer."""
    await border.until_open("release", f"consignment/{consignment}", "ReleaseGoods")
    return await border.act("officer", "/releases", consignment=consignment, regime=REGIME, runs_for_a_term=False)
