"""The commands of the day on goods, as they are sent: what each act says of a consignment."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from deploy.demo.acts import Command
from deploy.demo.day import Day
from deploy.demo.script import Goods, Movement, Script


@dataclass(frozen=True)
class GoodsActs:
    """Writes the commands of one day on its goods; several acts may be one command, said at different times."""

    script: Script
    day: Day

    def of(self, act: str, key: str, asked: str = "") -> Command:
        """`asked` is the permit, or the body, that a service named. Raises KeyError for an act that is none."""
        goods = self.script.goods[key]
        says: dict[str, Callable[[Goods], Command]] = {
            "PresentGoods": lambda each: {"checkpoint": each.shown_at, "packages_found": each.packages_found},
            "LodgeDeclaration": declaration,
            "DecideOnGoodsInDoubt": self._goods_found,
            "AcceptDeclaration": lambda each: {},
            "PresentPermit": lambda each: permit(each, asked),
            "DecideOnPermit": lambda each: permit_decision(each, asked),
            "RecordApproval": lambda each: approval(each, asked),
            "RecordPayment": self._payment,
            "AskForRelease": release,
            "ReleaseGoods": release,
            "ReleaseSecondItem": release_of_the_second_item,
            "ReportUse": lambda each: {"use": each.use},
            "StateNotExported": lambda each: {"done": False},
            "PlaceInStorage": lambda each: {"place": "the store of the post"},
            "RecordImmediateExport": lambda each: {},
            "EndRegime": lambda each: {"items": [2]} if each.second else {},
        }
        occurred = self.day.when(act, self._vehicle(act, goods), goods).isoformat()
        once = f"{act}-{asked}" if act == "RecordApproval" else act
        stated = {"occurred": occurred, "idempotency_key": self.day.idempotency_key(once.replace(" ", "-"), key)}
        return {"consignment": self.day.id(key), **says[act](goods), **stated}

    def _goods_found(self, goods: Goods) -> Command:
        """Of goods that another vehicle brought, as its papers say; of others, as they are declared."""
        more = self._added_by(goods)
        code = more.adds[1] if more and more.adds else goods.code
        found = {"code": code, "origin": goods.origin, "evidence": ["examination"]}
        return {"item": 1, **found} if goods.papers_code != goods.code else found

    def _vehicle(self, act: str, goods: Goods) -> Movement:
        """With which the goods came on which somebody acts."""
        came = self.script.movements[goods.movement]
        return (self._added_by(goods) or came) if act == "DecideOnGoodsInDoubt" else came

    def _added_by(self, goods: Goods) -> Movement | None:
        """The vehicle on which more of this consignment was found."""
        adding = (each for each in self.script.movements.values() if each.adds and each.adds[0] == goods.key)
        return next(adding, None)

    def _payment(self, goods: Goods) -> Command:
        return {"amount": str(due(goods)), "reference": f"TR-{self.day.id(goods.key)}"}


def due(goods: Goods) -> Decimal:
    return Decimal(goods.duty) + Decimal(goods.tax) + Decimal(goods.fee)


def declaration(goods: Goods) -> Command:
    item = {"code": goods.code, "origin": goods.origin, "origin_proof": goods.proof, "description": goods.goods}
    items = [item]
    if second := goods.second:
        told = {"code": second.code, "origin": second.origin, "origin_proof": second.proof}
        items.append({**told, "description": second.goods, "regime": second.regime})
    payments = [
        {"kind": kind, "amount": amount}
        for kind, amount in (("duty", goods.duty), ("tax", goods.tax), ("fee", goods.fee))
        if Decimal(amount)
    ]
    said = {"declarant": goods.declarant, "form": "declaration", "items": items, "regime": goods.regime}
    return {**said, "payments": payments, **({"principal": goods.principal} if goods.principal else {})}


def permit(goods: Goods, kind: str) -> Command:
    """A permit with a defect names the goods, and leaves out how much of them."""
    line = {"code": goods.code}
    if goods.permit == "valid":
        line |= {"quantity": str(goods.kilograms), "unit": "kg"}
    return {"permit": kind, "number": permit_number(goods), "issued_by": "Rugsatnama gullugy DK", "lines": [line]}


def permit_decision(goods: Goods, kind: str) -> Command:
    return {"permit": kind, "number": permit_number(goods), "accepted": goods.permit == "defect accepted"}


def permit_number(goods: Goods) -> str:
    return f"RN-{goods.key}"


def approval(goods: Goods, agency: str) -> Command:
    return {"agency": agency, "granted": goods.approval != "refused", "reference": f"TN-{goods.key}"}


def release(goods: Goods) -> Command:
    """Of goods under two regimes the first item; its regime does not run for a term."""
    said = {"regime": goods.regime, "runs_for_a_term": bool(goods.term) and goods.second is None}
    return said | ({"items": [1]} if goods.second else {})


def release_of_the_second_item(goods: Goods) -> Command:
    regime = goods.second.regime if goods.second else goods.regime
    return {"regime": regime, "runs_for_a_term": bool(goods.term), "items": [2]}
