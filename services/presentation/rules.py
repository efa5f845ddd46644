"""What holds for vehicles and for goods alike: that they are shown at their checkpoint, and unchanged."""

from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn
from contracts.values import CheckpointCode, ConsignmentId, Instant, MovementId, Packages, Seal
from law import Finding, OpenPoint
from presentation.journey import Determined


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


def shown_at_its_checkpoint(shown_at: CheckpointCode, settled: tuple[CheckpointCode, ...]) -> Finding | None:
    """Art. 38(1) [P8]: vehicle and goods each have a checkpoint of their own and are shown there; of several, at any.

    Only facts settle which that is, so a plan that came out otherwise is never held against the carrier.
    """
    if not settled or shown_at in settled:
        return None
    further = (("further", settled[1:]),) if settled[1:] else ()
    return Finding(rule="P8", article="38(1)", facts=(("determined", settled[0]), *further, ("shown", shown_at)))


def still_to_be_shown(act: str, shown: bool, found: Determined | None) -> tuple[OpenPoint, ...]:
    """Art. 37(2) [P1]: from the crossing on, until it is done, the carrier has to deliver and show; no term is set."""
    if found is None or shown:
        return ()
    return (OpenPoint(act=act, who="carrier", article="37(2)", place=found.checkpoint),)


def packages_in_all(stated: list[Packages | None]) -> Packages | None:
    """Not known while any of the papers is silent."""
    known = [each for each in stated if each is not None]
    return sum(known) if known and len(known) == len(stated) else None


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
