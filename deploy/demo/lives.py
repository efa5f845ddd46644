"""Lives of goods of a kind that comes seldom: who says what of them in which order, and what has to come of it.

They are played beside the day's shipments. Each is a consignment on a lorry, and has a line of its own in the summary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple, TypeAlias

from client import ROUTES
from deploy.demo.acts import Command
from deploy.demo.day import LENGTH, Day

POST, REGIME, DUE = "FRP-MIX", "free circulation", "45.00"
DECLARANT = "Altyn Ýol HJ"
WATER, BEEF, GOLD, IVORY, WASTE, SHELLS = "220110000", "020230900", "710812000", "050710000", "391530000", "930690000"
CIGARETTES = "240220900"
BARRED, OTHER, OF_A_TREATY = "XA", "KZ", "XT"
"""Origins: of goods that a sample act bars, of goods that none does, and of those that a sample treaty lets in."""
Line: TypeAlias = tuple[str, str | None]


class Act(NamedTuple):
    """A command that is sent once these events were heard, each as often as it stands here."""

    command: str
    role: str
    says: Command
    after: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Life:
    """What is said of a consignment or a lorry, all events that have to come, and those named with their articles.

    `never` are events that must not come; `under` articles on which a life rests beside those that its events cite.
    """

    key: str
    name: str
    acts: tuple[Act, ...]
    comes: frozenset[str]
    cites: tuple[str, ...]
    never: frozenset[str] = frozenset()
    under: tuple[str, ...] = ()


def lines(goods: Sequence[Line]) -> list[Command]:
    return [{"code": code} | ({"origin": origin} if origin else {}) for code, origin in goods]


@dataclass(frozen=True)
class Goods:
    """One consignment, of which acts are written: each so many hours after the day began."""

    day: Day
    number: int

    @property
    def vehicle(self) -> str:
        return f"LIFE{self.number}"

    @property
    def key(self) -> str:
        return f"{self.vehicle}-1"

    def act(self, command: str, role: str, hour: float, *after: str, **says: Any) -> Act:
        occurred = self.day.ends - LENGTH + timedelta(hours=hour)
        of = {} if "movement" in says and ROUTES[command].kind == "movement" else {"consignment": self.day.id(self.key)}
        once = self.day.idempotency_key(f"{command}-{occurred:%d%H%M}", self.key)
        return Act(command, role, {**of, **says, "occurred": occurred.isoformat(), "idempotency_key": once}, after)

    def crosses(self, *goods: Line, hour: float = 1, second: bool = False, after: tuple[str, ...] = ()) -> Act:
        said = {"direction": "in", "mode": "road", "place": POST, "papers": self.papers(*goods)}
        return self.act("RecordCrossing", "officer", hour, *after, movement=self.lorry(second), **said)

    def papers(self, *goods: Line) -> list[Command]:
        return [{"consignment": self.day.id(self.key), "packages": 4, "goods": lines(goods)}]

    def lorry(self, second: bool = False) -> dict[str, str]:
        return self.day.journey(f"{self.vehicle}B" if second else self.vehicle)

    def shown(self, hour: float = 2, second: bool = False) -> Act:
        """The carrier's, of what one lorry brought, once its papers are on record."""
        after = ("GoodsCrossed", "GoodsCrossed") if second else ("GoodsCrossed",)
        said = {"checkpoint": POST, "packages_found": 4, "movement": self.lorry(second)}
        return self.act("PresentGoods", "officer", hour, *after, **said)

    def declared(self, *goods: Line, hour: float = 3, due: bool = True) -> Act:
        items = [{**line, "origin_proof": "certificate"} for line in lines(goods)]
        said = {"declarant": DECLARANT, "form": "declaration", "regime": REGIME, "items": items}
        payments = [{"kind": "duty", "amount": DUE}] if due else []
        return self.act("LodgeDeclaration", "declarant", hour, "GoodsCrossed", **said, payments=payments)

    def accepted(self) -> Act:
        return self.act("AcceptDeclaration", "officer", 3.5, "DeclarationLodged")

    def paid(self, *after: str, hour: float = 4) -> Act:
        return self.act("RecordPayment", "treasury", hour, *after, amount=DUE, reference=f"TR-{self.key}")

    def released(self, *after: str, hour: float = 5, **more: Any) -> Act:
        return self.act("ReleaseGoods", "officer", hour, *after, regime=REGIME, **more)

    def found(self, *after: str, hour: float, **what: Any) -> Act:
        return self.act("DecideOnGoodsInDoubt", "officer", hour, *after, **what, evidence=["examination"])

    def life(
        self, name: str, acts: Sequence[Act], *comes: str, cites: tuple[str, ...] = (), never: tuple[str, ...] = (),
        under: tuple[str, ...] = (), of_vehicle: bool = False,
    ) -> Life:  # fmt: skip
        """All that has to come is named with its articles, or `cites` alone; of the goods, or of their vehicle."""
        return Life(
            key=self.vehicle if of_vehicle else self.key,
            name=name,
            acts=tuple(acts),
            comes=frozenset((*comes, *cites)),
            cites=cites or comes,
            never=frozenset(never),
            under=under,
        )

    def in_hand(self, *goods: Line) -> list[Act]:
        return [self.crosses(*goods), self.shown(), self.declared(*goods)]


