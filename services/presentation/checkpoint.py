"""The checkpoint that follows from a way (Art. 38(1)): of the vehicle and of the goods, each by its own rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from contracts.calls import numbers, numbers_beside, unless_first, with_numbers
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn
from contracts.values import CheckpointCode, ConsignmentId, Mode, MovementId
from decider import replace, without
from law import Finding
from law.calendar import EARLIEST
from law.rule import Fact, rule
from presentation.way import ON_LAND, Lost, Way

Basis: TypeAlias = Literal["journey", "facts", "officer"]
Said: TypeAlias = CheckpointDetermined | CheckpointWithdrawn


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A call of the way as it came out, as far as that is known, with its number; `came`: the vehicle was there."""

    place: CheckpointCode
    here: bool
    came: bool
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class Place:
    """A checkpoint, and which call there it is."""

    checkpoint: CheckpointCode
    call: int = 1


@dataclass(frozen=True, kw_only=True)
class Determined:
    """What it follows from, and where it is: the checkpoint, and for goods the other calls that unload them."""

    article: str
    rule: str
    basis: Basis
    calls: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """What stands on record: the checkpoint, and for goods the other calls at which they are unloaded."""

    calls: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[CheckpointCode, ...]:
        return tuple(each.checkpoint for each in self.calls)


Rule: TypeAlias = Callable[[Fact, tuple[Stop, ...]], Determined | None]
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
        return as_the_officer_decides(way.lost.fact, way.lost) if way.lost else None
    stops, mode = as_it_came_out(way), way.by_mode
    if mode in ON_LAND:
        return first_along_the_line(way.fact, stops, way.place)
    found = rules.get(mode) if mode else None
    return found(way.fact, stops) if found else None


@rule()
def as_it_came_out(way: Way) -> tuple[Stop, ...]:
    """Art. 38 [P10]: what happened goes before what was said: calls that it made, then those planned and left.

    What was done at a call is as planned for that call where nothing else was stated. A place that is called at twice
    is two calls (P8). A call that nobody had planned stands in the place of the next one planned then, and others stay.
    """
    planned: dict[tuple[CheckpointCode, int], bool] = {}
    for call in way.plan.calls if way.plan else ():
        spot = call.place, call.number
        planned[spot] = planned.get(spot, False) or call.here
    with_work = {place for (place, _), here in planned.items() if here}
    came: list[Stop] = []
    for visit, number in zip(way.visits, numbers(way.visits), strict=True):
        as_planned = planned.pop((visit.place, number), None)
        here = bool(as_planned) if visit.here is None else visit.here
        came.append(Stop(place=visit.place, number=number, here=here, came=True))
    left = [Stop(place=at, number=number, here=here, came=False) for (at, number), here in planned.items()]
    since = (way.plan and way.plan.stated) or EARLIEST
    visited = zip(way.visits, came, strict=True)
    unplanned = [stop for visit, stop in visited if stop.here and stop.place not in with_work and visit.at >= since]
    instead_of = [stop for stop in left if stop.here][: len(unplanned)]
    return (*came, *without(left, instead_of))


@rule()
def of_an_aircraft(_: Fact, stops: tuple[Stop, ...]) -> Determined | None:
    """Art. 38(1)(1) [P3]: an aircraft's is the first airport where it lands and goods are un-, re- or loaded."""
    return first_of(stops, "38(1)(1)", "P3")


@rule()
def of_goods_by_air(_: Fact, stops: tuple[Stop, ...]) -> Determined | None:
    """Art. 38(1)(2) [P4]: those of goods by air are the airports where the aircraft lands and unloads them."""
    return each_of(stops, "38(1)(2)", "P4")


@rule()
def of_a_ship(_: Fact, stops: tuple[Stop, ...]) -> Determined | None:
    """Art. 38(1)(3) [P5]: a ship's is the first port where goods are unloaded, loaded or reloaded."""
    return first_of(stops, "38(1)(3)", "P5")


@rule()
def of_goods_by_ship(_: Fact, stops: tuple[Stop, ...]) -> Determined | None:
    """Art. 38(1)(4) [P6]: those of goods by ship are the ports where the ship stops and unloads them."""
    return each_of(stops, "38(1)(4)", "P6")


