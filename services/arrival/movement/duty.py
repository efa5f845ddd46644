"""Who owes a notice in advance (Art. 37(2-1))."""

from contracts.values import CheckpointCode, Mode
from law import rulebook
from law.checkpoints import find
from law.rule import AS_AMENDED_IN_2023, Fact, rule
from law.rulebook import FindingLayer, Procedure


@rule(AS_AMENDED_IN_2023)
def procedure(of: Fact, checkpoint: CheckpointCode, mode: Mode | None) -> Procedure | None:
    """Art. 37(2-1) [A2]: notice follows what the checkpoint's administration and customs have agreed, if anything."""
    if mode is None:
        return None
    return rulebook.procedure(checkpoint, mode, occurred=of.occurred, recorded=of.recorded, acts=rulebook.loaded())


@rule(AS_AMENDED_IN_2023)
def is_due(of: Fact, mode: Mode | None, checkpoint: CheckpointCode | None) -> FindingLayer | None:
    """Art. 37(2-1) [A3]: notice is the duty of the administrations that the article names, of others by a procedure.

    It names airports, ports and railway stations, so a road post owes none unless the procedure agreed for it says so.
    What a treaty sets for a post goes before both. The layer is that of what makes it due.
    """
    place = find(checkpoint, occurred=of.occurred, recorded=of.recorded) if checkpoint else None
    if place is None or mode is None:
        return None
    agreed = procedure(of, place.code, mode)
    if agreed and agreed.layer == "treaty":
        return "treaty" if agreed.notice_required else None
    if mode != "road" and (place.notice_required == "yes" or (place.notice_required == "rail-only" and mode == "rail")):
        return "code"
    return agreed.layer if agreed and agreed.notice_required else None
