"""What an act consists of: its heading, its two dates, and its rows. How a file becomes one says `law.loading`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NewType, TypeAlias

from law.calendar import Unit

Layer: TypeAlias = Literal["treaty", "code", "by-law"]
FindingLayer: TypeAlias = Literal["treaty", "code", "by-law", "default"]
"""What a finding may rest on besides: an operating default of ours, which is no law and never stops anything."""
MeasureKind: TypeAlias = Literal["prohibition", "restriction", "control"]
ProcedureMode: TypeAlias = Literal["road", "rail", "air", "sea", "river"]
NoticeContent: TypeAlias = Literal[
    "vehicle", "carrier", "journey", "consignments", "departure", "departed", "destination", "totals", "documents",
    "parties", "papers",
]  # fmt: skip
"""What a procedure may want a notice to tell; the article itself asks for place and time."""
ActArticle = NewType("ActArticle", str)
ActFact: TypeAlias = Literal["origin_proof_missing", "restriction_not_met", "payment_not_made"]
RatedPayment: TypeAlias = Literal["duty", "tax", "excise", "fee"]

ORIGIN_PROOF_MISSING: ActFact = "origin_proof_missing"
STORAGE = "temporary storage"
"""The name of a term that a rule reads: how long prohibited goods may be stored (Art. 7(1) para 2)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One row of an act: what holds for goods whose nine-digit code begins so, and that are of this origin (`*`: any).

    A restriction `requires` a permit of that kind, a control the approval of that body; a prohibition requires nothing.
    """

    kind: MeasureKind
    prefix: str
    direction: str
    origin: str
    zone: str
    requires: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure:
    """How a checkpoint's administration gives notice, as agreed with customs (Art. 37(2-1)); both have signed it.

    It holds for these modes. `notice_required` where it makes a notice due that the article does not name; `lead` is
    how many minutes before arrival the two want it, `asks` what it is to tell besides place and time.
    """

    checkpoint: str
    version: str
    modes: tuple[str, ...]
    notice_required: bool
    lead: int | None = None
    asks: tuple[NoticeContent, ...] = ()
    signed_by_administration: date | None = None
    signed_by_customs: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ActGround:
    """A provision of an act that lets customs withhold or refuse: on which fact, under which rule of the catalogue.

    The facts are a closed list, so that none of them comes back under another spelling.
    """

    article: ActArticle
    rule: str
    on: ActFact


@dataclass(frozen=True, kw_only=True, slots=True)
class Permit:
    """A kind of permit that restrictions require, and the body that gives it."""

    kind: str
    issued_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActList:
    """A list that an act sets, such as of documents; `published` is the day on which it was made public."""

    name: str
    entries: tuple[str, ...]
    published: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ActTerm:
    """A term that a provision of an act sets; where it is for some goods, for those whose code begins so.

    They are of this origin (`*`: any), as those of a measure are.
    """

    name: str
    provision: str
    count: int
    unit: Unit = "days"
    prefix: str | None = None
    origin: str = "*"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """What is paid for goods whose code begins so, in percent; in force within the act's own days."""

    prefix: str
    percent: Decimal
    in_force_from: date
    in_force_to: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """The rates of one payment. A `total` table has one for every code under `prefixes`, on every day."""

    payment: RatedPayment
    total: bool
    prefixes: tuple[str, ...]
    rows: tuple[Rate, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """What every act states of itself; `in_force_to` is the last day in force, None while no end is set."""

    id: str
    title: str
    layer: Layer
    citation: str
    in_force_from: date
    in_force_to: date | None = None
    known_from: date
    source: str
    sample: bool = False

    def covers(self, when: date) -> bool:
        """Whether it is in force on that day."""
        return self.in_force_from <= when and (self.in_force_to is None or when <= self.in_force_to)


@dataclass(frozen=True, kw_only=True, slots=True)
class Act(Heading):
    """An act with its rows."""

    measures: tuple[Measure, ...] = ()
    grounds: tuple[ActGround, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    permits: tuple[Permit, ...] = ()
    lists: tuple[ActList, ...] = ()
    terms: tuple[ActTerm, ...] = ()
    rates: tuple[Rates, ...] = ()
