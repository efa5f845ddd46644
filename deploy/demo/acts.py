"""The commands of the day on vehicles, as they are sent: what each act says of a movement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from deploy.demo.day import Day
from deploy.demo.script import Call, Movement, Script

Command: TypeAlias = dict[str, Any]
KNOWN_BY = {
    "road": "registration_plate", "rail": "train_number", "air": "flight_number", "sea": "ship_name",
    "river": "ship_name", "pipeline": "line", "power_line": "line",
}  # fmt: skip
"""What a vehicle of each mode is called by in the day's table."""


@dataclass(frozen=True)
class MovementActs:
    """Writes the commands of one day on its movements."""

    script: Script
    day: Day

    def notice(self, movement: Movement) -> Command:
        """What was planned, whatever came of it."""
        calls = self._calls(movement, movement.calls)
        return self._said(movement, "NotifyArrival", self.day.notified(movement)) | {
            "checkpoint": movement.calls[0].place,
            "mode": movement.mode,
            "expected": calls[0]["expected"],
            "vehicle": {"kind": KNOWN_BY[movement.mode], "identity": movement.vehicle},
            "carrier": movement.carrier,
            "journey": calls,
            "consignments": [self.day.id(goods.key) for goods in movement.goods],
        }

    def change(self, movement: Movement) -> Command:
        """The whole of the journey, as it leads by then."""
        said = self._said(movement, "ChangeJourney", self.day.changed(movement))
        return said | {"mode": movement.mode, "journey": self._calls(movement, movement.came)}

    def crossing(self, movement: Movement) -> Command:
        said = self._said(movement, "RecordCrossing", self.day.crosses(movement))
        told = {
            "direction": "in",
            "mode": movement.mode,
            "seals": [{"number": seal} for seal in movement.seals],
            "papers": self._papers(movement),
        }
        place = {} if movement.exempt or movement.non_stop else {"place": movement.came[0].place}
        return said | told | place | ({"non_stop": True} if movement.non_stop else {})

    def arrival(self, movement: Movement, call: Call) -> Command:
        """What was unloaded is stated where nobody planned it, or where it came otherwise."""
        said = self._said(movement, f"RecordArrival-{call.place}", self.day.arrives(movement, call.place))
        said |= {"checkpoint": call.place, "mode": movement.mode}
        if call in movement.told and movement.notice in ("in time", "short", "after crossing"):
            return said | ({"work": list(call.work)} if call.work else {})
        return said | {"work": list(call.work), "unloads": self._unloads(movement, call)}

    def stop(self, movement: Movement) -> Command:
        """The officer decides what the stop means, and where vehicle and goods are shown after it."""
        place, lost = movement.came[0].place, movement.stops == "exemption lost"
        said = self._said(movement, "RecordStop", self.day.arrives(movement, place))
        return said | {"place": place, "exemption_lost": lost} | ({"present_at": place} if lost else {})

    def presentation(self, movement: Movement) -> Command:
        intact = [seal for seal in movement.seals if seal not in movement.broken]
        said = self._said(movement, "PresentVehicle", self.day.shown(movement))
        return said | {"checkpoint": movement.post, "seals_found_intact": intact}

    def _said(self, movement: Movement, act: str, occurred: datetime) -> Command:
        key = self.day.idempotency_key(act, movement.key)
        return {"movement": self.day.journey(movement.key), "occurred": occurred.isoformat(), "idempotency_key": key}

    def _calls(self, movement: Movement, calls: tuple[Call, ...]) -> list[Command]:
        came = [call.place for call in movement.came]
        return [
            {
                "place": call.place,
                "expected": self.day.arrives(movement, call.place if call.place in came else came[0]).isoformat(),
                **({"work": list(call.work)} if call.work else {}),
                **({"unloads": self._planned(movement, call)} if "unload" in call.work else {}),
            }
            for call in calls
        ]

    def _planned(self, movement: Movement, call: Call) -> list[str]:
        """What was to be unloaded there: all that comes off somewhere else now, where there was one such place."""
        came = {other.place for other in movement.came}
        return [
            self.day.id(goods.key)
            for goods in movement.goods
            if goods.post == call.place or (goods.post and call.place not in came)
        ]

    def _unloads(self, movement: Movement, call: Call) -> list[str]:
        if "unload" not in call.work:
            return []
        return [self.day.id(goods.key) for goods in movement.goods if goods.post == call.place]

    def _papers(self, movement: Movement) -> list[Command]:
        papers = []
        for goods in movement.goods:
            lines = [{"code": goods.papers_code, "origin": goods.origin, "description": goods.goods}]
            if second := goods.second:
                lines.append({"code": second.code, "origin": second.origin, "description": second.goods})
            papers.append({"consignment": self.day.id(goods.key), "packages": goods.packages, "goods": lines})
        if movement.adds:
            key, code = movement.adds
            line = {"code": code, "origin": self.script.goods[key].origin, "description": self.script.goods[key].goods}
            papers.append({"consignment": self.day.id(key), "packages": 1, "goods": [line]})
        return papers
