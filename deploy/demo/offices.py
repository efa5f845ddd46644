"""Who acts on goods, on what: what waits at a service, whose act it is, and for what one waits before doing it."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Literal, TypeAlias

from deploy.demo.script import Goods

Heard: TypeAlias = Set[str]
Role: TypeAlias = Literal["officer", "declarant", "treasury", "agency"]


@dataclass(frozen=True, kw_only=True)
class Office:
    """An act on goods, and the door at which it is done. `own` says of which goods, `may` when, by what was heard.

    `waits`: the open point under which its service lists it; empty where one acts on what stands on the topics alone.
    """

    act: str
    service: str
    path: str
    role: Role
    waits: str = ""
    own: Callable[[Goods], bool] = lambda goods: True
    may: Callable[[Goods, Heard], bool] = lambda goods, heard: True


def can_be_shown(goods: Goods, heard: Heard) -> bool:
    """Where they are to be shown they have arrived; or their vehicle was stopped there."""
    return goods.post in heard or "ExemptionLost" in heard


def can_be_declared(goods: Goods, heard: Heard) -> bool:
    """Goods on a flight that was not to stop: once it is known whether it did."""
    return not goods.post or can_be_shown(goods, heard)


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
        act="PresentGoods", service="presentation", path="/goods-presentations", role="officer", waits="PresentGoods",
        own=lambda goods: bool(goods.post), may=can_be_shown,
    ),
    Office(
        act="LodgeDeclaration", service="clearance", path="/declarations", role="declarant", waits="LodgeDeclaration",
        own=lambda goods: not goods.leaves or goods.papers_code != goods.code, may=can_be_declared,
    ),
    Office(
        act="PresentPermit", service="clearance", path="/permits", role="declarant", waits="PresentPermit",
        own=lambda goods: goods.permit not in ("", "missing"), may=may_be_permitted,
    ),
    Office(
        act="DecideOnPermit", service="clearance", path="/permit-decisions", role="officer", waits="DecideOnPermit",
        own=lambda goods: goods.permit in ("defect accepted", "defect refused"),
    ),
    Office(
        act="RecordApproval", service="clearance", path="/approvals", role="agency", waits="RecordApproval",
        own=lambda goods: bool(goods.approval), may=may_be_approved,
    ),
    Office(
        act="RecordPayment", service="clearance", path="/payments", role="treasury", waits="RecordPayment",
        own=lambda goods: goods.payment in ("at once", "after release"), may=may_be_paid,
    ),
    Office(
        act="StateNotExported", service="clearance", path="/immediate-exports", role="officer",
        waits="RecordImmediateExport", own=lambda goods: goods.leaves in ("not", "recorded late"), may=has_to_leave,
    ),
    Office(
        act="RecordImmediateExport", service="clearance", path="/immediate-exports", role="officer",
        waits="RecordImmediateExport", own=lambda goods: goods.leaves == "at once", may=may_leave,
    ),
    Office(
        act="RecordImmediateExport", service="clearance", path="/immediate-exports", role="officer",
        own=lambda goods: goods.leaves == "recorded late", may=may_leave,
    ),
    Office(
        act="AskForRelease", service="release", path="/releases", role="officer",
        own=lambda goods: goods.insists, may=may_be_asked_for,
    ),
    Office(act="ReleaseGoods", service="release", path="/releases", role="officer", waits="ReleaseGoods"),
    Office(
        act="ReportUse", service="release", path="/uses", role="declarant",
        own=lambda goods: bool(goods.use), may=lambda goods, heard: "GoodsReleased" in heard,
    ),
    Office(
        act="EndRegime", service="release", path="/regime-ends", role="officer", waits="EndRegime",
        own=lambda goods: goods.term == "ends",
    ),
)  # fmt: skip
