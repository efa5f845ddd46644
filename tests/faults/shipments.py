"""Trucks and what they carry: the commands of whole road lifecycles, and the entries that are to stand in the end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any

from tests.faults.evidence import Expected

CHECKPOINT = "FRP-MIX"
REGIME = "release for domestic use"
SEAL = "S1"
PACKAGES = 12
GOODS = {"code": "870323000", "origin": "KR"}
PROHIBITED = {"code": "391530000", "origin": "KR"}
STORED = timedelta(days=30)
"""So long ago prohibited goods went into storage: the term is over before it is recorded, and fires at once."""

Command = dict[str, Any]


@dataclass(frozen=True)
class Truck:
    """One vehicle on one journey with its consignments. Of several, the last one is of goods that may not come in."""

    movement: str
    consignments: tuple[str, ...]

    @property
    def prohibited(self) -> tuple[str, ...]:
        return self.consignments[-1:] if len(self.consignments) > 1 else ()

    @property
    def allowed(self) -> tuple[str, ...]:
        return tuple(each for each in self.consignments if each not in self.prohibited)


def convoy(run: str, number: int, trucks: int, consignments: int) -> tuple[Truck, ...]:
    """Trucks whose shipments all begin with the convoy's own name, so that they sort side by side."""
    names = [f"{convoy_name(run, number)}-{truck}" for truck in range(trucks)]
    return tuple(Truck(name, tuple(f"{name}-{n}" for n in range(consignments))) for name in names)


def convoy_name(run: str, number: int) -> str:
    """`run` has no dash."""
    return f"{run}-{number:05}"


def convoy_of(command: Command) -> str:
    """The name of the convoy whose command this is."""
    shipment: str = command.get("consignment") or command["movement"]
    return "-".join(shipment.split("-")[:2])


@dataclass(frozen=True)
class Step:
    """One door, who comes to it, and the commands that a truck's lifecycle sends there.

    `service` and `path` name the door; `of` is movement or consignment; `waits` says that the service shows the act
    as an open point once it has heard what must come before. What it tells happened `ago`.
    """

    service: str
    path: str
    role: str
    type: str
    of: str
    commands: Callable[[Truck], Iterator[Command]]
    waits: bool = False
    ago: timedelta = timedelta()

    def name(self, command: Command) -> str:
        return f"{self.of}/{command[self.of]}"


def notices(truck: Truck) -> Iterator[Command]:
    yield {
        "movement": truck.movement, "checkpoint": CHECKPOINT, "mode": "road", "expected": "2026-03-02T08:00:00Z",
        "vehicle": "01-AG-1234", "carrier": "Hazar Logistika",
        "journey": [{"place": CHECKPOINT}, {"place": "ASB-AIR"}],
        "consignments": list(truck.consignments),
    }  # fmt: skip


def crossings(truck: Truck) -> Iterator[Command]:
    goods = dict.fromkeys(truck.allowed, GOODS) | dict.fromkeys(truck.prohibited, PROHIBITED)
    papers = [{"consignment": each, "packages": PACKAGES, "goods": [goods[each]]} for each in truck.consignments]
    yield {
        "movement": truck.movement, "direction": "in", "mode": "road", "place": CHECKPOINT, "seals": [SEAL],
        "papers": papers,
    }  # fmt: skip


def arrivals(truck: Truck) -> Iterator[Command]:
    yield {"movement": truck.movement, "checkpoint": CHECKPOINT}


def vehicles(truck: Truck) -> Iterator[Command]:
    yield {"movement": truck.movement, "checkpoint": CHECKPOINT, "seals_found_intact": [SEAL]}


def goods(truck: Truck) -> Iterator[Command]:
    for each in truck.consignments:
        yield {"consignment": each, "checkpoint": CHECKPOINT, "packages_found": PACKAGES}


def exports(truck: Truck) -> Iterator[Command]:
    """They did not leave at once."""
    for each in truck.prohibited:
        yield {"consignment": each, "done": False}


