"""When what a vehicle tells its goods happened."""

from contracts.values import Instant


def elsewhen(happened: Instant, occurred: Instant) -> Instant | None:
    """When it happened, left out where the input says so already."""
    return None if happened == occurred else happened
