"""What holds for vehicles and for goods alike: which checkpoint is theirs, and that they are shown there."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from contracts.arrival import GoodsCrossed
from contracts.values import CheckpointCode, Instant, MovementId, Packages, Seal
from law import Finding, OpenPoint

Basis: TypeAlias = Literal["notice", "crossing"]


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """The goods, or part of them, as they crossed on one vehicle."""

    crossed: Instant
    movement: MovementId
    place: CheckpointCode
    packages: Packages | None = None


def first_checkpoint_along_the_line(
    planned: CheckpointCode | None, crossed_at: CheckpointCode | None
) -> tuple[CheckpointCode, Basis] | None:
    """Art. 38(1)(5) [P7]: by road, vehicle and goods belong to the first checkpoint of the country along their line.

    Where the border was crossed settles it; until then the line that the notice gives lets it be expected.
    """
    if crossed_at:
        return crossed_at, "crossing"
    return (planned, "notice") if planned else None


def shown_at_its_checkpoint(shown_at: CheckpointCode, crossed_at: CheckpointCode | None) -> Finding | None:
    """Art. 37(2) [P1]: the carrier brings what crossed to its own checkpoint and shows it there.

    Only the crossing settles which that is, so a plan that came out otherwise is never held against the carrier.
    """
    if crossed_at is None or shown_at == crossed_at:
        return None
    return Finding(rule="P1", article="37(2)", facts=(("determined", crossed_at), ("shown", shown_at)))


def still_to_be_shown(act: str, shown: bool, crossed_at: CheckpointCode | None) -> tuple[OpenPoint, ...]:
    """Art. 37(2) [P1]: from the crossing on, until it is done, the carrier has to deliver and show; no term is set."""
    if crossed_at is None or shown:
        return ()
    return (OpenPoint(act=act, who="carrier", article="37(2)", place=crossed_at),)


def in_order(crossings: tuple[Crossing, ...], event: GoodsCrossed) -> tuple[Crossing, ...]:
    """As they happened, whatever was recorded first."""
    crossing = Crossing(crossed=event.crossed, movement=event.movement, place=event.place, packages=event.packages)
    return tuple(sorted((*crossings, crossing), key=lambda each: (each.crossed, each.movement)))


def packages_in_all(crossings: tuple[Crossing, ...]) -> Packages | None:
    """Not known while any of the papers is silent."""
    stated = [each.packages for each in crossings if each.packages is not None]
    return sum(stated) if stated and len(stated) == len(crossings) else None


def first_place(crossings: tuple[Crossing, ...]) -> CheckpointCode | None:
    """The one that counts for goods on several vehicles."""
    return crossings[0].place if crossings else None


def came_before(crossed: Instant, shown: Instant | None) -> bool:
    """Art. 37(2) [P2]: what is shown is measured by what had crossed by then, whenever either was recorded.

    Where it is not on record when it was shown, every crossing counts.
    """
    return shown is None or crossed <= shown


def was_shown_before(shown: Instant, recorded: Instant | None) -> bool:
    """Art. 37(2) [P1]: the duty to show is fulfilled when it is done first, whenever that was recorded.

    Where it is not on record when it was shown, nothing was before that.
    """
    return recorded is not None and shown < recorded


def seals_are_intact(crossed_with: tuple[Seal, ...], found_intact: tuple[Seal, ...]) -> Finding | None:
    """Art. 37(2) [P2]: every seal that was on the vehicle when it crossed is intact when it is shown.

    The article forbids the damage and names no refusal, so this is a finding; cause and consequence are the officer's.
    """
    broken = tuple(sorted(set(crossed_with) - set(found_intact)))
    return Finding(rule="P2", article="37(2)", facts=(("broken", broken),)) if broken else None


def packages_are_those_of_the_papers(found: Packages | None, stated: Packages | None) -> Finding | None:
    """Art. 37(2) [P2]: between crossing and presentation nothing is added to the goods or taken from them.

    Measured by the papers as recorded at the crossing; where either number is not stated, nothing is concluded.
    """
    if found is None or stated is None or found == stated:
        return None
    return Finding(rule="P2", article="37(2)", facts=(("packages_found", str(found)), ("packages_stated", str(stated))))


def packaging_is_whole(breached: bool) -> Finding | None:
    """Art. 37(2) [P2]: the packaging is not opened or damaged between crossing and presentation."""
    return Finding(rule="P2", article="37(2)", facts=(("packaging", "breached"),)) if breached else None


def condition_is_unchanged(changed: bool) -> Finding | None:
    """Art. 37(2) [P2]: the goods are shown in the condition in which they crossed."""
    return Finding(rule="P2", article="37(2)", facts=(("condition", "changed"),)) if changed else None


def further(found: tuple[Finding, ...], recorded: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is not on record yet."""
    return tuple(finding for finding in found if finding not in recorded)


def all_of(recorded: tuple[Finding, ...], more: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings in one order, whichever came first."""
    return tuple(sorted({*recorded, *more}, key=repr))
