"""What tests say of vehicles and papers, where it is not what they are about."""

from contracts.seals import Seal


def sealed(*numbers: str) -> tuple[Seal, ...]:
    """Seals on the vehicle of which nothing but the number is known."""
    return tuple(Seal(number=number) for number in numbers)
