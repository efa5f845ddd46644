"""Who acts on goods, on what: what waits at a service, whose act it is, and for what one waits before doing it."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Literal, TypeAlias

from client import ROUTES, Route
from deploy.demo.script import Goods

Heard: TypeAlias = Set[str]
Role: TypeAlias = Literal["officer", "declarant", "treasury", "agency"]


@dataclass(frozen=True, kw_only=True)
class Office:
    """An act on goods, and the route on which it is done. `own` says of which goods, `may` when, by what was heard.

    `waits`: its service lists the goods on which it is open; else one acts on what stands on the topics alone.
    """

    act: str
    route: Route
    role: Role
    waits: bool = True
    own: Callable[[Goods], bool] = lambda goods: True
    may: Callable[[Goods, Heard], bool] = lambda goods, heard: True


def can_be_shown(goods: Goods, heard: Heard) -> bool:
    """Where they are to be shown they have arrived; or their vehicle was stopped there."""
    return goods.post in heard or "ExemptionLost" in heard


def can_be_declared_unasked(goods: Goods, heard: Heard) -> bool:
    """Nobody waits for a declaration of goods that fly over; those of pipelines are declared alike."""
    return "Chapter8NotApplicable" in heard


def has_to_leave(goods: Goods, heard: Heard) -> bool:
    return not goods.insists or "ReleaseRefused" in heard


def may_leave(goods: Goods, heard: Heard) -> bool:
    """Most goods at once; some left in time, and that is recorded only when their term is over."""
    return has_to_leave(goods, heard) if goods.leaves == "at once" else "DisposalReferred" in heard


def may_be_permitted(goods: Goods, heard: Heard) -> bool:
    return not goods.insists or "ReleaseWithheld" in heard


def may_be_approved(goods: Goods, heard: Heard) -> bool:
    return goods.approval != "after release" or "GoodsReleased" in heard


def may_be_paid(goods: Goods, heard: Heard) -> bool:
    """Most pay at once; some when they see their goods released, and after what somebody did with them meanwhile."""
    return goods.payment == "at once" or ("GoodsReleased" in heard and (not goods.use or "ReportUse" in heard))


def may_be_asked_for(goods: Goods, heard: Heard) -> bool:
    """Whoever insists asks once it is on record that the goods are not to be had, or not yet."""
    return bool(heard & {"ImportProhibited", "RestrictionOpened"})


OFFICES = (
    Office(
        act="PresentGoods", route=ROUTES["PresentGoods"], role="officer", own=lambda goods: bool(goods.post),
        may=can_be_shown,
    ),
    Office(
        act="LodgeDeclaration", route=ROUTES["LodgeDeclaration"], role="declarant",
        own=lambda goods: bool(goods.post) and (not goods.leaves or goods.papers_code != goods.code),
        may=can_be_shown,
    ),
    Office(
        act="LodgeDeclaration", route=ROUTES["LodgeDeclaration"], role="declarant", waits=False,
        own=lambda goods: not goods.post, may=can_be_declared_unasked,
    ),
    Office(
        act="DecideOnGoodsInDoubt", route=ROUTES["DecideOnGoodsInDoubt"], role="officer",
        own=lambda goods: bool(goods.leaves) or goods.surfaces,
        may=lambda goods, heard: "GoodsReleased" in heard if goods.surfaces else "GoodsInDoubt" in heard,
    ),
    Office(
        act="AcceptDeclaration", route=ROUTES["AcceptDeclaration"], role="officer", own=lambda goods: not goods.leaves
    ),
    Office(
        act="PresentPermit", route=ROUTES["PresentPermit"], role="declarant",
        own=lambda goods: goods.permit not in ("", "missing"), may=may_be_permitted,
    ),
    Office(
        act="DecideOnPermit", route=ROUTES["DecideOnPermit"], role="officer",
        own=lambda goods: goods.permit in ("defect accepted", "defect refused"),
    ),
    Office(
        act="RecordApproval", route=ROUTES["RecordApproval"], role="agency", own=lambda goods: bool(goods.approval),
        may=may_be_approved,
    ),
    Office(
        act="RecordPayment", route=ROUTES["RecordPayment"], role="treasury",
        own=lambda goods: goods.payment in ("at once", "after release"), may=may_be_paid,
    ),
    Office(
        act="StateNotExported", route=ROUTES["RecordImmediateExport"], role="officer",
        own=lambda goods: goods.leaves in ("not", "recorded late"), may=has_to_leave,
    ),
    Office(
        act="PlaceInStorage", route=ROUTES["PlaceInStorage"], role="officer",
        own=lambda goods: goods.leaves in ("not", "recorded late"),
    ),
    Office(
        act="RecordImmediateExport", route=ROUTES["RecordImmediateExport"], role="officer",
        own=lambda goods: goods.leaves == "at once", may=may_leave,
    ),
    Office(
        act="RecordImmediateExport", route=ROUTES["RecordImmediateExport"], role="officer", waits=False,
        own=lambda goods: goods.leaves == "recorded late", may=may_leave,
    ),
    Office(
        act="AskForRelease", route=ROUTES["ReleaseGoods"], role="officer", waits=False, own=lambda goods: goods.insists,
        may=may_be_asked_for,
    ),
    Office(act="ReleaseGoods", route=ROUTES["ReleaseGoods"], role="officer"),
    Office(
        act="ReportUse", route=ROUTES["ReportUse"], role="declarant", waits=False, own=lambda goods: bool(goods.use),
        may=lambda goods, heard: "GoodsReleased" in heard,
    ),
    Office(act="EndRegime", route=ROUTES["EndRegime"], role="officer", own=lambda goods: goods.term == "ends"),
)  # fmt: skip
