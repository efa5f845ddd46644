"""What is sent: lorries with ten consignments each, and the ten commands of a lifecycle.

Notice, crossing, arrival and the vehicle shown are one command for all ten; goods shown, declaration, its acceptance,
payment, release and the end of the regime one for each. The goods are released under a regime for a term, so it is the
end of that term which completes the clearance (Art. 29(2)).
"""

from collections.abc import Mapping, Sequence

from client.scenarios.documents import TEMPORARY
from client.scenarios.road import FOR_A_TERM, Lorry, numbered

CONSIGNMENTS = 10
"""Of one lorry."""
COMPLETED = b'"type":"ClearanceCompleted"'
STEPS = FOR_A_TERM
"""Each is sent when the one before it was answered."""

Sizes = Mapping[str, Mapping[str, Sequence[int]]]
"""By service and kind of stream, how many bytes each entry of a lifecycle has, in order."""


def lorry(movement: str, consignments: int = CONSIGNMENTS) -> Lorry:
    return Lorry(movement=movement, consignments=numbered(movement, consignments), regime=TEMPORARY, for_a_term=True)


def per_lifecycle(sizes: Sizes) -> float:
    """How many entries a lifecycle has: a consignment's own, and its part in those of its vehicle."""
    own = [kinds.get("consignment", ()) for kinds in sizes.values()]
    shared = [kinds.get("movement", ()) for kinds in sizes.values()]
    return sum(map(len, own)) + sum(map(len, shared)) / CONSIGNMENTS
