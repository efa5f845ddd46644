"""What usually happens to goods, with what a case changes of it: a lorry M1 brings C1 to Farap."""

from decimal import Decimal

from arrival.movement.crossing import RecordCrossing
from clearance.acceptance import AcceptDeclaration
from clearance.declaration import LodgeDeclaration
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.payments import RecordPayment
from contracts.doubts import Evidence
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.seals import Seals
from contracts.values import CheckpointCode, Country, Lodged, NineDigits, OriginProof, Payment, PaymentKind, Regime
from presentation.consignment.presentation import PresentGoods
from release.release import ReleaseGoods

WATER, BEEF, MEDICINE = "220110110", "020230900", "300490100"
STILL_WATER, IVORY = "220190000", "050710000"
CIGARETTES, CARTRIDGES, SCREENS = "240220100", "930690100", "852859000"
WASTE, SHELLS, GOLD = "391530100", "930690900", "710812000"
NAMES = {
    WATER: "mineral water", BEEF: "frozen beef", MEDICINE: "medicine", CIGARETTES: "cigarettes",
    CARTRIDGES: "cartridges", SCREENS: "screens", WASTE: "waste of polymers", SHELLS: "shells", GOLD: "gold",
    STILL_WATER: "still water",
    IVORY: "ivory",
}  # fmt: skip
"""All but water and screens stand in acts that come with Serhet, all of them invented."""
FREE, ADMISSION = "free circulation", "temporary admission"
C1_SHOWN = PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=12)


def papers(*codes: str, of: str = "C1", origin: Country = "UZ") -> Papers:
    lines = tuple(GoodsLine(code=code, origin=origin, description=NAMES[code]) for code in codes)
    return Papers(consignment=of, packages=12, goods=lines)


def lorry(*codes: str, origin: Country = "UZ", place: CheckpointCode = "FRP-MIX", seals: Seals = ()) -> RecordCrossing:
    """With C1 aboard."""
    return RecordCrossing(
        movement="M1", direction="in", mode="road", place=place, seals=seals, papers=(papers(*codes, origin=origin),)
    )


def item(
    code: str, *, origin: Country = "UZ", proof: OriginProof = "certificate", regime: Regime | None = None
) -> GoodsItem:
    return GoodsItem(code=code, origin=origin, origin_proof=proof, description=NAMES[code], regime=regime)


def declared(*items: GoodsItem, regime: Regime = FREE, form: Lodged = "declaration", **sums: str) -> LodgeDeclaration:
    """With what is to be paid, by kind."""
    kinds: dict[str, PaymentKind] = {"duty": "duty", "tax": "tax", "excise": "excise", "fee": "fee"}
    payments = tuple(Payment(kind=kinds[kind], amount=Decimal(sum_)) for kind, sum_ in sums.items())
    return LodgeDeclaration(
        consignment="C1", declarant="Sample Imports", form=form, items=items, regime=regime, payments=payments
    )


def found(code: NineDigits | None = None, *, evidence: Evidence, origin: Country | None = None) -> DecideOnGoodsInDoubt:
    """The officer decides what the first item is."""
    return DecideOnGoodsInDoubt(consignment="C1", item=1, code=code, origin=origin, evidence=evidence)


ACCEPT = AcceptDeclaration(consignment="C1")


def paid(sum_: str) -> RecordPayment:
    return RecordPayment(consignment="C1", amount=Decimal(sum_), reference="T-1")


def release(*items: int, regime: Regime = FREE, term: bool = False) -> ReleaseGoods:
    return ReleaseGoods(consignment="C1", items=items, regime=regime, runs_for_a_term=term)
