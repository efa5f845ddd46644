"""What an act consists of: its heading, its two dates, and its rows. How a file becomes one says `law.loading`."""

from dataclasses import dataclass
from datetime import date
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
ActFact: TypeAlias = Literal["payment_not_made", "approval_not_given"]
Effect: TypeAlias = Literal["withhold", "refuse"]
Point: TypeAlias = Literal["prohibition", "restriction", "control", "temporary storage", "procedure", "ground"]
"""What of acts some rule reads, and what a treaty can so take the place of (Art. 3(2))."""

RANKS: tuple[Layer, ...] = ("treaty", "code", "by-law")
"""Which of them goes before which: a treaty before the Code (Art. 3(2)), and that before what rests on it."""
TermName: TypeAlias = Literal["temporary storage"]
STORAGE: TermName = "temporary storage"
"""The name of a term that a rule reads: how long prohibited goods may be stored (Art. 7(1) para 2)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One row of an act: what holds for goods whose nine-digit code begins so, and that are of this origin (`*`: any).

    A restriction `requires` a permit of that kind, a control the approval of that body; a prohibition requires nothing,
    and may state a `fate`: what becomes of the goods in the place of immediate export, where it provides other.
    """

    kind: MeasureKind
    prefix: str
    direction: str
    origin: str
    zone: str
    requires: str | None = None
    fate: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure:
    """How a checkpoint's administration gives notice, as agreed with customs (Art. 37(2-1)); both have signed it.

    It holds for these modes. `notice_required` where it makes a notice due that the article does not name; `lead` is
    how many minutes before arrival the two want it, `asks` what it is to tell besides place and time. Where a treaty
    sets it, nobody else has to have signed it.
    """

    checkpoint: str
    version: str
    modes: tuple[str, ...]
    notice_required: bool
    lead: int | None = None
    asks: tuple[NoticeContent, ...] = ()
    signed_by_administration: date | None = None
    signed_by_customs: date | None = None
    layer: Layer = "by-law"


@dataclass(frozen=True, kw_only=True, slots=True)
class ActGround:
    """A provision of an act by which customs withholds a release, or refuses it, while a fact is as it says.

    The facts are a closed list, each under its `rule` of the catalogue, so that none comes back under another name. It
    is for goods whose code begins so (without a `prefix` for any) and that are of this origin (`*`: any), where they
    are to be released under this regime, or under any. `body` is the one whose approval it speaks of, or each.
    """

    article: ActArticle
    rule: str
    on: ActFact
    effect: Effect
    prefix: str | None = None
    origin: str = "*"
    regime: str | None = None
    body: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Displaced:
    """A point of acts below a treaty in whose place the treaty's rule comes, and nothing else of them (Art. 3(2)).

    It is of these goods, this checkpoint or this fact, as far as rows of that kind have such; `act` where it is the
    point of that act alone, `requires` where it is that permit, or that body, alone.
    """

    point: Point
    provision: str
    act: str | None = None
    prefix: str | None = None
    origin: str = "*"
    requires: str | None = None
    checkpoint: str | None = None
    modes: tuple[str, ...] = ()
    on: ActFact | None = None
    regime: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Permit:
    """What is asked of a kind of permit that restrictions require: which of these bodies gives it, for how long.

    `valid_for` is how long such a permit is valid since it was given, `unit` the one in which it counts the goods.
    """

    kind: str
    issued_by: tuple[str, ...]
    valid_for: int | None = None
    valid_unit: Unit = "months"
    unit: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Preference:
    """Goods of this origin have a tariff preference, so that a proof of their origin is due (Art. 19(1)).

    With a `prefix` only goods whose code begins so; without, all of that origin.
    """

    origin: str
    provision: str
    prefix: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ActTerm:
    """A term that a provision of an act sets for goods whose code begins so, of this origin (`*`: any)."""

    name: TermName
    provision: str
    count: int
    unit: Unit = "days"
    prefix: str
    origin: str = "*"


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
    terms: tuple[ActTerm, ...] = ()
    displaces: tuple[Displaced, ...] = ()
    preferences: tuple[Preference, ...] = ()
