"""What a vehicle tells its goods: when it happened, and by which of their names."""

from contracts.values import ConsignmentId, Instant


def elsewhen(happened: Instant, occurred: Instant) -> Instant | None:
    """When it happened, left out where the input says so already."""
    return None if happened == occurred else happened


def stands_by_its_own_name(told_as: ConsignmentId | None, stands: ConsignmentId | None) -> bool:
    """What a vehicle told under the goods' own name is not told otherwise by another name of theirs.

    Of another it may come late, and be what was put right since: then it is taken back by that name, and this stays.
    """
    return told_as is not None and stands is None
