"""What the services have said so far, shipment by shipment: their events, and nothing that we only expect."""

import time
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from deploy.demo.day import Day
from deploy.demo.script import Goods, Script


class Stage(NamedTuple):
    """A column of the progress: the event that counts, of trucks or of goods."""

    name: str
    of: str
    event: str


STAGES = (
    Stage("announced", "trucks", "ArrivalNotified"),
    Stage("crossed", "trucks", "BorderCrossed"),
    Stage("shown", "trucks", "VehiclePresented"),
    Stage("shown", "goods", "GoodsPresented"),
    Stage("declared", "goods", "DeclarationAccepted"),
    Stage("paid", "goods", "PaymentReceived"),
    Stage("released", "goods", "GoodsReleased"),
    Stage("completed", "goods", "ClearanceCompleted"),
    Stage("sent back", "goods", "ImmediateExportDone"),
)


class Tally:
    """The types of event heard of each truck and consignment of one day."""

    def __init__(self, script: Script, day: Day) -> None:
        self.script = script
        self.day = day
        self.moved_at = time.monotonic()
        """When something new was heard last."""
        self._posts = {truck.key: truck.post for truck in script.trucks.values()}
        self._posts |= {key: goods.post for key, goods in script.goods.items()}
        self._heard: dict[str, set[str]] = {key: set() for key in self._posts}

    def hear(self, id_: str, event: str) -> None:
        heard = self._heard.get(self.day.key(id_) or "")
        if heard is not None and event not in heard:
            heard.add(event)
            self.moved_at = time.monotonic()

    def hear_answers(self, answers: Iterable[Mapping[str, Any]]) -> None:
        for event in (event for answer in answers for event in answer["events"]):
            of = event["data"].get("consignment") or event["data"]["movement"]
            self.hear(of, event["type"])

    def heard(self, key: str) -> frozenset[str]:
        return frozenset(self._heard[key])

    def count(self, stage: Stage, post: str) -> int:
        return sum(stage.event in heard for key, heard in self._heard.items() if self._posts[key] == post)

    def unsettled(self) -> list[str]:
        """The keys of what still has something before it today."""
        trucks = [key for key in self.script.trucks if "VehiclePresented" not in self._heard[key]]
        return trucks + [key for key, goods in self.script.goods.items() if not self._settled(goods)]

    def _settled(self, goods: Goods) -> bool:
        """Shown, and then done with, sent back, or paid for under a regime that runs beyond the day."""
        heard = self._heard[goods.key]
        runs_on = goods.term == "runs" and {"GoodsReleased", "PaymentReceived"} <= heard
        return "GoodsPresented" in heard and (runs_on or bool(heard & {"ClearanceCompleted", "ImmediateExportDone"}))
