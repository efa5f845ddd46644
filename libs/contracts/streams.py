"""The name of a stream: its kind, then its id."""

from hashlib import sha256

from contracts.spelling import folded
from contracts.values import ConsignmentId, MovementId, Number
from contracts.vehicle import IdentityKind
from contracts.whereabouts import VehicleId


def movement(of: MovementId) -> str:
    """One vehicle on one journey."""
    return f"movement/{of}"


def consignment(of: ConsignmentId) -> str:
    """The goods under one transport document."""
    return f"consignment/{of}"


def vehicle(of: VehicleId) -> str:
    """One vehicle on all its journeys."""
    return f"vehicle/{of}"


def vehicle_id(kind: IdentityKind, identity: Number) -> VehicleId:
    """Of its identity alone, however spelt; a digest, since identities have letters that no id has."""
    return sha256(f"{kind} {folded(identity)}".encode()).hexdigest()[:32]
