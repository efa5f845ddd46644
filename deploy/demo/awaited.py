"""What has to be on record of a shipment before its day is over: events, and acts that lead to none."""

from deploy.demo.script import Goods, Movement

LEFT = {
    "": set[str](),
    "at once": {"ImmediateExportDone"},
    "recorded late": {"ImmediateExportDone", "StorageTermEndWithdrawn"},
    "not": {"TemporaryStorageStarted"},
}
PERMITTED = {
    "": set[str](),
    "valid": {"RestrictionSatisfied"},
    "defect accepted": {"PermitDecided", "RestrictionSatisfied"},
    "defect refused": {"PermitDecided"},
    "missing": {"RestrictionOpened"},
}
APPROVED = {
    "": set[str](),
    "at once": {"AgencyApprovalGranted"},
    "after release": {"AgencyApprovalGranted"},
    "refused": {"AgencyApprovalRefused"},
}
NOTIFIED = {
    "in time": set[str](),
    "short": set[str](),
    "after crossing": set[str](),
    "late": {"NoticeFindingsRecorded", "NoticeFindingsWithdrawn"},
    "recorded late": {"NoticeFindingsRecorded", "NoticeFindingsWithdrawn"},
    "none": set[str](),
}
STOPPED = {"": set[str](), "exempt": {"StopRecorded"}, "exemption lost": {"StopRecorded", "ExemptionLost"}}
OF_NOTICES = ("A2", "A4", "A9")
"""Rules by which something is found of notices."""


def awaited_of_movement(movement: Movement) -> set[str]:
    awaited = {"BorderCrossed", *NOTIFIED[movement.notice], *STOPPED[movement.stops]}
    awaited |= {"ArrivalNotified"} if movement.announced else set()
    awaited |= {"JourneyChanged"} if movement.changes else set()
    awaited |= {"VehiclePresented"} if movement.post else set()
    awaited |= {"Chapter8NotApplicable"} if movement.non_stop or not movement.came else set()
    return awaited | (
        {"NoticeFindingsRecorded"} if any(rule[:2] in OF_NOTICES for rule in movement.findings) else set()
    )


def awaited_of_goods(goods: Goods, movement: Movement) -> set[str]:
    shown = {"GoodsPresented"} if goods.post else set()
    if goods.leaves:
        refused = {"ReleaseRefused"} if goods.insists else set()
        referred = {"DisposalReferred"} if goods.leaves == "not" and movement.days_ago else set()
        return shown | refused | referred | LEFT[goods.leaves]
    return shown | _cleared(goods) | _released(goods)


def _cleared(goods: Goods) -> set[str]:
    paid = {"PaymentReceived"} if goods.payment in ("at once", "after release") else set()
    withheld = {"ReleaseWithheld"} if goods.insists else set()
    declared = {"DeclarationLodged", "DeclarationAccepted"}
    return declared | paid | withheld | PERMITTED[goods.permit] | APPROVED[goods.approval]


def _released(goods: Goods) -> set[str]:
    if goods.outcome == "withheld":
        return set()
    awaited = {"GoodsReleased"}
    awaited |= {"ClearanceCompleted"} if goods.outcome == "completed" else set()
    awaited |= {"ReportUse"} if goods.use else set()
    return awaited | ({"GroundAfterRelease"} if goods.surfaces else set())
