"""A way into the country: as it was said to lead, and as it came out."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts import mode
from contracts.arrival import Chapter8NotApplicable, ExemptionLossWithdrawn, ExemptionLost, ExemptionWithdrawn
from contracts.values import CheckpointCode, Instant, Mode
from decider import in_order, replace
from law.calendar import EARLIEST
from law.rule import Fact, Happened, rule

ON_LAND: tuple[Mode, ...] = ("road", "rail")
Applied: TypeAlias = Chapter8NotApplicable | ExemptionWithdrawn | ExemptionLost | ExemptionLossWithdrawn
"""Whether the chapter on arrival applies."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A place that the way was said to lead to; `here`: goods work is done there, or of goods, they are unloaded.

    `number` says which call at that place it is.
    """

    place: CheckpointCode
    here: bool = False
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The way as it was said last to lead; `stated` is when."""

    stated: Instant | None = None
    known: Instant
    mode: Mode | None
    calls: tuple[Call, ...] = ()

    @property
    def fact(self) -> Fact:
        """That it was said."""
        return Happened(self.stated or self.known, self.known)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A call of the vehicle at a place; `here` as in the plan, and None where it was not stated: as planned.

    `call` is its number, where that was stated.
    """

    arrived: Instant
    known: Instant
    place: CheckpointCode
    mode: Mode | None = None
    here: bool | None = None
    call: int | None = None

    @property
    def checkpoint(self) -> CheckpointCode:
        return self.place

    @property
    def at(self) -> Instant:
        return self.arrived

    @property
    def fact(self) -> Fact:
        """That the vehicle came there."""
        return Happened(self.arrived, self.known)


@dataclass(frozen=True, kw_only=True)
class Lost:
    """The officer's decision that the chapter on arrival applies after a stop, and where to show vehicle and goods."""

    stopped: Instant
    known: Instant
    present_at: CheckpointCode

    @property
    def fact(self) -> Fact:
        """The stop on which it was decided."""
        return Happened(self.stopped, self.known)


@dataclass(frozen=True, kw_only=True)
class Way:
    """The way of a vehicle, or of goods on it; visits in the order in which they happened.

    `known`: when the crossing was recorded. `exempt`: the chapter on arrival did not apply when it crossed.
    """

    plan: Plan | None = None
    mode: Mode | None = None
    place: CheckpointCode | None = None
    crossed: Instant | None = None
    known: Instant | None = None
    visits: tuple[Visit, ...] = ()
    exempt: bool = False
    losses: tuple[Lost, ...] = ()

    @property
    def lost(self) -> Lost | None:
        """Of several decisions the one on the stop that came first."""
        return min(self.losses, key=lambda each: each.stopped, default=None)

    @property
    def to_be_shown_since(self) -> Instant | None:
        """From the crossing on (Art. 37(2)); what had not to be shown until it stopped, from that stop on (37(3))."""
        return self.lost.stopped if self.lost else self.crossed

    @property
    def by_mode(self) -> Mode | None:
        announced = self.plan.mode if self.plan else None
        return mode.as_it_came(self.mode, (visit.mode for visit in self.visits), announced)

    @property
    def fact(self) -> Fact:
        """The crossing; while none is on record, what is: the arrival that came first, or what was said of the way."""
        if self.crossed is not None and self.known is not None:
            return Happened(self.crossed, self.known)
        told = self.visits[0] if self.visits else self.plan
        return told.fact if told else NOTHING

    @property
    def applies(self) -> bool:
        """Whether the chapter on arrival applies to it."""
        return not self.exempt or self.lost is not None


UNKNOWN = Way()
NOTHING = Happened(EARLIEST, EARLIEST)
"""Nothing has happened of which a rule could speak."""


@rule()
def by(way: Way, shown: Instant | None) -> Way:
    """Art. 37(2) [P2]: what is shown is measured by what had happened by then, whenever either was recorded.

    Where it is not on record when it was shown, all of it counts.
    """
    if shown is None:
        return way
    crossed = way.crossed is not None and way.crossed <= shown
    return replace(
        way,
        place=way.place if crossed else None,
        crossed=way.crossed if crossed else None,
        visits=tuple(visit for visit in way.visits if visit.arrived <= shown),
        losses=tuple(lost for lost in way.losses if lost.stopped <= shown),
    )


def planned(way: Way, plan: Plan) -> Way:
    """What was said last counts, whatever was recorded last; said twice, it is known from the first time."""
    plans = [each for each in (way.plan, plan) if each]
    return replace(way, plan=max(plans, key=lambda each: (each.stated or EARLIEST, each.mode or "", repr(each.calls))))


def led(way: Way, plan: Plan | None) -> Way:
    """What counts now, whatever was said last; said before, it is known from then."""
    before = way.plan
    same = before and plan and (before.stated, before.mode, before.calls) == (plan.stated, plan.mode, plan.calls)
    return way if same else replace(way, plan=plan)


def came_to(way: Way, visit: Visit, corrects: Instant | None, instead_of: CheckpointCode | None) -> Way:
    """Each call once; what is said of it later corrects what was said before, of that time or another, there or not."""
    spot, wrong = (visit.place, visit.arrived), (instead_of or visit.place, corrects)
    same = (each for each in way.visits if (each.place, each.arrived) == spot)
    now = replace(visit, known=next((each.known for each in same), visit.known))
    others = (each for each in way.visits if (each.place, each.arrived) not in (spot, wrong))
    return replace(way, visits=tuple(sorted((*others, now), key=lambda each: (each.arrived, each.place))))


def crossed_at(way: Way, mode: Mode, place: CheckpointCode | None, crossed: Instant, known: Instant) -> Way:
    """What is put right of a crossing leaves its time on record since it was, where that stays."""
    since = way.known if way.crossed == crossed and way.known else known
    return replace(way, mode=mode, place=place, crossed=crossed, known=since)


def not_crossed(way: Way) -> Way:
    return replace(way, mode=None, place=None, crossed=None, known=None)


def applies(way: Way, event: Applied, known: Instant) -> Way:
    match event:
        case Chapter8NotApplicable():
            return replace(way, exempt=True)
        case ExemptionWithdrawn():
            return replace(way, exempt=False)
        case ExemptionLost(stopped=stopped, present_at=present_at):
            lost = Lost(stopped=stopped, known=known, present_at=present_at)
            return replace(way, losses=in_order((*without_loss(way, event), lost)))
        case ExemptionLossWithdrawn():
            return replace(way, losses=without_loss(way, event))
        case _:
            assert_never(event)


def without_loss(way: Way, of: ExemptionLost | ExemptionLossWithdrawn) -> tuple[Lost, ...]:
    """Without the decision on that stop, whenever it was recorded."""
    return tuple(each for each in way.losses if (each.stopped, each.present_at) != (of.stopped, of.present_at))


def gone_from(way: Way, place: CheckpointCode, arrived: Instant) -> Way:
    """The vehicle was not there then."""
    return replace(way, visits=tuple(each for each in way.visits if (each.place, each.arrived) != (place, arrived)))
