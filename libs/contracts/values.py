"""What commands, events and states are made of: every text, number and instant has its bounds here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from decider import instants
from law.checkpoints import find, named

_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.A)
_AMOUNT = r"^\d{1,13}(\.\d{1,2})?$"
_WRITTEN_OUT = re.compile(r"\d{1,20}(\.\d{1,2})?", re.A)
_SUM = r"^\d{1,20}(\.\d{1,2})?$"
_HIDDEN = r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
"""Control characters, those without width, and those that turn the direction of what stands behind them."""
_UNSEEN = r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff"
"""Letters that fill a place and show nothing, what only chooses how another one looks, and tags. They stand in no
pattern that is published, which would be as long again in each of its thousand places."""
_PLAIN = rf"^[^{_HIDDEN}]*[^{_HIDDEN}\s][^{_HIDDEN}]*$"
"""Nothing hidden, and something to see. What stands around it is left aside only behind that question."""


class InWords:
    """What is told of a value that does not fit, instead of the pattern or the bound that it does not fit."""

    def __init__(self, words: str) -> None:
        self._words = words

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.custom_error_schema(
            handler(source), custom_error_type="unfit", custom_error_message=self._words
        )


class WrittenOut:
    """An amount of at most so many digits before its point, as a text or as a number that keeps its digits.

    A JSON number has lost digits before anyone can look, and "1e1000000" is a number of a million digits. What was read
    is kept, so many at most, for what is paid stands in many places, as its instant does.
    """

    def __init__(self, whole_digits: int) -> None:
        self.max_digits = whole_digits + 2
        self._whole_digits = whole_digits
        self._read = lru_cache(maxsize=4096)(self._amount)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._written, handler(source))

    def _written(self, amount: object) -> Decimal:
        return self._read(str(amount) if isinstance(amount, str | Decimal) else "")

    def _amount(self, text: str) -> Decimal:
        if not _WRITTEN_OUT.fullmatch(text):
            raise ValueError('an amount is a text of digits with at most two after the point, such as "120.50"')
        if (amount := Decimal(text)) >= 10**self._whole_digits:
            raise ValueError(f"is to have {self._whole_digits} digits or fewer before the point")
        return amount


_HIDES = re.compile(rf"[{_HIDDEN}{_UNSEEN}]")


def _known(name: object, info: ValidationInfo) -> object:
    """A checkpoint's code for any of its names; of several, for that which the mode beside it tells from the others.

    The context says which `document` is read.
    """
    if not isinstance(name, str) or find(name):
        return name
    if _HIDES.search(name):
        raise ValueError("holds a character that cannot be seen: write the name of the checkpoint without it")
    document = info.context.get("document", {}) if isinstance(info.context, Mapping) else {}
    mode = document.get("mode")
    found = named(name, mode if isinstance(mode, str) else None)
    if len(found) == 1:
        return found[0].code
    if not found:
        raise ValueError(f"there is no checkpoint {name}; the codes stand in the list of checkpoints, such as FRP-MIX")
    choice = ", ".join(f"{each.code} ({each.name_en})" for each in found)
    raise ValueError(f"{name} is the name of several checkpoints; send one of the codes {choice}")


def _along_known(calls: object, info: ValidationInfo) -> object:
    """The calls of a journey as a command states them, each place by its code."""
    if not isinstance(calls, list | tuple):
        return calls
    return [
        each | {"place": _known(each["place"], info)} if isinstance(each, dict) and "place" in each else each
        for each in calls
    ]


def _in_utc(instant: object) -> datetime:
    """pydantic by itself takes seconds since 1970, too, and bare days; what has no zone is left to it to refuse."""
    if isinstance(instant, datetime):
        return instants.in_utc(instant) if instant.tzinfo else instant
    return instants.read(instant)


def _as_a_day(day: object) -> object:
    """pydantic by itself takes seconds since 1970, too, and midnights."""
    if isinstance(day, date) or (isinstance(day, str) and _A_DAY.fullmatch(day)):
        return day
    raise ValueError("is to be a day, such as 2026-01-31")


def _without_unseen(text: str) -> str:
    if not text.isascii() and _HIDES.search(text):
        raise ValueError("holds a character that cannot be seen")
    return text


StreamId: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=_ID),
    InWords("is to be 1 to 64 letters from A to Z, digits, dots, hyphens and underscores, a letter or digit first"),
]
MovementId: TypeAlias = StreamId
ConsignmentId: TypeAlias = StreamId
Text: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=_PLAIN),
    AfterValidator(_without_unseen),
    InWords("is to be a text of 1 to 200 characters, none of them hidden, and one at least to see"),
    AfterValidator(str.strip),
]
Word: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64, pattern=_PLAIN),
    AfterValidator(_without_unseen),
    InWords("is to be a text of 1 to 64 characters, none of them hidden, and one at least to see"),
    AfterValidator(str.strip),
]
Number: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, max_length=70, pattern=_PLAIN),
    AfterValidator(_without_unseen),
    InWords("is to be a number as it is written: 1 to 70 characters, none of them hidden, and one at least to see"),
    AfterValidator(str.strip),
]
"""With its slashes, blanks and letters of any script: how two of them are compared says `contracts.spelling`."""
Description: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, max_length=512, pattern=_PLAIN),
    AfterValidator(_without_unseen),
    InWords("is to be a text of 1 to 512 characters, none of them hidden, and one at least to see"),
    AfterValidator(str.strip),
]
A_NAME = "a name"
"""Marks a text by which something is called: what is only spelt otherwise is the same (`contracts.called`)."""
Name: TypeAlias = Annotated[Text, A_NAME]
Company: TypeAlias = Name  # Companies are named; a natural person never is.
Regime: TypeAlias = Word
CheckpointCode: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}-[A-Z]{3}$"),
    InWords("is to be the code of a checkpoint, such as FRP-MIX"),
]
_ANY_NAME: dict[str, Any] = {
    "type": "string",
    "minLength": 1,
    "maxLength": 200,
    "description": "A checkpoint by its code or any of its names (GET /checkpoints); kept by its code.",
    "examples": ["FRP-MIX"],
}
KnownCheckpoint: TypeAlias = Annotated[CheckpointCode, BeforeValidator(_known), WithJsonSchema(_ANY_NAME)]
"""For commands, where a door answers 4xx."""
NineDigits: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{9}$"), InWords("is to be nine digits, without blanks")
]
GoodsCode: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4,9}$"), InWords("is to be four to nine digits, without blanks")
]
"""As far as papers say it; a declaration and a permit say all nine digits."""
Country: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}$"),
    InWords("is to be a country's code of two capital letters, such as TM"),
]
Instant: TypeAlias = Annotated[AwareDatetime, BeforeValidator(_in_utc)]
Packages: TypeAlias = Annotated[int, Field(ge=0, le=10_000_000)]
ItemNumber: TypeAlias = Annotated[int, Field(ge=1, le=999)]
CallNumber: TypeAlias = Annotated[int, Field(ge=1, le=99)]  # Which call at that place; 1 is the first.
Mass: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,3})?$"),
    InWords('is to be kilograms as a text of digits with at most three after the point, such as "11870.5"'),
]
"""In kilograms, and like all that is measured kept with the digits that were written."""
Volume: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,9}(\.[0-9]{1,3})?$"),
    InWords('is to be cubic metres as a text of digits with at most three after the point, such as "61.2"'),
]
Quantity: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,6})?$"),
    InWords('is to be a text of digits with at most six after the point, such as "640"'),
]
Price: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,13}(\.[0-9]{1,4})?$"),
    InWords('is to be a text of digits with at most four after the point, such as "61500.00"'),
]
CurrencyCode: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    InWords("is to be a currency's code of three capital letters, such as USD"),
]
"""ISO 4217, of what others owe each other; customs payments are in manats."""
Day: TypeAlias = Annotated[
    date,
    BeforeValidator(_as_a_day),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""On which a paper was drawn up."""
