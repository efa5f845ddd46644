"""In which order a batch takes what there is to do, and what becomes of what it has no time for."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from chassis.tests.vector import PLACES, Work
from chassis.write.inputs import INTERNAL


def check_turns(new: Iterable[dict[str, Any]], work: Work, overdue: Sequence[Any]) -> None:
    """Records come first, then deadlines, then commands, each in their order, as far as they led to anything.

    Of several transactions on the same work each goes by this order: a command that the first refused for what was
    parked is recorded by the second, behind the one by which the first let go of that.
    """
    turns = [
        *(one.id for one in work.heard),
        *overdue,
        *((one.client, one.key, one.requesthash) for one in work.commands),
    ] * work.transactions
    taken: list[Any] = []
    for said in new:
        name = said.get("causationid")
        if said["type"] == "Due":
            name = (said["subject"], datetime.fromisoformat(said["data"]["instant"]))
        elif "idempotencykey" in said:
            name = (said["client"], said["idempotencykey"], said["requesthash"])
        if name in turns and taken[-1:] != [name]:  # A deadline of this batch's own was fired in front of a command.
            taken.append(name)
    left = iter(turns)
    assert [name for name in taken if name not in left] == [], (taken, turns)


def check_what_waits(work: Work, left: Work, most: int) -> None:
    """What a batch has no time for waits in the order in which it waited; what is on the agenda waits there.

    Of records that came out of turn, those wait that may still be taken; the others come again from the topic.
    """
    heard, commands = (work.heard[most:], work.commands[most:]) if most else ([], [])
    assert left.commands == [one for one in commands if one.client != INTERNAL]
    for place in PLACES:
        expected = [one.position for one in heard if one.partition == place]
        found = [one.position for one in left.heard if one.partition == place]
        assert found == still_to_be_taken(expected)
        in_turn = expected == [*range(min(expected, default=0), max(expected, default=-1) + 1)]
        assert found == expected or not in_turn


def still_to_be_taken(positions: Sequence[int]) -> list[int]:
    """Those that lead up to the last one without a gap, wherever others stand between them."""
    kept = list[int]()
    for position in reversed(positions):
        if not kept or position == kept[0] - 1:
            kept.insert(0, position)
    return kept
