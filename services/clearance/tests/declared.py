"""Goods by truck as the tests of clearance declare them, and the measures that the sample acts take on some."""

from clearance.declaration import LodgeDeclaration
from clearance.doubt import DecideOnGoodsInDoubt
from contracts.arrival import GoodsCrossed
from contracts.clearance import ClearanceStarted, DeclarationLodged
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.presentation import GoodsPresented
from contracts.readiness import ReadyForRelease, ReadyForReleaseWithdrawn
from decider.tests.kit import NOON
from law.rulebook import Act, Measure, MeasureKind, applied, loaded

WATER, BEEF, APPLES = "220110110", "020230900", "080810800"
MEDICINE, RADIO, CIGARETTES = "300490100", "852560000", "240220900"
BARRED = "XA"
SHOWN = GoodsPresented(consignment="C1", checkpoint="FRP-MIX")
STARTED = ClearanceStarted(consignment="C1", trigger="declaration", started=NOON)


def measure(kind: MeasureKind, code: str, origin: str | None = None) -> tuple[Act, Measure]:
    """The one that a sample act takes."""
    (found,) = applied(kind, code, origin=origin, direction="in", occurred=NOON, recorded=NOON, acts=loaded())
    return found


def crossed(*goods: tuple[str, str | None], movement: str = "M1") -> GoodsCrossed:
    lines = tuple(GoodsLine(code=code, origin=origin) for code, origin in goods)
    return GoodsCrossed(
        consignment="C1",
        movement=movement,
        direction="in",
        mode="road",
        place="FRP-MIX",
        crossed=NOON,
        papers=Papers(consignment="C1", goods=lines),
    )


def found(code: str | None = None, origin: str | None = None, item: int | None = None) -> DecideOnGoodsInDoubt:
    """The officer has looked at the goods, and decides."""
    return DecideOnGoodsInDoubt(consignment="C1", item=item, code=code, origin=origin, evidence=("examination",))


def items(*goods: tuple[str, str | None]) -> tuple[GoodsItem, ...]:
    return tuple(GoodsItem(code=code, origin=origin, origin_proof="certificate") for code, origin in goods)


def lodge(*goods: tuple[str, str | None]) -> LodgeDeclaration:
    return LodgeDeclaration(
        consignment="C1", declarant="Sample Imports", form="declaration", items=items(*goods), regime="free circulation"
    )


def lodged(*goods: tuple[str, str | None]) -> DeclarationLodged:
    return DeclarationLodged(
        consignment="C1",
        declarant="Sample Imports",
        form="declaration",
        items=items(*goods),
        regime="free circulation",
        lodged=NOON,
    )


def ready(*numbers: int) -> ReadyForRelease:
    return ReadyForRelease(consignment="C1", items=numbers)


def no_longer_ready(*numbers: int) -> ReadyForReleaseWithdrawn:
    return ReadyForReleaseWithdrawn(consignment="C1", items=numbers)
