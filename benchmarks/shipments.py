"""What is sent: vehicles with ten consignments each, and the nine commands of a lifecycle.

Notice, crossing, arrival and the vehicle shown are one command for all ten; goods shown, declaration, payment, release
and the end of the regime one for each. The goods are released under a regime for a term, so it is the end of that term
which completes the clearance (Art. 29(2)).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

CONSIGNMENTS = 10
"""Of one vehicle."""
CHECKPOINT = "FRP-MIX"
REGIME = "temporary import"
GOODS = {"code": "870323000", "origin": "KR"}
COMPLETED = b'"type":"ClearanceCompleted"'

Command = dict[str, Any]


class Vehicle(NamedTuple):
    """One vehicle on one journey, and what it brings."""

    movement: str
    brings: int = CONSIGNMENTS

    @property
    def consignments(self) -> list[str]:
        return [f"{self.movement}-{number}" for number in range(self.brings)]


class Step(NamedTuple):
    """One door, who comes to it, and what is sent there; `asks`: the answer waits for what others know."""

    name: str
    service: str
    path: str
    role: str
    commands: Callable[[Vehicle], Iterator[Command]]
    reads_latest: bool = False

    def lines(self, vehicles: Sequence[Vehicle]) -> list[bytes]:
        """NDJSON: a line per command, each under a key of its own."""
        return [orjson.dumps(command) for vehicle in vehicles for command in self._keyed(vehicle)]

    def _keyed(self, vehicle: Vehicle) -> Iterator[Command]:
        for command in self.commands(vehicle):
            of = command.get("consignment") or command["movement"]
            yield command | {"idempotency_key": f"{of}/{self.name}"}


def notices(vehicle: Vehicle) -> Iterator[Command]:
    yield {
        "movement": vehicle.movement, "checkpoint": CHECKPOINT, "mode": "road", "expected": "2026-12-01T09:00:00Z",
        "vehicle": "01-AG-1234", "carrier": "Hazar Logistika", "journey": [{"place": CHECKPOINT}, {"place": "ASB-AIR"}],
        "consignments": vehicle.consignments,
    }  # fmt: skip


def crossings(vehicle: Vehicle) -> Iterator[Command]:
    papers = [{"consignment": each, "packages": 12, "goods": [GOODS]} for each in vehicle.consignments]
    yield {
        "movement": vehicle.movement, "direction": "in", "mode": "road", "place": CHECKPOINT, "seals": ["S1"],
        "papers": papers,
    }  # fmt: skip


def arrivals(vehicle: Vehicle) -> Iterator[Command]:
    yield {"movement": vehicle.movement, "checkpoint": CHECKPOINT}


def vehicles_shown(vehicle: Vehicle) -> Iterator[Command]:
    yield {"movement": vehicle.movement, "checkpoint": CHECKPOINT, "seals_found_intact": ["S1"]}


def goods_shown(vehicle: Vehicle) -> Iterator[Command]:
    for each in vehicle.consignments:
        yield {"consignment": each, "checkpoint": CHECKPOINT, "packages_found": 12}


def declarations(vehicle: Vehicle) -> Iterator[Command]:
    payments = [{"kind": "duty", "amount": "120.50"}, {"kind": "excise", "amount": "30.00"}]
    for each in vehicle.consignments:
        yield {
            "consignment": each, "declarant": "Hazar Logistika", "form": "declaration", "regime": REGIME,
            "items": [{**GOODS, "origin_proof": "certificate"}], "payments": payments,
        }  # fmt: skip


def payments(vehicle: Vehicle) -> Iterator[Command]:
    for each in vehicle.consignments:
        yield {"consignment": each, "amount": "150.50", "reference": f"P-{each}"}


def releases(vehicle: Vehicle) -> Iterator[Command]:
    for each in vehicle.consignments:
        yield {"consignment": each, "regime": REGIME, "runs_for_a_term": True}


def regime_ends(vehicle: Vehicle) -> Iterator[Command]:
    for each in vehicle.consignments:
        yield {"consignment": each}


STEPS = (
    Step("notice", "arrival", "/arrival-notices", "administration", notices),
    Step("crossing", "arrival", "/border-crossings", "officer", crossings),
    Step("arrival", "arrival", "/arrivals", "officer", arrivals),
    Step("vehicle shown", "presentation", "/vehicle-presentations", "officer", vehicles_shown),
    Step("goods shown", "presentation", "/goods-presentations", "officer", goods_shown),
    Step("declaration", "clearance", "/declarations", "declarant", declarations),
    Step("payment", "clearance", "/payments", "treasury", payments),
    Step("release", "release", "/releases", "officer", releases, reads_latest=True),
    Step("regime's end", "release", "/regime-ends", "officer", regime_ends),
)
"""In the order of a lifecycle; each is sent when the one before it was answered."""
SERVICES = ("arrival", "presentation", "clearance", "release")

Sizes = Mapping[str, Mapping[str, Sequence[int]]]
"""By service and kind of stream, how many bytes each entry of a lifecycle has, in order."""


def per_lifecycle(sizes: Sizes) -> float:
    """How many entries a lifecycle has: a consignment's own, and its part in those of its vehicle."""
    own = [kinds.get("consignment", ()) for kinds in sizes.values()]
    shared = [kinds.get("movement", ()) for kinds in sizes.values()]
    return sum(map(len, own)) + sum(map(len, shared)) / CONSIGNMENTS
