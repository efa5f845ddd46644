"""Convoys of lorries, each with one consignment of prohibited goods, and the entries that are to stand in the end."""

from collections.abc import Sequence
from itertools import chain

from client.scenarios.documents import Command, carnet, stream_of
from client.scenarios.road import WITH_PROHIBITED, Lorry, numbered
from tests.faults.evidence import Expected

STEPS = WITH_PROHIBITED


def convoy(run: str, number: int, lorries: int, consignments: int) -> tuple[Lorry, ...]:
    """Lorries whose shipments all begin with the convoy's own name, so that they sort side by side. Of several
    consignments of one, the last is of goods that may not come in."""
    names = [carnet(f"{convoy_name(run, number)}_{lorry}") for lorry in range(lorries)]
    brought = {name: numbered(name, consignments) for name in names}
    return tuple(Lorry(movement=name, consignments=all_, prohibited=all_[1:][-1:]) for name, all_ in brought.items())


def convoy_name(run: str, number: int) -> str:
    """Stands in the id of each of its shipments, behind what those of its kind have alike; `run` has no underscore."""
    return f"{run.upper()}_{number:05}"


def convoy_of(command: Command) -> str:
    """The name of the convoy whose command this is."""
    kind = "consignment" if "consignment" in command else "movement"
    return "_".join(stream_of(kind, command).rpartition(".")[2].split("_")[:2])


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
        "LodgeDeclaration", "ClearanceStarted", "DeclarationLodged", "AcceptDeclaration", "DeclarationAccepted",
        "PaymentAssessed", "RecordPayment", "PaymentReceived", "ReadyForRelease",
    ),
    "release": ("ReleaseGoods", "GoodsReleased", "ClearanceCompleted"),
}  # fmt: skip
OF_A_PROHIBITED_ONE = OF_ANY_CONSIGNMENT | {
    "clearance": (
        "RecordImmediateExport", "ImmediateExportNotDone", "PlaceInStorage", "GoodsPlacedInStorage",
        "TemporaryStorageStarted", "LodgeDeclaration", "ClearanceStarted", "DeclarationLodged", "ImportProhibited",
        "ImmediateExportOrdered", "StorageTermEnded", "DisposalReferred",
    ),
}  # fmt: skip


def expected(lorries: Sequence[Lorry], plain: bool) -> list[Expected]:
    """Every stream of these lorries, each with every entry of its lifecycle once, whatever the order was."""
    movements = (lorry.movement for lorry in lorries)
    allowed = chain.from_iterable(lorry.allowed for lorry in lorries)
    prohibited = chain.from_iterable(lorry.prohibited for lorry in lorries)
    return [
        *(_each_once(f"movement/{each}", OF_A_MOVEMENT, plain) for each in movements),
        *(_each_once(f"consignment/{each}", OF_A_CONSIGNMENT, plain) for each in allowed),
        *(_each_once(f"consignment/{each}", OF_A_PROHIBITED_ONE, plain) for each in prohibited),
    ]


def _each_once(stream: str, types: dict[str, tuple[str, ...]], plain: bool) -> Expected:
    entries = {service: dict.fromkeys(names, 1) for service, names in types.items()}
    return Expected(stream=stream, entries=entries, plain=plain)
