"""A consignment, and the parts of its state, one per author, each folded from that author's events alone."""

from dataclasses import dataclass
from decimal import Decimal

from contracts.arrival import GoodsCrossed
from contracts.measures import Measure
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn
from contracts.values import (
    Agency,
    CheckpointCode,
    Country,
    Instant,
    ItemNumber,
    NineDigits,
    Regime,
    Sum,
    Word,
)
from law import Finding, Ground


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: when the goods crossed first."""

    crossed: Instant | None = None


def arrival_said(arrival: Arrival, event: GoodsCrossed) -> Arrival:
    """Of a consignment on several vehicles the crossing that happened first counts."""
    return Arrival(crossed=min(arrival.crossed, event.crossed) if arrival.crossed else event.crossed)


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What `presentation` said."""

    checkpoint: CheckpointCode | None = None


def presentation_said(event: CheckpointDetermined | CheckpointWithdrawn) -> Presentation:
    return Presentation(checkpoint=event.checkpoint if isinstance(event, CheckpointDetermined) else None)


@dataclass(frozen=True, kw_only=True)
class Item:
    """Goods as declared, with the regime that is declared for them."""

    number: ItemNumber
    code: NineDigits
    origin: Country | None = None
    regime: Regime | None = None


@dataclass(frozen=True, kw_only=True)
class Satisfied:
    """Goods for which the requirement of an act is met, and by which permit."""

    act: Word
    kind: Word
    number: Word
    code: NineDigits


@dataclass(frozen=True, kw_only=True)
class Referral:
    """A permit that waits for the officer's decision."""

    kind: Word
    number: Word


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A body's last word."""

    agency: Agency
    granted: bool
    reference: Word
    at: Instant


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """What `clearance` said; `regime` is that of the declaration, which an item may depart from."""

    items: tuple[Item, ...] = ()
    regime: Regime | None = None
    declared: Instant | None = None
    prohibitions: tuple[Measure, ...] = ()
    restrictions: tuple[Measure, ...] = ()
    satisfied: tuple[Satisfied, ...] = ()
    referrals: tuple[Referral, ...] = ()
    controls: tuple[Measure, ...] = ()
    approvals: tuple[Approval, ...] = ()
    exported: bool = False
    assessed: Sum | None = None
    received: Sum = Decimal(0)
    ready: tuple[ItemNumber, ...] = ()
    ready_as_a_whole: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """Goods released together; without `items` all that is in no other part."""

    items: tuple[ItemNumber, ...] = ()
    regime: Regime
    runs_for_a_term: bool = False
    released: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class End:
    """The end of the regime of these items; without `items` of all."""

    items: tuple[ItemNumber, ...] = ()
    ended: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Release:
    """What this service itself recorded.

    `findings` and `grounds_after` are those of the release that stand: recorded, and not withdrawn.
    """

    parts: tuple[Part, ...] = ()
    ends: tuple[End, ...] = ()
    findings: tuple[Finding, ...] = ()
    grounds_after: tuple[Ground, ...] = ()
    completed: bool = False


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """All that release knows of it."""

    arrival: Arrival = Arrival()
    presentation: Presentation = Presentation()
    clearance: Clearance = Clearance()
    own: Release = Release()
