"""What commands, events and states are made of: every text, number and instant has its bounds here."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints, WithJsonSchema

from law.calendar import EARLIEST, LATEST
from law.checkpoints import find, named

_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
_AMOUNT = r"^\d{1,13}(\.\d{1,2})?$"
_WRITTEN_OUT = re.compile(r"\d{1,20}(\.\d{1,2})?", re.A)
_SUM = r"^\d{1,20}(\.\d{1,2})?$"
_PLAIN = r"^[^\x00-\x1f\x7f]*[^\x00-\x1f\x7f\s][^\x00-\x1f\x7f]*$"
"""No control characters, and something to see. What stands around it is left aside only behind that question."""


def _known(name: object) -> object:
    """A checkpoint's code for any of its names."""
    if not isinstance(name, str) or find(name):
        return name
    found = named(name)
    if len(found) == 1:
        return found[0].code
    if not found:
        raise ValueError(f"there is no checkpoint {name}; the codes stand in the list of checkpoints, such as FRP-MIX")
    choice = ", ".join(f"{each.code} ({each.name_en})" for each in found)
    raise ValueError(f"{name} is the name of several checkpoints; send one of the codes {choice}")


def _along_known(calls: object) -> object:
    """The calls of a journey as a command states them, each place by its code."""
    if not isinstance(calls, list | tuple):
        return calls
    return [
        each | {"place": _known(each["place"])} if isinstance(each, dict) and "place" in each else each
        for each in calls
    ]


def _in_utc(instant: datetime) -> datetime:
    """Compared once it is in UTC: instants of two zones take ten times as long."""
    if EARLIEST.year - 1 <= instant.year <= LATEST.year and EARLIEST <= (utc := instant.astimezone(UTC)) < LATEST:
        return utc
    raise ValueError("an instant lies between the years 2000 and 2199")


def _written_out(amount: object) -> object:
    """A JSON number has lost digits before anyone can look, and "1e1000000" is a number of a million digits."""
    if isinstance(amount, str | Decimal) and _WRITTEN_OUT.fullmatch(str(amount)):
        return amount
    raise ValueError('an amount is a text of digits with at most two after the point, such as "120.50"')


StreamId: TypeAlias = Annotated[str, StringConstraints(pattern=_ID)]
MovementId: TypeAlias = StreamId
ConsignmentId: TypeAlias = StreamId
Text: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=_PLAIN), AfterValidator(str.strip)
]
Word: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=64, pattern=_PLAIN), AfterValidator(str.strip)
]
Company: TypeAlias = Text  # Companies are named; a natural person never is.
Vehicle: TypeAlias = Word  # Its registration.
Seal: TypeAlias = Word
Regime: TypeAlias = Word
CheckpointCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-[A-Z]{3}$")]
KnownCheckpoint: TypeAlias = Annotated[CheckpointCode, BeforeValidator(_known)]  # For commands: a door answers 4xx.
NineDigits: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")]
Country: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Instant: TypeAlias = Annotated[AwareDatetime, AfterValidator(_in_utc)]
Packages: TypeAlias = Annotated[int, Field(ge=0, le=10_000_000)]
ItemNumber: TypeAlias = Annotated[int, Field(ge=1, le=999)]
Amount: TypeAlias = Annotated[
    Decimal,
    Field(ge=0, max_digits=15, decimal_places=2),
    BeforeValidator(_written_out),
    WithJsonSchema({"type": "string", "pattern": _AMOUNT}),
]
Sum: TypeAlias = Annotated[
    Decimal,
    Field(ge=0, max_digits=22, decimal_places=2),
    BeforeValidator(_written_out),
    WithJsonSchema({"type": "string", "pattern": _SUM}),
]
Currency: TypeAlias = Literal["TMT"]
Mode: TypeAlias = Literal["road", "rail", "air", "sea", "river", "pipeline", "power_line"]
Direction: TypeAlias = Literal["in"]
Work: TypeAlias = Literal["unload", "load", "reload"]  # What is done with goods where a ship or an aircraft stops.
Exemption: TypeAlias = Literal["pipeline", "power_line", "non_stop"]  # Art. 37(3): Chapter 8 does not apply.
Agency: TypeAlias = Word  # A body of state control, such as "veterinary".
Use: TypeAlias = Literal["use", "disposal", "movement"]
Form: TypeAlias = Literal["declaration", "article_40_documents", "oral", "other_act"]
OriginProof: TypeAlias = Literal["none", "declaration", "certificate"]
PaymentKind: TypeAlias = Literal["duty", "tax", "excise", "fee"]


