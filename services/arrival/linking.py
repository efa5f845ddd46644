"""Joining two streams: the first asks, the second tells it all that it holds, and the first notes that.

One that has asked and has no answer yet is not joined itself, and one that was joined asks nobody. So no streams are
joined in a circle: whichever of its links was made last, the one that was joined by it was asking then.
"""

from typing import Any, TypeAlias

from contracts.links import (
    FactsPassedOn,
    LinkAsked,
    LinkMade,
    LinkRefused,
    Links,
    Why,
    asked_and_answered,
    joined_into,
    linked,
    named,
    passed_on,
)
from contracts.stating import StatementDiffers, may_amend, stater
from decider import Held, Input, Joining, Matter

Joined: TypeAlias = FactsPassedOn | LinkMade | LinkRefused
OF_LINKS = (
    "LinkConsignment", "JoinConsignment", "AnswerConsignmentLink",
    "LinkMovement", "JoinMovement", "AnswerMovementLink", "LeaveGoods",
)  # fmt: skip
"""What is on record of links themselves is nobody's statement of goods or vehicles, and is not told again."""
FOLDS = Matter(folds=(linked, asked_and_answered), unfolded=(FactsPassedOn,))
"""What is alike for streams of each kind."""


def joining(reads: tuple[type, ...], *answers: type) -> Joining:
    return Joining(into=joined_into, reads=reads, answers=(*reads, *answers), passes_on=passed_on)


def asked_for(asked: Input[Any], links: Links) -> list[LinkAsked | StatementDiffers]:
    """Whether there is anything under either name is no question: what is to be joined may be on its way."""
    said = asked.content
    if said.second in (*links.joined, *links.asked):
        return []
    asks = LinkAsked(**named(asked), second=said.second, reason=said.reason, stated_by=stater(asked.subject))
    if not is_theirs(asked):
        return [StatementDiffers(article=asks.article, rule=asks.rule, statement=type(said).__name__)]
    return [asks]


def taken(asked: Input[Any], links: Links) -> list[Joined]:
    """From here on this is one with the first, which is told so behind all that stands here."""
    first = asked.content.into
    if why := against(asked, links):
        joined = links.joined_into if why == "joined" else None
        return [LinkRefused(**named(asked), first=first, second=asked.id, why=why, joined=joined)]
    holds = facts_held(asked)
    told = [FactsPassedOn(**named(asked), into=first, holds=holds)] if holds else []
    return [*told, LinkMade(**named(asked), first=first, second=asked.id, also=links.joined)]


def against(asked: Input[Any], links: Links) -> Why | None:
    if links.joined_into is not None:
        return "joined"
    if links.asked:
        return "asks"
    return None if is_theirs(asked) else "of_others"


def noted(asked: Input[Any], links: Links) -> list[LinkMade | LinkRefused]:
    said = asked.content
    if said.why is None:
        return [LinkMade(**named(asked), first=asked.id, second=said.second, also=said.also)]
    return [LinkRefused(**named(asked), first=asked.id, second=said.second, why=said.why, joined=said.joined)]


def answered(event: LinkMade | LinkRefused) -> dict[str, Any]:
    """What the first is told."""
    if isinstance(event, LinkMade):
        return {"second": event.second, "also": event.also}
    return {"second": event.second, "why": event.why, "joined": event.joined}


def is_theirs(asked: Input[Any]) -> bool:
    """An officer may say it, and whoever has stated something that is on record there."""
    own = asked.subject
    return own.role == "officer" or any(may_amend(own, stater(each.subject)) for each in facts_held(asked))


def facts_held(asked: Input[Any]) -> tuple[Held, ...]:
    return tuple(each for each in asked.held if each.type not in OF_LINKS)