def in_doubt(of: Goods) -> Life:
    said = [of.crosses((CIGARETTES, BARRED)), of.shown(), of.declared((CIGARETTES, OTHER))]
    decided = of.found("GoodsInDoubt", hour=4, item=1, origin=OTHER)
    return of.life(
        "in doubt, decided by evidence, and released",
        [*said, decided, of.released("ReadyForRelease")],
        "GoodsInDoubt", "GoodsDoubtDecided", "GoodsReleased",
        never=("ImportProhibited", "ReleaseRefused"),
    )  # fmt: skip


def released_in_doubt(of: Goods) -> Life:
    said = [of.crosses((CIGARETTES, BARRED)), of.shown(), of.declared((CIGARETTES, OTHER))]
    return of.life(
        "in doubt, and released all the same",
        [*said, of.released("GoodsInDoubt", "GoodsPresented")],
        "GoodsInDoubt", "GoodsReleased",
        never=("ReadyForRelease", "ReleaseRefused"),
    )  # fmt: skip


def unknown_origin(of: Goods) -> Life:
    both = ((CIGARETTES, BARRED), (CIGARETTES, None))
    asked = [of.released("ImportProhibited", items=[1]), of.released("ReadyForRelease", hour=6, items=[2])]
    return of.life(
        "of unknown origin, beside others that are barred",
        [*of.in_hand(*both), *asked],
        cites=("ReleaseRefused", "GoodsReleased"),
        under=("20(2)",),
    )


def approval_revoked(of: Goods) -> Life:
    approved = of.act("RecordApproval", "agency", 4, "AgencyApprovalRequested", agency="veterinary", granted=True,
                      reference="TN-1")  # fmt: skip
    revoked = of.act("RecordApproval", "agency", 7, "ClearanceCompleted", agency="veterinary", granted=False,
                     reference="TN-2")  # fmt: skip
    decided = of.act("DecideOnRefusedApproval", "officer", 8, "AgencyApprovalRefused", agency="veterinary",
                     reference="TN-2", consequence="the goods are tested once more")  # fmt: skip
    ready = [*of.in_hand((BEEF, OTHER)), of.accepted(), of.paid(), approved, of.released("ReadyForRelease")]
    return of.life(
        "completed, and an approval is revoked after it",
        [*ready, revoked, decided],
        "ClearanceCompleted", "AgencyApprovalRefused", "RefusedApprovalDecided",
        never=("ClearanceCompletionWithdrawn",),
    )  # fmt: skip


def used_by_a_provision(of: Goods) -> Life:
    use = of.act("ReportUse", "officer", 4, "DeclarationLodged", use="use", provision="Code, Art. 34")
    return of.life("used before release, as a provision lets them", [*of.in_hand((WATER, OTHER)), use], "UseAllowed")


def a_second_lorry(of: Goods) -> Life:
    more = [of.crosses((WATER, OTHER), hour=5, second=True, after=("ReadyForRelease",)), of.shown(6, second=True)]
    return of.life(
        "ready, until a second lorry brings a part of them",
        [*of.in_hand((WATER, OTHER)), *more, of.released("ReadyForRelease", "ReadyForRelease", hour=7)],
        "ReadyForReleaseWithdrawn", "GoodsReleased",
    )  # fmt: skip


def let_in_by_a_treaty(of: Goods) -> Life:
    return of.life(
        "prohibited but for a treaty, and released",
        [*of.in_hand((WASTE, OF_A_TREATY)), of.released("ReadyForRelease")],
        "GoodsReleased",
        never=("ImportProhibited",),
        under=("3(2)",),
    )


