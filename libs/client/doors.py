"""Where each command goes: the doors of the services, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SERVICES = ("arrival", "presentation", "clearance", "release")
"""Each hears those before it."""
KINDS = ("consignment", "movement")


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where a service takes commands of one type, on streams of one kind.

    `asks`: the answer waits until the service knows what those before it have on record.
    """

    service: str
    path: str
    command: str
    kind: str
    asks: bool = False


_GOODS, _VEHICLE = "consignment", "movement"
DOORS: Mapping[str, Door] = MappingProxyType({
    door.command: door
    for door in (
        Door(service="arrival", path="/arrival-notices", command="NotifyArrival", kind=_VEHICLE),
        Door(service="arrival", path="/journeys", command="ChangeJourney", kind=_VEHICLE),
        Door(service="arrival", path="/border-crossings", command="RecordCrossing", kind=_VEHICLE),
        Door(service="arrival", path="/arrivals", command="RecordArrival", kind=_VEHICLE),
        Door(service="arrival", path="/stops", command="RecordStop", kind=_VEHICLE),
        Door(service="presentation", path="/vehicle-presentations", command="PresentVehicle", kind=_VEHICLE),
        Door(service="presentation", path="/goods-presentations", command="PresentGoods", kind=_GOODS),
        Door(service="clearance", path="/declarations", command="LodgeDeclaration", kind=_GOODS),
        Door(service="clearance", path="/permits", command="PresentPermit", kind=_GOODS),
        Door(service="clearance", path="/permit-decisions", command="DecideOnPermit", kind=_GOODS),
        Door(service="clearance", path="/approvals", command="RecordApproval", kind=_GOODS),
        Door(service="clearance", path="/immediate-exports", command="RecordImmediateExport", kind=_GOODS),
        Door(service="clearance", path="/payments", command="RecordPayment", kind=_GOODS),
        Door(service="release", path="/releases", command="ReleaseGoods", kind=_GOODS, asks=True),
        Door(service="release", path="/regime-ends", command="EndRegime", kind=_GOODS),
        Door(service="release", path="/uses", command="ReportUse", kind=_GOODS, asks=True),
    )
})  # fmt: skip
"""By the command's type."""
AT: Mapping[str, Door] = MappingProxyType({door.path: door for door in DOORS.values()})
"""The same by path."""


def redrives(service: str) -> Door:
    """Where an operator has parked records of a service's stream decided again."""
    return Door(service=service, path="/redrives", command="Redrive", kind="stream")
