"""A way into the country: as it was said to lead, as it came out, and the checkpoint that follows (Art. 38(1))."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from contracts.replacing import replace
from contracts.values import CheckpointCode, Instant, Mode
from law.calendar import EARLIEST

Basis: TypeAlias = Literal["journey", "facts", "officer"]
ON_LAND: tuple[Mode, ...] = ("road", "rail")


@dataclass(frozen=True, kw_only=True)
class Call:
    """A place that the way was said to lead to; `here`: goods work is done there, or of goods, they are unloaded."""

    place: CheckpointCode
    here: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The way as it was said last to lead; `stated` is when."""

    stated: Instant | None = None
    mode: Mode
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A place that the vehicle came to; `here` as in a call, and None where it was not stated: as planned."""

    arrived: Instant
    place: CheckpointCode
    mode: Mode | None = None
    here: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Lost:
    """The officer's decision that the chapter on arrival applies after a stop, and where to show vehicle and goods."""

    stopped: Instant
    present_at: CheckpointCode


@dataclass(frozen=True, kw_only=True)
class Way:
    """The way of a vehicle, or of goods on it; visits in the order in which they happened.

    `exempt`: the chapter on arrival did not apply when it crossed.
    """

    plan: Plan | None = None
    mode: Mode | None = None
    place: CheckpointCode | None = None
    crossed: Instant | None = None
    visits: tuple[Visit, ...] = ()
    exempt: bool = False
    lost: Lost | None = None


UNKNOWN = Way()


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A place of the way as it came out, as far as that is known; `came`: the vehicle was there."""

    place: CheckpointCode
    here: bool
    came: bool


@dataclass(frozen=True, kw_only=True)
class Determined:
    """A checkpoint, what it follows from, and for goods the other places at which they are unloaded."""

    article: str
    rule: str
    basis: Basis
    checkpoint: CheckpointCode
    further: tuple[CheckpointCode, ...] = ()

    @property
    def places(self) -> tuple[CheckpointCode, ...]:
        return (self.checkpoint, *self.further)


Rule: TypeAlias = Callable[[tuple[Stop, ...]], Determined | None]
"""What follows from where it stops."""


def checkpoint_of_vehicle(way: Way) -> Determined | None:
    """None while nothing is known of it, and where there is none."""
    return by_its_mode(way, {"air": of_an_aircraft, "sea": of_a_ship, "river": of_a_ship})


def checkpoint_of_goods(way: Way) -> Determined | None:
    """None while nothing is known of it, and where there is none: they stay aboard, or the chapter does not apply."""
    return by_its_mode(way, {"air": of_goods_by_air, "sea": of_goods_by_ship, "river": of_goods_by_ship})


def by_its_mode(way: Way, rules: Mapping[Mode, Rule]) -> Determined | None:
    """On land vehicle and goods share one rule; in the air and on water each has its own."""
    if way.lost or way.exempt:
        return as_the_officer_decides(way.lost)
    stops, mode = as_it_came_out(way), mode_of(way)
    if mode in ON_LAND:
        return first_along_the_line(stops, way.place)
    rule = rules.get(mode) if mode else None
    return rule(stops) if rule else None


def mode_of(way: Way) -> Mode | None:
    """How it crossed goes before what was announced, and that before what is said of its arrivals."""
    stated = [visit.mode for visit in way.visits if visit.mode]
    return way.mode or (way.plan.mode if way.plan else None) or (stated[0] if stated else None)


def as_it_came_out(way: Way) -> tuple[Stop, ...]:
    """Art. 38 [P10]: what happened goes before what was said: places that it came to, then those planned and left.

    What was done at a place that it came to is as planned for that place where nothing else was stated.
    """
    planned: dict[CheckpointCode, bool] = {}
    for call in way.plan.calls if way.plan else ():
        planned[call.place] = planned.get(call.place, False) or call.here
    came = [
        Stop(place=visit.place, here=planned.get(visit.place, False) if visit.here is None else visit.here, came=True)
        for visit in way.visits
    ]
    visited = {stop.place for stop in came}
    left = [Stop(place=place, here=here, came=False) for place, here in planned.items() if place not in visited]
    return (*came, *left)


def of_an_aircraft(stops: tuple[Stop, ...]) -> Determined | None:
    """Art. 38(1)(1) [P3]: an aircraft's is the first airport where it lands and goods are un-, re- or loaded."""
    return first_of(stops, "38(1)(1)", "P3")