def withheld_until_paid(of: Goods) -> Life:
    asked, again = of.released("ReadyForRelease", hour=4), of.released("PaymentReceived", hour=6)
    return of.life(
        "withheld by an act until they were paid for",
        [*of.in_hand((GOLD, OTHER)), of.accepted(), asked, of.paid("ReleaseWithheld", hour=5), again],
        "ReleaseWithheld", "GoodsReleased",
    )  # fmt: skip


def another_fate(of: Goods) -> Life:
    return of.life(
        "prohibited, and an act provides another fate",
        of.in_hand((IVORY, OTHER)),
        "ImportProhibited", "OtherFateApplies",
        never=("ImmediateExportOrdered",),
    )  # fmt: skip


def given_before_a_ground(of: Goods) -> Life:
    given = {"officer": "FRP-0217", "post": POST, "reason": "the line to the post was cut"}
    told = of.released("ReadyForRelease", hour=4, given=given)
    more = of.crosses((SHELLS, OTHER), hour=6, second=True, after=("GoodsReleased",))
    word = of.found("GoodsInDoubt", hour=7, code=SHELLS, origin=OTHER)
    decided = of.act("DecideOnGroundAfterRelease", "officer", 8, "GroundAfterRelease", act="SAMPLE-PROHIBITIONS",
                     consequence="the goods are taken back and leave", provision="Art. 7(1)")  # fmt: skip
    return of.life(
        "release given and stated later; then a ground",
        [*of.in_hand((WATER, OTHER)), told, more, word, decided],
        "GoodsReleased", "GroundAfterRelease", "GroundAfterReleaseDecided",
        never=("ReleaseRefused",),
    )  # fmt: skip


def begun_by_words(of: Goods) -> Life:
    words = of.act("BeginClearance", "officer", 4, "GoodsCrossed", form="oral", declarant=DECLARANT,
                   provision="an act on what travellers carry", regime=REGIME)  # fmt: skip
    earlier = of.declared((WATER, OTHER), hour=3)._replace(after=("ClearanceStarted",))
    return of.life(
        "begun by words, and a declaration before them",
        [of.crosses((WATER, OTHER)), of.shown(), words, earlier, of.released("ReadyForRelease")],
        "ClearanceStarted", "ClearanceStartCorrected",
    )  # fmt: skip


def amendment_refused(of: Goods) -> Life:
    asked = of.act("AmendDeclaration", "declarant", 6, "GoodsReleased", declarant=DECLARANT, regime="temporary import",
                   items=lines([(WATER, OTHER)]), reason="they go back")  # fmt: skip
    refused = of.act("DecideAmendment", "officer", 7, "DeclarationAmendmentRequested", asks="amendment",
                     requested=asked.says["occurred"], granted=False, reason="the goods are released")  # fmt: skip
    return of.life(
        "an amendment asked for after release, and refused",
        [*of.in_hand((WATER, OTHER)), of.accepted(), of.released("ReadyForRelease"), asked, refused],
        "DeclarationAmendmentRequested", "DeclarationAmendmentDecided",
        never=("DeclarationAmended",),
    )  # fmt: skip


def disposed_of(of: Goods) -> Life:
    """All of it six days ago, so that the term is over."""
    ago = -6 * 24.0
    goods = (WASTE, OTHER)
    stated = of.act("RecordImmediateExport", "officer", ago + 4, "ImmediateExportOrdered", done=False,
                    why="impossible")  # fmt: skip
    placed = of.act("PlaceInStorage", "officer", ago + 5, "ImmediateExportNotDone", place="Farap, store 2")
    decided = of.act("DecideDisposal", "officer", 9, "DisposalReferred", codes=[WASTE],
                     disposal="destroyed under customs control", provision="Chapter 39 of the Code")  # fmt: skip
    said = [of.crosses(goods, hour=ago), of.shown(ago + 1), of.declared(goods, hour=ago + 2)]
    return of.life(
        "export impossible, stored, and then disposed of",
        [*said, stated, placed, decided],
        "ImmediateExportNotDone", "GoodsPlacedInStorage", "StorageTermEnded", "DisposalDecided",
    )  # fmt: skip


KINDS = (
    in_doubt, released_in_doubt, unknown_origin, a_second_lorry, let_in_by_a_treaty, withheld_until_paid, another_fate,
    approval_revoked, used_by_a_provision, given_before_a_ground, begun_by_words, amendment_refused, disposed_of,
)  # fmt: skip