Amount: TypeAlias = Annotated[
    Decimal,
    WrittenOut(13),
    WithJsonSchema({"type": "string", "pattern": _AMOUNT}),
]
Sum: TypeAlias = Annotated[
    Decimal,
    WrittenOut(20),
    WithJsonSchema({"type": "string", "pattern": _SUM}),
]
Currency: TypeAlias = Literal["TMT"]
Mode: TypeAlias = Literal["road", "rail", "air", "sea", "river", "pipeline", "power_line"]
Direction: TypeAlias = Literal["in"]
Work: TypeAlias = Literal["unload", "load", "reload"]  # What is done with goods where a ship or an aircraft stops.
Exemption: TypeAlias = Literal["pipeline", "power_line", "non_stop"]  # Art. 37(3): Chapter 8 does not apply.
Agency: TypeAlias = Word  # A body of state control, such as "veterinary".
Use: TypeAlias = Literal["use", "disposal", "movement"]
Lodged: TypeAlias = Literal["declaration", "article_40_documents"]
Spoken: TypeAlias = Literal["oral", "other_act"]  # What begins clearance only where a provision lets it.
Form: TypeAlias = Literal["declaration", "article_40_documents", "oral", "other_act"]
OriginProof: TypeAlias = Literal["none", "declaration", "certificate"]
PaymentKind: TypeAlias = Literal["duty", "tax", "excise", "fee"]


