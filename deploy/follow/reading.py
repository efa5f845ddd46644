"""What the services' doors say of one shipment, and of the vehicle that carries it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from deploy.follow.order import Document, in_order

KINDS = ("consignment", "movement")


class Unknown(Exception):  # noqa: N818 - what was asked for, not what went wrong here
    """No service has anything on record of this id."""


@dataclass(frozen=True)
class Life:
    """A shipment's entries in order, those of its vehicle among them; `silent` services could not be asked."""

    kind: str
    id: str
    entries: tuple[Document, ...]
    waits: tuple[Mapping[str, Any], ...]
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


def read(doors: Mapping[str, str], token: str, asked: str) -> Life:
    """The life of `ID`, or of `consignment/ID` or `movement/ID`. Raises Unknown."""
    stated, _, rest = asked.partition("/")
    kinds, id_ = ((stated,), rest) if stated in KINDS and rest else (KINDS, asked)
    with httpx.Client(headers={"authorization": f"Bearer {token}"}, timeout=10) as client:
        asking = Asking(client, doors)
        for kind in kinds:
            if told := asking.all_of(kind, id_):
                return _life(asking, kind, id_, told)
    if len(asking.silent) == len(doors):
        raise Unknown("no service could be asked: see make status")
    also = f" ({', '.join(asking.silent)} could not be asked)" if asking.silent else ""
    raise Unknown(f"nothing is recorded of {asked}{also}: check the id; `make demo` prints some when it is done")


class Asking:
    """Asks every service; `silent` are those that gave no answer."""

    def __init__(self, client: httpx.Client, doors: Mapping[str, str]) -> None:
        self._client = client
        self._doors = doors
        self.silent: tuple[str, ...] = ()

    def all_of(self, kind: str, id_: str) -> list[dict[str, Any]]:
        """What each service says that knows the stream."""
        answers = [(service, self._answer(f"{address}/{kind}s/{id_}")) for service, address in self._doors.items()]
        silent = (service for service, answer in answers if answer is None)
        self.silent = tuple(dict.fromkeys((*self.silent, *silent)))
        return [answer for _, answer in answers if answer]

    def _answer(self, address: str) -> dict[str, Any] | None:
        """With its whole timeline, page by page. Empty where nothing is known, None where there is no answer."""
        found: dict[str, Any] = {"timeline": [], "next": 0}
        while (after := found["next"]) is not None:
            try:
                response = self._client.get(address, params={"after": after})
            except httpx.TransportError:
                return None
            if response.status_code == httpx.codes.NOT_FOUND:
                return {}
            if not response.is_success:
                return None
            page = response.json()
            found = {**page, "timeline": found["timeline"] + page["timeline"]}
        return found


def _life(asking: Asking, kind: str, id_: str, told: list[dict[str, Any]]) -> Life:
    entries = [entry for each in told for entry in each["timeline"]]
    if kind == "consignment":
        for movement in _named(entries, "movement"):
            entries += [entry for each in asking.all_of("movement", movement) for entry in each["timeline"]]
    waits = tuple(point for each in told for point in each["open_points"])
    return Life(kind, id_, tuple(in_order(entries)), waits, asking.silent)


def _named(entries: Iterable[Document], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry["data"][name] for entry in entries if entry["data"].get(name)))
