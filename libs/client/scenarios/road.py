"""Lorries with their goods, from the notice to release and beyond: the steps, in order, of three lives."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import orjson

from client.calling import KEY
from client.routes import ROUTES, Route
from client.scenarios import documents
from client.scenarios.documents import CAR, DOMESTIC, SEAL, WASTE, Command


@dataclass(frozen=True, kw_only=True)
class Lorry:
    """One vehicle on one journey, under a TIR carnet.

    `prohibited` are those of its consignments whose goods may not come in, as their declaration says and their papers
    do not; the regime of the others runs for a term, or not.
    """

    movement: str
    consignments: tuple[str, ...]
    prohibited: tuple[str, ...] = ()
    regime: str = DOMESTIC
    for_a_term: bool = False

    @property
    def allowed(self) -> tuple[str, ...]:
        return tuple(each for each in self.consignments if each not in self.prohibited)


def numbered(movement: str, consignments: int) -> tuple[str, ...]:
    """The ids of so many consignments of a movement, each under a note of its own."""
    return tuple(
        documents.note(f"{movement.removeprefix(documents.CARNET)}_{number}") for number in range(consignments)
    )


@dataclass(frozen=True, kw_only=True)
class Step:
    """One route, who comes to it, and what is said there of a lorry: one command, or one for each of its consignments.

    `waits`: its service shows the act as an open point once it has heard what must come before. It happened `ago`.
    """

    route: Route
    role: str
    says: Callable[[Lorry], Iterator[Command]]
    waits: bool = False
    ago: timedelta = timedelta()

    def commands(self, lorries: Iterable[Lorry]) -> list[Command]:
        """Each under a key of its own, which is the same whenever this is asked."""
        return [{**said, KEY: self._key(said)} for lorry in lorries for said in self.says(lorry)]

    def lines(self, lorries: Iterable[Lorry]) -> list[bytes]:
        """The same as NDJSON."""
        return [orjson.dumps(command) for command in self.commands(lorries)]

    def stream(self, command: Command) -> str:
        return f"{self.route.kind}/{documents.stream_of(self.route.kind, command)}"

    def _key(self, command: Command) -> str:
        return f"{documents.stream_of(self.route.kind, command)}/{self.route.command}"


def _notices(lorry: Lorry) -> Iterator[Command]:
    yield documents.notice(lorry.movement, lorry.consignments, papers=documents.announced(lorry.consignments))


def _crossings(lorry: Lorry) -> Iterator[Command]:
    papers = [*documents.papers(lorry.allowed, [CAR]), *documents.papers(lorry.prohibited, [])]
    yield documents.crossing(lorry.movement, papers, seals=[{"number": SEAL}])


def _not_exported(lorry: Lorry) -> Iterator[Command]:
    yield from ({"consignment": documents.named(each), "done": False} for each in lorry.prohibited)


def _stored(lorry: Lorry) -> Iterator[Command]:
    yield from ({"consignment": documents.named(each), "place": "the store of the post"} for each in lorry.prohibited)


def _arrivals(lorry: Lorry) -> Iterator[Command]:
    yield documents.arrival(lorry.movement)


def _vehicles(lorry: Lorry) -> Iterator[Command]:
    yield documents.vehicle(lorry.movement)


def _goods(lorry: Lorry) -> Iterator[Command]:
    yield from map(documents.goods, lorry.consignments)


def _declarations(lorry: Lorry) -> Iterator[Command]:
    yield from (documents.declaration(each, regime=lorry.regime) for each in lorry.allowed)
    waste = documents.item(**WASTE)
    yield from (documents.declaration(each, regime=lorry.regime, items=[waste]) for each in lorry.prohibited)


def _acceptances(lorry: Lorry) -> Iterator[Command]:
    yield from map(documents.acceptance, lorry.allowed)


def _payments(lorry: Lorry) -> Iterator[Command]:
    yield from map(documents.payment, lorry.allowed)


def _releases(lorry: Lorry) -> Iterator[Command]:
    stated = {"regime": lorry.regime, "runs_for_a_term": lorry.for_a_term}
    yield from (documents.release(each, **stated) for each in lorry.allowed)


def _regime_ends(lorry: Lorry) -> Iterator[Command]:
    yield from ({"consignment": documents.named(each)} for each in lorry.allowed)


NOTICE = Step(route=ROUTES["NotifyArrival"], role="administration", says=_notices)
CROSSING = Step(route=ROUTES["RecordCrossing"], role="officer", says=_crossings)
LONG_AGO = Step(route=ROUTES["RecordCrossing"], role="officer", says=_crossings, ago=timedelta(days=31))
NOT_EXPORTED = Step(route=ROUTES["RecordImmediateExport"], role="officer", says=_not_exported, ago=timedelta(days=30))
STORED = Step(route=ROUTES["PlaceInStorage"], role="officer", says=_stored, ago=timedelta(days=30))
"""Prohibited goods did not leave at once; the term of their storage is over before that is recorded, and then fires."""
ARRIVAL = Step(route=ROUTES["RecordArrival"], role="officer", says=_arrivals)
VEHICLE = Step(route=ROUTES["PresentVehicle"], role="officer", says=_vehicles, waits=True)
GOODS = Step(route=ROUTES["PresentGoods"], role="officer", says=_goods, waits=True)
DECLARATION = Step(route=ROUTES["LodgeDeclaration"], role="declarant", says=_declarations, waits=True)
ACCEPTANCE = Step(route=ROUTES["AcceptDeclaration"], role="officer", says=_acceptances)
PAYMENT = Step(route=ROUTES["RecordPayment"], role="treasury", says=_payments)
RELEASE = Step(route=ROUTES["ReleaseGoods"], role="officer", says=_releases, waits=True)
REGIME_END = Step(route=ROUTES["EndRegime"], role="officer", says=_regime_ends, waits=True)

PLAIN = (NOTICE, CROSSING, ARRIVAL, VEHICLE, GOODS, DECLARATION, ACCEPTANCE, PAYMENT, RELEASE)
"""To release, with which customs is done. The Code lets most of it be free, so it may also be sent in another order."""
WITH_PROHIBITED = (NOTICE, LONG_AGO, NOT_EXPORTED, STORED, *PLAIN[2:])
"""The same of lorries that bring prohibited goods, too: these are referred for disposal."""
FOR_A_TERM = (*PLAIN, REGIME_END)
"""Under a regime that runs for a term it is the end of that term which completes the clearance (Art. 29(2))."""