def of_goods_by_air(stops: tuple[Stop, ...]) -> Determined | None:
    """Art. 38(1)(2) [P4]: those of goods by air are the airports where the aircraft lands and unloads them."""
    return each_of(stops, "38(1)(2)", "P4")


def of_a_ship(stops: tuple[Stop, ...]) -> Determined | None:
    """Art. 38(1)(3) [P5]: a ship's is the first port where goods are unloaded, loaded or reloaded."""
    return first_of(stops, "38(1)(3)", "P5")


def of_goods_by_ship(stops: tuple[Stop, ...]) -> Determined | None:
    """Art. 38(1)(4) [P6]: those of goods by ship are the ports where the ship stops and unloads them."""
    return each_of(stops, "38(1)(4)", "P6")


def first_along_the_line(stops: tuple[Stop, ...], crossed_at: CheckpointCode | None) -> Determined | None:
    """Art. 38(1)(5) [P7]: by road and rail, vehicle and goods belong to the first checkpoint along their line.

    Where the border was crossed settles it; until then the line that was told lets it be expected.
    """
    if crossed_at:
        return Determined(article="38(1)(5)", rule="P7", basis="facts", checkpoint=crossed_at)
    if not stops:
        return None
    return Determined(article="38(1)(5)", rule="P7", basis=basis_of(stops[0]), checkpoint=stops[0].place)


def as_the_officer_decides(lost: Lost | None) -> Determined | None:
    """Art. 37(3) [A8]: what is outside the chapter has no checkpoint, until the officer says where to show it."""
    if lost is None:
        return None
    return Determined(article="37(3)", rule="A8", basis="officer", checkpoint=lost.present_at)


def first_of(stops: tuple[Stop, ...], article: str, rule: str) -> Determined | None:
    """A landing or a stop without any goods work is nobody's checkpoint."""
    found = each_of(stops, article, rule)
    return replace(found, further=()) if found else None


def each_of(stops: tuple[Stop, ...], article: str, rule: str) -> Determined | None:
    here = [stop for stop in stops if stop.here]
    if not here:
        return None
    first, *others = here
    further = tuple(stop.place for stop in others)
    return Determined(article=article, rule=rule, basis=basis_of(first), checkpoint=first.place, further=further)


def basis_of(stop: Stop) -> Basis:
    return "facts" if stop.came else "journey"


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
        lost=way.lost if way.lost and way.lost.stopped <= shown else None,
    )


def settled(way: Way, determined: Determined | None) -> tuple[CheckpointCode, ...]:
    """The places to show it, once the facts have settled them: a plan that came out otherwise is held against nobody.

    On land only the crossing settles it.
    """
    if determined is None or determined.basis == "journey" or (mode_of(way) in ON_LAND and way.place is None):
        return ()
    return determined.places


def applies(way: Way) -> bool:
    """Whether the chapter on arrival applies to it."""
    return not way.exempt or way.lost is not None


def planned(way: Way, plan: Plan) -> Way:
    """What was said last counts, whatever was recorded last."""
    plans = [each for each in (way.plan, plan) if each]
    return replace(way, plan=max(plans, key=lambda each: (each.stated or EARLIEST, repr(each))))


def came_to(way: Way, visit: Visit) -> Way:
    """Each place once; what is said of it later corrects what was said before."""
    others = (each for each in way.visits if each.place != visit.place)
    return replace(way, visits=tuple(sorted((*others, visit), key=lambda each: (each.arrived, each.place))))


def lost_by(way: Way, lost: Lost) -> Way:
    """Of several decisions the one on the stop that came first."""
    losses = [each for each in (way.lost, lost) if each]
    return replace(way, lost=min(losses, key=lambda each: each.stopped))