T = TypeVar("T")


def in_breaths(read: T) -> T:
    """The same. Reading goes through Python's own code here, between papers, where another thread can have its turn;
    the reading of four megabytes without a breath would hold up everybody for a third of a second."""
    return read


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
class Payment:
    """One component of the customs payments, in manats, of an item where it is not of all of them.

    `code` is that of the payment as the declaration has it, `rate` what the amount was reckoned with on its `base`.
    """

    kind: PaymentKind
    amount: Amount
    item: ItemNumber | None = None
    code: Word | None = None
    base: Price | None = None
    rate: Quantity | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """Where and when the vehicle came to a checkpoint, and what was unloaded there; None: as planned for that place."""

    checkpoint: CheckpointCode
    arrived: Instant
    mode: Mode | None = None
    unloads: tuple[ConsignmentId, ...] | None = None
    call: CallNumber | None = None


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Leads:
    """How a journey leads by what was said of it last; `stated` is when."""

    mode: Mode | None
    journey: tuple[Call, ...]
    stated: Instant | None = None


def _of_one_ship(journey: tuple[Call, ...]) -> tuple[Call, ...]:
    if (named := sum(len(call.unloads) for call in journey)) > CONSIGNMENTS_MAX:
        raise ValueError(f"a journey unloads at most {CONSIGNMENTS_MAX:,} consignments, this one {named:,}")
    return journey


ItemNumbers: TypeAlias = Annotated[tuple[ItemNumber, ...], Field(max_length=999)]
PermitLines: TypeAlias = Annotated[tuple[PermitLine, ...], Field(max_length=999)]
Journey: TypeAlias = Annotated[tuple[Call, ...], Field(max_length=99), AfterValidator(_of_one_ship)]


class _OfKnownPlaces:
    """The schema of a journey whose places are taken by any of their names."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        journey = handler(schema)
        call = handler.resolve_ref_schema(journey["items"])
        return journey | {"items": call | {"properties": call["properties"] | {"place": _ANY_NAME}}}


KnownJourney: TypeAlias = Annotated[Journey, BeforeValidator(_along_known), _OfKnownPlaces()]
"""For commands, as with `KnownCheckpoint`."""
Payments: TypeAlias = Annotated[tuple[Payment, ...], Field(max_length=999)]