def declarations(truck: Truck) -> Iterator[Command]:
    for each in truck.allowed:
        yield {
            "consignment": each, "declarant": "Hazar Logistika", "form": "declaration", "regime": REGIME,
            "items": [{**GOODS, "origin_proof": "certificate"}],
            "payments": [{"kind": "duty", "amount": "120.50"}, {"kind": "excise", "amount": "30.00"}],
        }  # fmt: skip


def payments(truck: Truck) -> Iterator[Command]:
    for each in truck.allowed:
        yield {"consignment": each, "amount": "150.50", "reference": f"P-{each}"[:64]}


def releases(truck: Truck) -> Iterator[Command]:
    for each in truck.allowed:
        yield {"consignment": each, "regime": REGIME, "runs_for_a_term": False}


STEPS = (
    Step("arrival", "/arrival-notices", "administration", "NotifyArrival", "movement", notices),
    Step("arrival", "/border-crossings", "officer", "RecordCrossing", "movement", crossings),
    Step("clearance", "/immediate-exports", "carrier", "RecordImmediateExport", "consignment", exports, ago=STORED),
    Step("arrival", "/arrivals", "officer", "RecordArrival", "movement", arrivals),
    Step("presentation", "/vehicle-presentations", "officer", "PresentVehicle", "movement", vehicles, waits=True),
    Step("presentation", "/goods-presentations", "officer", "PresentGoods", "consignment", goods, waits=True),
    Step("clearance", "/declarations", "declarant", "LodgeDeclaration", "consignment", declarations, waits=True),
    Step("clearance", "/payments", "treasury", "RecordPayment", "consignment", payments),
    Step("release", "/releases", "officer", "ReleaseGoods", "consignment", releases, waits=True),
)
"""In the order of a lifecycle. The Code lets most of it be free, so it may also be sent without waiting."""

OF_A_MOVEMENT = {
    "arrival": (
        "NotifyArrival",
        "ArrivalNotified",
        "RecordCrossing",
        "BorderCrossed",
        "RecordArrival",
        "VehicleArrived",
    ),
    "presentation": ("CheckpointDetermined", "PresentVehicle", "VehiclePresented"),
}
OF_ANY_CONSIGNMENT = {
    "arrival": (
        "AnnounceConsignment", "ConsignmentAnnounced", "RecordGoodsCrossing", "GoodsCrossed", "RecordGoodsArrival",
        "GoodsArrived",
    ),
    "presentation": ("CheckpointDetermined", "PresentGoods", "GoodsPresented"),
}  # fmt: skip
OF_A_CONSIGNMENT = OF_ANY_CONSIGNMENT | {
    "clearance": (
        "LodgeDeclaration", "ClearanceStarted", "DeclarationAccepted", "PaymentAssessed", "RecordPayment",
        "PaymentReceived", "ReadyForRelease",
    ),
    "release": ("ReleaseGoods", "GoodsReleased", "ClearanceCompleted"),
}  # fmt: skip
OF_A_PROHIBITED_ONE = OF_ANY_CONSIGNMENT | {
    "clearance": (
        "RecordImmediateExport", "TemporaryStorageStarted", "ImportProhibited", "ImmediateExportOrdered",
        "StorageTermEnded", "DisposalReferred",
    ),
}  # fmt: skip


def expected(trucks: Sequence[Truck], plain: bool) -> list[Expected]:
    """Every stream of these trucks, each with every entry of its lifecycle once, whatever the order was."""
    movements = (truck.movement for truck in trucks)
    allowed = chain.from_iterable(truck.allowed for truck in trucks)
    prohibited = chain.from_iterable(truck.prohibited for truck in trucks)
    return [
        *(_each_once(f"movement/{each}", OF_A_MOVEMENT, plain) for each in movements),
        *(_each_once(f"consignment/{each}", OF_A_CONSIGNMENT, plain) for each in allowed),
        *(_each_once(f"consignment/{each}", OF_A_PROHIBITED_ONE, plain) for each in prohibited),
    ]


def _each_once(stream: str, types: dict[str, tuple[str, ...]], plain: bool) -> Expected:
    entries = {service: dict.fromkeys(names, 1) for service, names in types.items()}
    return Expected(stream=stream, entries=entries, plain=plain)