CONSIGNMENTS_MAX = 20_000
"""The largest ship has not more."""
ConsignmentIds: TypeAlias = Annotated[tuple[ConsignmentId, ...], Field(max_length=CONSIGNMENTS_MAX)]
Works: TypeAlias = Annotated[tuple[Work, ...], Field(max_length=9)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A place of a journey: where it leads along, or where the vehicle stops, and what is done with goods there.

    Where goods are unloaded and none are named, they are those that no other call of the journey names.
    """

    place: CheckpointCode
    expected: Instant | None = None
    work: Works = ()
    unloads: ConsignmentIds = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodsLine:
    """Goods as the papers that travel with them name them."""

    code: NineDigits
    origin: Country | None = None
    description: Text | None = None


def _in_breaths(lines: tuple[GoodsLine, ...]) -> tuple[GoodsLine, ...]:
    """The same. Reading goes through Python's own code here, between papers, where another thread can have its turn;
    the reading of four megabytes without a breath would hold up everybody for a third of a second."""
    return lines


GoodsLines: TypeAlias = Annotated[tuple[GoodsLine, ...], Field(max_length=999), AfterValidator(_in_breaths)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """The shipping papers of one consignment, as recorded at the crossing."""

    consignment: ConsignmentId
    packages: Packages | None = None
    goods: GoodsLines = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodsItem:
    """Goods as declared; the first item has number 1. `regime` only where it is not that of the declaration."""

    code: NineDigits
    origin: Country | None = None
    origin_proof: OriginProof = "none"
    description: Text | None = None
    regime: Regime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Payment:
    """One component of the customs payments, in manats."""

    kind: PaymentKind
    amount: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """Where and when the vehicle came to a checkpoint, and what was unloaded there; None: as planned for that place."""

    checkpoint: CheckpointCode
    arrived: Instant
    mode: Mode | None = None
    unloads: tuple[ConsignmentId, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopped:
    """Where and when a vehicle stopped that was not to; `present_at` where that cost its exemption (Art. 37(3))."""

    place: CheckpointCode
    stopped: Instant
    present_at: CheckpointCode | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PermitLine:
    """Goods as a permit names them: by their nine-digit code and their quantity in the main unit (Art. 7(5))."""

    code: Word | None = None
    quantity: Word | None = None
    unit: Word | None = None


def _of_one_ship(journey: tuple[Call, ...]) -> tuple[Call, ...]:
    if (named := sum(len(call.unloads) for call in journey)) > CONSIGNMENTS_MAX:
        raise ValueError(f"a journey unloads at most {CONSIGNMENTS_MAX:,} consignments, this one {named:,}")
    return journey


def _each_once(papers: tuple[Papers, ...]) -> tuple[Papers, ...]:
    times = Counter(each.consignment for each in papers)
    if twice := sorted(name for name, count in times.items() if count > 1):
        raise ValueError(f"the papers of a consignment are stated once, these more often: {', '.join(twice)}")
    return papers


ShippingPapers: TypeAlias = Annotated[
    tuple[Papers, ...], Field(max_length=CONSIGNMENTS_MAX), AfterValidator(_each_once)
]
Seals: TypeAlias = Annotated[tuple[Seal, ...], Field(max_length=999)]
GoodsItems: TypeAlias = Annotated[tuple[GoodsItem, ...], Field(max_length=999)]
ItemNumbers: TypeAlias = Annotated[tuple[ItemNumber, ...], Field(max_length=999)]
PermitLines: TypeAlias = Annotated[tuple[PermitLine, ...], Field(max_length=999)]
Journey: TypeAlias = Annotated[tuple[Call, ...], Field(max_length=99), AfterValidator(_of_one_ship)]
KnownJourney: TypeAlias = Annotated[Journey, BeforeValidator(_along_known)]  # For commands, as with `KnownCheckpoint`.
Payments: TypeAlias = Annotated[tuple[Payment, ...], Field(max_length=999)]
