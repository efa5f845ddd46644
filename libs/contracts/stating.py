"""Facts that people state: said again, said otherwise, put in the place of what was said, or taken back.

What stands is changed by an act of its own alone. A statement of the same fact with another content is recorded as one
that differs, and says by which act it would be put right.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol, TypeAlias, TypeVar

from contracts import called
from contracts.event import Event
from contracts.values import CheckpointCode, Instant, Word
from decider import Input, Matter, Subject
from law import Facts

E = TypeVar("E", bound=Event)
F = TypeVar("F", bound="Stated")
Acts: TypeAlias = tuple[type, ...]
"""Commands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stater:
    """On whose behalf something was stated: a party by its number, or whoever has these checkpoints; no person."""

    role: Word | None = None
    party: Word | None = None
    issuer: Word | None = None
    checkpoints: tuple[CheckpointCode, ...] | None = None


class Stated(Protocol):
    """A fact as a state keeps it: when it happened, by whom it was stated, and whether it was taken back since.

    All other fields are what was said of it.
    """

    @property
    def at(self) -> Instant | None: ...

    @property
    def by(self) -> Stater | None: ...

    @property
    def struck(self) -> bool: ...


KEPT_BESIDE = ("at", "by", "struck", "known", "received", "instead_of")
"""Fields of a fact that are not what was said of it."""


