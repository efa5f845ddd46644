"""The checkpoint that follows from a way (Art. 38(1)): of the vehicle and of the goods, each by its own rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn
from contracts.values import CheckpointCode, ConsignmentId, Mode, MovementId
from decider import replace
from law import Finding
from law.rule import Fact, rule
from presentation.way import ON_LAND, Lost, Way

Basis: TypeAlias = Literal["journey", "facts", "officer"]
Said: TypeAlias = CheckpointDetermined | CheckpointWithdrawn


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


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """The places that stand on record: the checkpoint, and for goods the others at which they are unloaded."""

    places: tuple[CheckpointCode, ...] = ()


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
    """Art. 38 [P10]: what happened goes before what was said: places that it came to, then those planned and left.

    What was done at a place that it came to is as planned for that place where nothing else was stated. Once it was
    done where nobody had planned it, nothing of the plan is left.
    """
    planned: dict[CheckpointCode, bool] = {}
    for call in way.plan.calls if way.plan else ():
        planned[call.place] = planned.get(call.place, False) or call.here
    came = [
        Stop(place=visit.place, here=planned.get(visit.place, False) if visit.here is None else visit.here, came=True)
        for visit in way.visits
    ]
    if any(stop.here and not planned.get(stop.place) for stop in came):
        return tuple(came)
    visited = {stop.place for stop in came}
    left = [Stop(place=place, here=here, came=False) for place, here in planned.items() if place not in visited]
    return (*came, *left)


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
        return Determined(article="38(1)(5)", rule="P7", basis="facts", checkpoint=crossed_at)
    if not stops:
        return None
    return Determined(article="38(1)(5)", rule="P7", basis=basis_of(stops[0]), checkpoint=stops[0].place)


@rule(by="officer")
def as_the_officer_decides(_: Fact, lost: Lost) -> Determined | None:
    """Art. 37(3) [A8]: what is outside the chapter has no checkpoint, until the officer says where to show it."""
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


def settled(way: Way, determined: Determined | None) -> tuple[CheckpointCode, ...]:
    """The places to show it, once the facts have settled them: a plan that came out otherwise is held against nobody.

    On land only the crossing settles it.
    """
    if determined is None or determined.basis == "journey" or (way.by_mode in ON_LAND and way.place is None):
        return ()
    return determined.places


@rule()
def checkpoint_is(
    found: Determined | None,
    before: tuple[CheckpointCode, ...],
    *,
    movement: MovementId | None = None,
    consignment: ConsignmentId | None = None,
) -> list[CheckpointDetermined | CheckpointWithdrawn]:
    """Art. 38 [P10]: recorded at each change of the result, and not otherwise; it replaces what stood before."""
    if found is None:
        return [
            CheckpointWithdrawn(movement=movement, consignment=consignment, checkpoint=place) for place in before[:1]
        ]
    if found.places == before:
        return []
    determined = CheckpointDetermined(
        article=found.article,
        rule=found.rule,
        movement=movement,
        consignment=consignment,
        checkpoint=found.checkpoint,
        basis=found.basis,
        further=found.further,
        replaces=before[0] if before and before[0] != found.checkpoint else None,
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
        case CheckpointDetermined(checkpoint=checkpoint, further=further):
            return Checkpoint(places=(checkpoint, *further))
        case CheckpointWithdrawn():
            return Checkpoint()
        case _:
            assert_never(event)
