"""What commands, events and states are made of: every text, number and instant has its bounds here."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints, WithJsonSchema

from law.calendar import EARLIEST, LATEST
from law.checkpoints import find

_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
_AMOUNT = r"^\d{1,13}(\.\d{1,2})?$"
_SUM = r"^\d{1,20}(\.\d{1,2})?$"
_NO_CONTROL = r"^[^\x00-\x1f\x7f]+$"


def _known(code: str) -> str:
    if find(code) is None:
        raise ValueError(f"there is no checkpoint {code}; the codes stand in the list of checkpoints, such as FRP-MIX")
    return code


def _in_utc(instant: datetime) -> datetime:
    if not EARLIEST <= instant < LATEST:
        raise ValueError("an instant lies between the years 2000 and 2199")
    return instant.astimezone(UTC)


def _written_out(amount: object) -> object:
    """A JSON number has lost digits before anyone can look, and "1e1000000" is a number of a million digits."""
    if isinstance(amount, str | Decimal) and re.fullmatch(r"\d{1,20}(\.\d{1,2})?", str(amount), re.A):
        return amount
    raise ValueError('an amount is a text of digits with at most two after the point, such as "120.50"')


MovementId: TypeAlias = Annotated[str, StringConstraints(pattern=_ID)]
ConsignmentId: TypeAlias = Annotated[str, StringConstraints(pattern=_ID)]
Text: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_NO_CONTROL)
]
Word: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=_NO_CONTROL)
]
Company: TypeAlias = Text  # Companies are named; a natural person never is.
Vehicle: TypeAlias = Word  # Its registration.
Seal: TypeAlias = Word
Regime: TypeAlias = Word
CheckpointCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-[A-Z]{3}$")]
KnownCheckpoint: TypeAlias = Annotated[CheckpointCode, AfterValidator(_known)]  # For commands: a door answers 4xx.
NineDigits: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")]
Country: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Instant: TypeAlias = Annotated[AwareDatetime, AfterValidator(_in_utc)]
Packages: TypeAlias = Annotated[int, Field(ge=0, le=10_000_000)]
ItemNumber: TypeAlias = Annotated[int, Field(ge=1, le=999)]
Amount: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(_written_out),
    Field(ge=0, max_digits=15, decimal_places=2),
    WithJsonSchema({"type": "string", "pattern": _AMOUNT}),
]
Sum: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(_written_out),
    Field(ge=0, max_digits=22, decimal_places=2),
    WithJsonSchema({"type": "string", "pattern": _SUM}),
]
Currency: TypeAlias = Literal["TMT"]
Mode: TypeAlias = Literal["road"]
Direction: TypeAlias = Literal["in"]
Form: TypeAlias = Literal["declaration", "article_40_documents", "oral", "other_act"]
OriginProof: TypeAlias = Literal["none", "declaration", "certificate"]
PaymentKind: TypeAlias = Literal["duty", "tax", "excise", "fee"]


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodsLine:
    """Goods as the papers that travel with them name them."""

    code: NineDigits
    origin: Country | None = None
    description: Text | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """The shipping papers of one consignment, as recorded at the crossing."""

    consignment: ConsignmentId
    packages: Packages | None = None
    goods: Annotated[tuple[GoodsLine, ...], Field(max_length=999)] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodsItem:
    """Goods as declared; the first item of a declaration has number 1."""

    code: NineDigits
    origin: Country | None = None
    origin_proof: OriginProof = "none"
    description: Text | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Payment:
    """One component of the customs payments, in manats."""

    kind: PaymentKind
    amount: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """Where and when the vehicle came to a checkpoint."""

    checkpoint: CheckpointCode
    arrived: Instant


def _each_once(papers: tuple[Papers, ...]) -> tuple[Papers, ...]:
    times = Counter(each.consignment for each in papers)
    if twice := sorted(name for name, count in times.items() if count > 1):
        raise ValueError(f"the papers of a consignment are stated once, these more often: {', '.join(twice)}")
    return papers


ShippingPapers: TypeAlias = Annotated[tuple[Papers, ...], AfterValidator(_each_once)]
GoodsItems: TypeAlias = Annotated[tuple[GoodsItem, ...], Field(max_length=999)]
Payments: TypeAlias = Annotated[tuple[Payment, ...], Field(max_length=999)]
