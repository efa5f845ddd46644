"""The name of a stream: its kind, then its id."""

from contracts.values import ConsignmentId, MovementId


def movement(of: MovementId) -> str:
    """One vehicle on one journey."""
    return f"movement/{of}"


def consignment(of: ConsignmentId) -> str:
    """The goods under one transport document."""
    return f"consignment/{of}"
