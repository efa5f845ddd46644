"""The commands of the day, as they are sent: what each act says of a truck or of goods."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from deploy.demo.day import Day
from deploy.demo.script import Goods, Script, Truck

Command: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Acts:
    """Writes the commands of one day."""

    script: Script
    day: Day

    def of_truck(self, act: str, key: str) -> Command:
        """Raises KeyError for an act that is none of a truck's."""
        truck = self.script.trucks[key]
        says: dict[str, Callable[[Truck], Command]] = {
            "NotifyArrival": self._notice,
            "RecordCrossing": self._crossing,
            "RecordArrival": lambda each: {"checkpoint": each.post},
            "PresentVehicle": vehicle_as_found,
        }
        return {"movement": self.day.id(key), **says[act](truck), **self._stated(act, truck, None)}

    def of_goods(self, act: str, key: str) -> Command:
        """Raises KeyError for an act that is none of a consignment's."""
        goods = self.script.goods[key]
        says: dict[str, Callable[[Goods], Command]] = {
            "PresentGoods": lambda each: {"checkpoint": each.post, "packages_found": each.packages_found},
            "LodgeDeclaration": declaration,
            "RecordPayment": self._payment,
            "ReleaseGoods": lambda each: {"regime": each.regime, "runs_for_a_term": bool(each.term)},
            "RecordImmediateExport": lambda each: {},
            "EndRegime": lambda each: {},
        }
        stated = self._stated(act, self.script.trucks[goods.truck], goods)
        return {"consignment": self.day.id(key), **says[act](goods), **stated}

    def _stated(self, act: str, truck: Truck, goods: Goods | None) -> Command:
        key = goods.key if goods else truck.key
        occurred = self.day.when(act, truck, goods).isoformat()
        return {"occurred": occurred, "idempotency_key": self.day.idempotency_key(act, key)}

    def _notice(self, truck: Truck) -> Command:
        return {
            "checkpoint": truck.post,
            "mode": "road",
            "expected": self.day.when("RecordCrossing", truck).isoformat(),
            "vehicle": truck.vehicle,
            "carrier": truck.carrier,
            "route": [truck.post],
            "consignments": [self.day.id(goods.key) for goods in truck.goods],
        }

    def _crossing(self, truck: Truck) -> Command:
        papers = [
            {
                "consignment": self.day.id(goods.key),
                "packages": goods.packages,
                "goods": [{"code": goods.papers_code, "origin": goods.origin, "description": goods.goods}],
            }
            for goods in truck.goods
        ]
        return {"direction": "in", "mode": "road", "place": truck.post, "seals": list(truck.seals), "papers": papers}

    def _payment(self, goods: Goods) -> Command:
        amount = Decimal(goods.duty) + Decimal(goods.tax) + Decimal(goods.fee)
        return {"amount": str(amount), "reference": f"TR-{self.day.id(goods.key)}"}


def vehicle_as_found(truck: Truck) -> Command:
    intact = [seal for seal in truck.seals if seal not in truck.broken]
    return {"checkpoint": truck.post, "seals_found_intact": intact}


def declaration(goods: Goods) -> Command:
    item = {"code": goods.code, "origin": goods.origin, "origin_proof": goods.proof, "description": goods.goods}
    payments = [
        {"kind": kind, "amount": amount}
        for kind, amount in (("duty", goods.duty), ("tax", goods.tax), ("fee", goods.fee))
        if Decimal(amount)
    ]
    told = {"declarant": goods.declarant, "form": "declaration", "items": [item], "regime": goods.regime}
    return {**told, "payments": payments, **({"principal": goods.principal} if goods.principal else {})}
