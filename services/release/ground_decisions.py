"""What becomes of goods against whose release a ground stands: decided on by whoever has to see it (Art. 7(1))."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.declarations import Declared
from contracts.names import OfConsignment
from contracts.release import (
    GroundAfterReleaseDecided,
    GroundDecisionCorrected,
    GroundDecisionWithdrawn,
    Overseer,
)
from contracts.statements import last, put_right_by, said_for, standing, taken_back_by, with_said, with_struck
from contracts.stating import (
    Amendable,
    StatementDiffers,
    Stater,
    corrected,
    same,
    stated,
    stater,
    time_is_stated,
    withdrawn,
)
from contracts.values import GoodsCode, Instant, Text, Word
from decider import Input, Matter, OpenPoint, in_order, opens
from law import Ground
from law.calendar import EARLIEST
from law.origins import ANY, of_origin
from release.as_of import declared_as_of
from release.goods import Part, Released
from release.grounds import AfterRelease, grounds_after_release, on_record_then, refuses
from release.on_record import OnRecord
from release.upstream import Arrival, Clearance, Presentation

Said: TypeAlias = GroundAfterReleaseDecided | GroundDecisionCorrected | GroundDecisionWithdrawn
Codes: TypeAlias = tuple[GoodsCode, ...]


@dataclass(frozen=True, kw_only=True)
class DecideOnGroundAfterRelease(OfConsignment):
    """The officer, or a supervisor, decides what becomes of released goods against which this act stands (Art. 7(1)).

    `provision` is what his decision rests on. Without `codes` it is of all goods that the act touches.
    """

    act: Word
    codes: Codes = ()
    consequence: Text
    provision: Text


@dataclass(frozen=True, kw_only=True)
class CorrectGroundDecision(OfConsignment):
    """What was recorded of the decision on this act was wrong; `decided`, where it was made at another time."""

    act: Word
    codes: Codes = ()
    corrects: Instant
    consequence: Text
    provision: Text
    decided: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawGroundDecision(OfConsignment):
    """No such decision was made."""

    act: Word
    codes: Codes = ()
    withdraws: Instant
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class GroundDecision:
    """What becomes of goods of these codes, or of all that the act touches."""

    act: Word
    codes: Codes = ()
    consequence: Text
    provision: Text
    at: Instant
    by: Stater | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class GroundDecisions:
    """All that were made."""

    words: tuple[GroundDecision, ...] = ()

    def on(self, act: Word, codes: Codes) -> tuple[GroundDecision, ...]:
        return tuple(each for each in self.words if (each.act, each.codes) == (act, codes))


DECISION = Amendable(
    article="7(1)",
    rule="L2",
    states=DecideOnGroundAfterRelease,
    amends=(CorrectGroundDecision, WithdrawGroundDecision),
)


def decided(
    asked: Input[DecideOnGroundAfterRelease], decisions: GroundDecisions
) -> list[GroundAfterReleaseDecided | StatementDiffers]:
    """Recorded also where the ground is recorded only later; one of another time is another one."""
    said, by = asked.content, stater(asked.subject)
    word = word_of(said, asked.occurred)
    of_it = decisions.on(word.act, word.codes)
    before = last(each for each in of_it if each.at <= word.at)
    if not time_is_stated(asked) and before and same(word, before) and before.by == by:
        return []
    event = GroundAfterReleaseDecided(
        consignment=said.consignment,
        act=said.act,
        codes=word.codes,
        consequence=said.consequence,
        provision=said.provision,
        decided=word.at,
        stated_by=by,
    )
    return stated(asked, word, said_for(of_it, word.at), DECISION, lambda: event)


def put_right(
    asked: Input[CorrectGroundDecision], decisions: GroundDecisions
) -> list[GroundDecisionCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.decided or asked.content.corrects
    word = word_of(said, at)
    event = GroundDecisionCorrected(
        consignment=said.consignment,
        act=said.act,
        codes=word.codes,
        consequence=said.consequence,
        provision=said.provision,
        decided=at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    stands = put_right_by(decisions.on(word.act, word.codes), word, said.corrects)
    return corrected(asked, word, stands, said.corrects, DECISION, lambda: event)


def taken_back(
    asked: Input[WithdrawGroundDecision], decisions: GroundDecisions
) -> list[GroundDecisionWithdrawn | StatementDiffers]:
    said, codes = asked.content, each_once(asked.content.codes)
    event = GroundDecisionWithdrawn(
        consignment=said.consignment, act=said.act, codes=codes, withdraws=said.withdraws, reason=said.reason
    )
    stands = taken_back_by(decisions.on(said.act, codes), said.withdraws)
    return withdrawn(asked, stands, said.withdraws, DECISION, lambda: event)


def word_of(
    said: DecideOnGroundAfterRelease | CorrectGroundDecision | GroundAfterReleaseDecided | GroundDecisionCorrected,
    at: Instant,
    by: Stater | None = None,
) -> GroundDecision:
    return GroundDecision(
        act=said.act, codes=each_once(said.codes), consequence=said.consequence, provision=said.provision, at=at, by=by
    )


def each_once(codes: Codes) -> Codes:
    return tuple(sorted({*codes}))


def recorded(decisions: GroundDecisions, event: Said) -> GroundDecisions:
    of_it = decisions.on(event.act, event.codes)
    others = tuple(each for each in decisions.words if each not in of_it)
    match event:
        case GroundAfterReleaseDecided():
            return with_words(*others, *with_said(of_it, word_of(event, event.decided, event.stated_by)))
        case GroundDecisionCorrected(corrects=corrects):
            return with_words(*others, *with_said(of_it, word_of(event, event.decided, event.stated_by), corrects))
        case GroundDecisionWithdrawn(withdraws=at):
            return with_words(*others, *with_struck(of_it, at))
        case _:
            assert_never(event)


def with_words(*words: GroundDecision) -> GroundDecisions:
    return GroundDecisions(words=in_order(words))


@opens("DecideOnGroundAfterRelease")
def still_to_be_decided(
    arrival: Arrival,
    presentation: Presentation,
    clearance: Clearance,
    released: Released,
    on_record: OnRecord,
    after: AfterRelease,
    decisions: GroundDecisions,
) -> Iterator[OpenPoint]:
    """Of goods that left again there is nothing to decide, but for whoever oversees those that released them.

    It is open since the first of the grounds came on record, or since the release was given that was against one.
    """
    came = {each.ground: each.known for each in after.came}
    late = [each for each in after.grounds if not (refuses(each) and clearance.export.done)]
    against = {
        "officer": [
            (ground, part)
            for ground in late
            for part in under(ground, released, lambda part: grounds_after_release(part.fact, part, clearance))
        ],
        "supervisor": [
            (ground, part)
            for ground in after.overridden
            for part in under(ground, released, lambda part: on_record_then(part, arrival, clearance, on_record))
        ],
    }
    for who, cases in against.items():
        left = [each for each in cases if not is_decided(*each, who, decisions, clearance.declared)]
        if left:
            yield OpenPoint(
                act="DecideOnGroundAfterRelease",
                who=who,
                article=left[0][0].article,
                place=presentation.checkpoint,
                since=min(max(came.get(ground, EARLIEST), part.fact.occurred) for ground, part in left),
            )


def under(ground: Ground, released: Released, grounds: Callable[[Part], Iterable[Ground]]) -> tuple[Part, ...]:
    """The parts against whose release it stands; all of them, where that was found by other rules than those of now."""
    return tuple(part for part in released.parts if ground in grounds(part)) or released.parts


def is_decided(ground: Ground, part: Part, who: Overseer | str, decisions: GroundDecisions, declared: Declared) -> bool:
    """What was decided before goods were released, or before they were known to be such, is no word on these.

    Where a release was given against a ground no officer closes the case, for he may be the one who gave it.
    """
    of = dict(ground.facts)
    return any(
        each.act == of["act"]
        and (not each.codes or {*of["codes"]} <= {*each.codes})
        and each.at >= part.fact.occurred
        and were_known(ground, each.at, declared)
        for each in standing(decisions.words)
        if who == "officer" or (each.by is not None and each.by.role == who)
    )


def were_known(ground: Ground, at: Instant, declared: Declared) -> bool:
    """Whether goods such as the ground is of were declared by then, or decided to be there; undeclared, any may be."""
    then = declared_as_of(at, declared)
    if then.stands is None:
        return True
    found = [(each.code, each.origin, each.area) for each in then.established]
    beside = [(each.code, each.origin, each.origin_area) for each in then.decided_beside if each.code]
    there = (*found, *((code, origin, area.name if area else None) for code, origin, area in beside))
    facts = dict(ground.facts)
    named = str(facts.get("origin", ANY))
    return all(
        any(code.startswith(asked) and of_origin(named, origin, area) for code, origin, area in there)
        for asked in facts["codes"]
    )


MATTER = Matter(commands=(decided, put_right, taken_back), folds=(recorded,), open_points=(still_to_be_decided,))
