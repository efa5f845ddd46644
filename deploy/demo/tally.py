"""What the services have said so far, shipment by shipment, as it stands on their topics; nothing only expected."""

import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from deploy.demo.awaited import awaited_of_goods, awaited_of_movement
from deploy.demo.day import Day
from deploy.demo.lives import Life
from deploy.demo.script import NO_POST, Script

RATE_SECONDS = 3.0
KEPT = ("type", "time", "recordedtime", "data")


class Stage(NamedTuple):
    """A column of the progress: the event that counts, of vehicles or of goods."""

    name: str
    of: str
    event: str


STAGES = (
    Stage("announced", "vehicles", "ArrivalNotified"),
    Stage("crossed", "vehicles", "BorderCrossed"),
    Stage("shown", "vehicles", "VehiclePresented"),
    Stage("shown", "goods", "GoodsPresented"),
    Stage("declared", "goods", "DeclarationLodged"),
    Stage("accepted", "goods", "DeclarationAccepted"),
    Stage("paid", "goods", "PaymentReceived"),
    Stage("released", "goods", "GoodsReleased"),
    Stage("completed", "goods", "ClearanceCompleted"),
    Stage("refused", "goods", "ReleaseRefused"),
    Stage("withheld", "goods", "ReleaseWithheld"),
    Stage("sent back", "goods", "ImmediateExportDone"),
)


class Tally:
    """What was heard of each movement and consignment of one day: events, and the acts that led to them."""

    def __init__(self, script: Script, day: Day, lives: Sequence[Life] = ()) -> None:
        self.script = script
        self.day = day
        self.moved_at = time.monotonic()
        """When something new was heard last."""
        self._posts = {key: movement.post or NO_POST for key, movement in script.movements.items()}
        self._posts |= {key: goods.post or NO_POST for key, goods in script.goods.items()}
        keys = (*self._posts, *(life.key for life in lives))
        self._events: dict[str, list[Mapping[str, Any]]] = {key: [] for key in keys}
        self._heard: dict[str, set[str]] = {key: set() for key in keys}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._ids: set[str] = set()
        self._recent: deque[float] = deque()
        self.awaited = {key: awaited_of_movement(movement) for key, movement in script.movements.items()}
        self.awaited |= {
            key: awaited_of_goods(goods, script.movements[goods.movement]) for key, goods in script.goods.items()
        }
        self.awaited |= {life.key: {*life.comes} for life in lives}
        self.positions: dict[tuple[str, int], int] = {}
        """The highest position heard, by service and partition."""

    def hear(self, said: Mapping[str, Any], kind: str) -> None:
        """An entry as it stands on a topic, which may hold it twice."""
        service, partition, position = said["id"].split("/")
        place = service, int(partition)
        self.positions[place] = max(self.positions.get(place, 0), int(position))
        key = self.day.key(said["subject"].partition("/")[2])
        if key is None or key not in self._events or said["id"] in self._ids:
            return
        self._ids.add(said["id"])
        self._count(key, said["type"])
        if said["type"] in ("GoodsArrived", "VehicleArrived"):
            self._heard[key].add(said["data"]["checkpoint"])
        if kind == "event":
            self._events[key].append({name: said[name] for name in KEPT})
            self.moved_at = time.monotonic()
            self._recent.append(self.moved_at)

    def _count(self, key: str, type_: str) -> None:
        self.awaited[key].discard(type_)
        if type_ not in self._heard[key]:
            self._heard[key].add(type_)
            if key not in self._posts:
                return
            self._counts[self._posts[key], f"{self._of(key)} {type_}"] += 1

    def heard(self, key: str) -> Set[str]:
        """The types of its events, the names of the acts on it, and the places at which it has arrived."""
        return self._heard[key]

    def events(self, key: str) -> tuple[Mapping[str, Any], ...]:
        return tuple(self._events[key])

    def said(self, key: str, type_: str) -> Iterator[Mapping[str, Any]]:
        """What its events of this type say."""
        return (event["data"] for event in self._events[key] if event["type"] == type_)

    def count(self, stage: Stage, post: str) -> int:
        return self._counts[post, f"{stage.of} {stage.event}"]

    def rate(self) -> int:
        """Events per second, over the last few."""
        now = time.monotonic()
        while self._recent and now - self._recent[0] > RATE_SECONDS:
            self._recent.popleft()
        return round(len(self._recent) / RATE_SECONDS)

    def unsettled(self) -> list[str]:
        """The keys of what still has something before it today."""
        return [key for key, awaited in self.awaited.items() if awaited]

    def _of(self, key: str) -> str:
        return "vehicles" if key in self.script.movements else "goods"
