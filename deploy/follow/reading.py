"""What the services' doors say of one shipment, and of the vehicle that carries it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from client import Client, OpenPoint, Patience, ServiceError, Stream
from client.routes import KINDS
from deploy.follow.order import Document, in_order

ANSWER_SECONDS = 10.0


class Unknown(Exception):  # noqa: N818 - what was asked for, not what went wrong here
    """No service has anything on record of this id."""


@dataclass(frozen=True)
class Life:
    """A shipment's entries in order, those of its vehicle among them; `silent` services could not be asked."""

    kind: str
    id: str
    entries: tuple[Document, ...]
    waits: tuple[OpenPoint, ...]
    silent: tuple[str, ...]

    @property
    def movements(self) -> tuple[str, ...]:
        """The vehicles that the consignment is, or was to be, on."""
        return _named(self.entries, "movement")

    @property
    def consignments(self) -> tuple[str, ...]:
        """The consignments that the vehicle's notice and papers name."""
        listed = (id_ for entry in self.entries for id_ in entry["data"].get("consignments", ()))
        papers = (each["consignment"] for entry in self.entries for each in entry["data"].get("papers", ()))
        return tuple(dict.fromkeys((*listed, *papers)))


async def read(doors: Mapping[str, str], token: str, asked: str) -> Life:
    """The life of `ID`, or of `consignment/ID` or `movement/ID`. Raises Unknown."""
    stated, _, rest = asked.partition("/")
    kinds, id_ = ((stated,), rest) if stated in KINDS and rest else (KINDS, asked)
    addresses = {service: (door,) for service, door in doors.items()}
    async with Client(addresses, patience=Patience(seconds=0), seconds=ANSWER_SECONDS) as client:
        asking = Asking(client, tuple(doors), token)
        for kind in kinds:
            if told := await asking.all_of(kind, id_):
                return await _life(asking, kind, id_, told)
    if len(asking.silent) == len(doors):
        raise Unknown("no service could be asked: see make status")
    also = f" ({', '.join(asking.silent)} could not be asked)" if asking.silent else ""
    raise Unknown(f"nothing is recorded of {asked}{also}: check the id; `make demo` prints some when it is done")


class Asking:
    """Asks every service; `silent` are those that gave no answer."""

    def __init__(self, client: Client, services: Iterable[str], token: str) -> None:
        self._client = client
        self._services = services
        self._token = token
        self.silent: tuple[str, ...] = ()

    async def all_of(self, kind: str, id_: str) -> list[Stream]:
        """What each service says that knows the stream."""
        told = []
        for service in self._services:
            try:
                told.append(await self._client.stream(service, kind, id_, self._token))
            except ServiceError:
                self.silent = tuple(dict.fromkeys((*self.silent, service)))
        return [each for each in told if each]


async def _life(asking: Asking, kind: str, id_: str, told: list[Stream]) -> Life:
    entries = [entry for each in told for entry in each.timeline]
    if kind == "consignment":
        for movement in _named(entries, "movement"):
            entries += [entry for each in await asking.all_of("movement", movement) for entry in each.timeline]
    waits = tuple(point for each in told for point in each.open_points)
    return Life(kind, id_, tuple(in_order(entries)), waits, asking.silent)


def _named(entries: Iterable[Document], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry["data"][name] for entry in entries if entry["data"].get(name)))