class StatementDiffers(Event):
    """A statement of a fact that stands otherwise, or an amendment of one that does not stand so: nothing changes.

    `statement` is the command. Of what stands these fields differ, `stands` tells them, as far as they are short, and
    `stands_by` whose statement it is; none of it where nothing stands. `occurred` among them: it stands for another
    time, `stands_since`. `amend_by` are the commands that put it right.
    """

    outcome: ClassVar[str] = "differs"

    type: Literal["StatementDiffers"] = "StatementDiffers"
    article: Word
    rule: Word
    statement: Word
    differing: tuple[Word, ...] = ()
    stands: Facts = ()
    stands_by: Stater | None = None
    stands_since: Instant | None = None
    amend_by: tuple[Word, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Amendable:
    """What differs is told under the article and the rule of the fact; by which commands it is stated, and amended.

    `dated`: when it happened belongs to what is stated. Of a notice it does not: what counts is when customs had it.
    """

    article: str
    rule: str
    states: type
    amends: Acts
    dated: bool = True


def stater(subject: Subject) -> Stater | None:
    """None where the token names nothing but a person."""
    party = subject.party
    if not (subject.role or party or subject.checkpoints):
        return None
    return Stater(
        role=subject.role,
        party=party.number if party else None,
        issuer=party.issuer if party else None,
        checkpoints=subject.checkpoints or None,
    )


def may_amend(subject: Subject, by: Stater | None) -> bool:
    """Whoever stated it may, which is the same party or checkpoint and not the same person; and an officer."""
    if by is None or subject.role == "officer":
        return True
    if by.party:
        return subject.party is not None and (subject.party.number, subject.party.issuer) == (by.party, by.issuer)
    if by.checkpoints:
        return not {*by.checkpoints}.isdisjoint(subject.checkpoints)
    return subject.role == by.role


def stated(
    asked: Input[Any], said: F | Callable[[], F], stands: F | None, of: Amendable, records: Callable[[], E]
) -> list[E | StatementDiffers]:
    """The event, where nothing stands; none, where the same does: for the same time, or where nobody states one.

    What is dear to make is said by a function: it is asked only where there is something to compare it with.
    """
    if stands is None or stands.struck:
        return [records()]
    now = said() if callable(said) else said
    timed = happened_otherwise(asked, of, stands)
    return [differs(asked, of, now, stands, timed=timed)] if timed or not same(now, stands) else []


def happened_otherwise(asked: Input[Any], of: Amendable, stands: Stated) -> bool:
    """A time is stated, and is not that which stands; what was recorded without its time stands for any."""
    return of.dated and time_is_stated(asked) and stands.at not in (None, asked.occurred)


def time_is_stated(asked: Input[Any]) -> bool:
    """What nobody dates happened when it is recorded."""
    return asked.occurred != asked.recorded


def corrected(
    asked: Input[Any], said: F, stands: F | None, corrects: datetime, of: Amendable, records: Callable[[], E]
) -> list[E | StatementDiffers]:
    """The event by which `said` stands in the place of what was stated to have happened at `corrects`."""
    if stands and not stands.struck and same(said, stands) and said.at == stands.at:
        return []
    return [records() if can_be_amended(asked, stands, corrects) else differs(asked, of, said, stands)]


def withdrawn(
    asked: Input[Any], stands: F | None, withdraws: datetime, of: Amendable, records: Callable[[], E]
) -> list[E | StatementDiffers]:
    """The event by which what was stated to have happened at `withdraws` is taken back."""
    if stands and stands.struck and stands.at in (None, withdraws):
        return []
    return [records() if can_be_amended(asked, stands, withdraws) else differs(asked, of, None, stands)]


def can_be_amended(asked: Input[Any], stands: Stated | None, at: datetime) -> bool:
    """It stands, under that time, and it is theirs. What was recorded without its time stands under any."""
    if stands is None or stands.struck:
        return False
    return stands.at in (None, at) and may_amend(asked.subject, stands.by)


def same(said: Stated, stands: Stated) -> bool:
    return not differing(said, stands)


def differing(said: Stated, stands: Stated) -> tuple[str, ...]:
    """The names of what is said otherwise, sorted; what is only spelt otherwise is not."""
    one, other = _in_one_spelling(said), _in_one_spelling(stands)
    found = sorted(name for name in _contents(said) if getattr(one, name) != getattr(other, name))
    if not found:
        return ()
    one, other = called.in_one_spelling(one), called.in_one_spelling(other)
    return tuple(name for name in found if getattr(one, name) != getattr(other, name))


def differs(
    asked: Input[Any], of: Amendable, said: Stated | None, stands: Stated | None, *, timed: bool = False
) -> StatementDiffers:
    """Where nothing stands, it is the commands that state it that put it right. `timed`: its time is another, too."""
    told = StatementDiffers(article=of.article, rule=of.rule, statement=type(asked.content).__name__)
    if stands is None or stands.struck:
        return told.model_copy(update={"amend_by": (of.states.__name__,)})
    names = differing(said, stands) if said else ()
    told_of = names if names or timed else sorted(_contents(stands))
    short = ((name, _told(getattr(stands, name))) for name in told_of)
    return told.model_copy(
        update={
            "differing": tuple(sorted((*names, "occurred"))) if timed else names,
            "stands": tuple((name, value) for name, value in short if value),
            "stands_by": stands.by,
            "stands_since": stands.at,
            "amend_by": tuple(act.__name__ for act in of.amends),
        }
    )


def _in_one_spelling(of: Stated) -> Stated:
    """A fact in which numbers stand that others write in their ways says as `spelt` how it is compared."""
    spelt: Stated = getattr(of, "spelt", of)
    return spelt


def _contents(of: Stated) -> Iterable[str]:
    return (field.name for field in fields(of) if field.name not in KEPT_BESIDE)  # type: ignore[arg-type]


def _told(value: Any) -> str | tuple[str, ...] | None:
    """Of a single value its words; of several, where they are single values themselves and not many."""
    if isinstance(value, tuple):
        return tuple(map(str, value)) if len(value) <= 9 and all(map(_is_short, value)) else None
    if value is None or not _is_short(value):
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _is_short(value: Any) -> bool:
    """A word, or what says itself by how it is written."""
    return type(value).__str__ is not object.__str__ if is_dataclass(value) else not isinstance(value, tuple)


DIFFERENCES = Matter(unfolded=(StatementDiffers,))
"""What differs changes no state; one of this for each aggregate."""