@rule()
def first_along_the_line(_: Fact, stops: tuple[Stop, ...], crossed_at: CheckpointCode | None) -> Determined | None:
    """Art. 38(1)(5) [P7]: by road and rail, vehicle and goods belong to the first checkpoint along their line.

    Where the border was crossed settles it; until then the line that was told lets it be expected.
    """
    if crossed_at:
        return Determined(article="38(1)(5)", rule="P7", basis="facts", calls=(Place(checkpoint=crossed_at),))
    if not stops:
        return None
    return Determined(article="38(1)(5)", rule="P7", basis=basis_of(stops[0]), calls=(place_of(stops[0]),))


@rule(by="officer")
def as_the_officer_decides(_: Fact, lost: Lost) -> Determined | None:
    """Art. 37(3) [A8]: what is outside the chapter has no checkpoint, until the officer says where to show it."""
    return Determined(article="37(3)", rule="A8", basis="officer", calls=(Place(checkpoint=lost.present_at),))


def first_of(stops: tuple[Stop, ...], article: str, rule: str) -> Determined | None:
    """A landing or a stop without any goods work is nobody's checkpoint."""
    found = each_of(stops, article, rule)
    return replace(found, calls=found.calls[:1]) if found else None


def each_of(stops: tuple[Stop, ...], article: str, rule: str) -> Determined | None:
    here = [stop for stop in stops if stop.here]
    if not here:
        return None
    return Determined(article=article, rule=rule, basis=basis_of(here[0]), calls=tuple(map(place_of, here)))


def place_of(stop: Stop) -> Place:
    return Place(checkpoint=stop.place, call=stop.number)


def basis_of(stop: Stop) -> Basis:
    return "facts" if stop.came else "journey"


def settled(way: Way, determined: Determined | None) -> tuple[CheckpointCode, ...]:
    """The places to show it, once the facts have settled them: a plan that came out otherwise is held against nobody.

    On land only the crossing settles it.
    """
    if determined is None or determined.basis == "journey" or (way.by_mode in ON_LAND and way.place is None):
        return ()
    return tuple(dict.fromkeys(each.checkpoint for each in determined.calls))


@rule()
def checkpoint_is(
    found: Determined | None,
    before: Checkpoint,
    *,
    movement: MovementId | None = None,
    consignment: ConsignmentId | None = None,
) -> list[CheckpointDetermined | CheckpointWithdrawn]:
    """Art. 38 [P10]: recorded at each change of the result, and not otherwise; it replaces what stood before."""
    if found is None:
        return [
            CheckpointWithdrawn(movement=movement, consignment=consignment, checkpoint=place)
            for place in before.places[:1]
        ]
    if found.calls == before.calls:
        return []
    first, *further = found.calls
    was = before.places[:1]
    determined = CheckpointDetermined(
        article=found.article,
        rule=found.rule,
        movement=movement,
        consignment=consignment,
        checkpoint=first.checkpoint,
        basis=found.basis,
        further=tuple(each.checkpoint for each in further),
        replaces=was[0] if was and was[0] != first.checkpoint else None,
        call=unless_first(first.call),
        further_calls=numbers_beside([each.call for each in further]),
    )
    return [determined]


@rule()
def shown_elsewhere(_: Fact, shown_at: CheckpointCode, settled: tuple[CheckpointCode, ...]) -> Finding | None:
    """Art. 38(1) [P8]: vehicle and goods each have a checkpoint of their own and are shown there; of several, at any.

    Only facts settle which that is, so a plan that came out otherwise is never held against the carrier.
    """
    if not settled or shown_at in settled:
        return None
    further = (("further", settled[1:]),) if settled[1:] else ()
    return Finding(rule="P8", article="38(1)", facts=(("determined", settled[0]), *further, ("shown", shown_at)))


def recorded(_: Checkpoint, event: Said) -> Checkpoint:
    match event:
        case CheckpointDetermined(checkpoint=checkpoint, call=call, further=further, further_calls=further_calls):
            others = (Place(checkpoint=place, call=number) for place, number in with_numbers(further, further_calls))
            return Checkpoint(calls=(Place(checkpoint=checkpoint, call=call or 1), *others))
        case CheckpointWithdrawn():
            return Checkpoint()
        case _:
            assert_never(event)
