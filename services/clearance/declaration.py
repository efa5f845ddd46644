"""The declaration of goods, lodged or, where a provision lets it, spoken (Arts 29(1)(1), 31(1), 20(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never, get_args

from clearance.beginning import BeginClearance, Begins, Clearance, Start, begins
from clearance.measures import all_have_to_leave
from clearance.upstream import Arrival, Presentation, goods_are_in_the_country, goods_come_off_here
from contracts.clearance import DeclarationLodged
from contracts.declarations import ALIKE, Declared, Version, declares
from contracts.declarations import version as as_declared
from contracts.goods import Documents, GoodsItem, GoodsItems
from contracts.measures import Measures
from contracts.names import OfConsignment
from contracts.parties import Parties
from contracts.stating import Amendable, StatementDiffers, stated, stater
from contracts.values import Company, Country, Form, Instant, Lodged, Number, Payments, Regime, Spoken, Text, Word
from decider import Input, Matter, OpenPoint, opens, replace
from law import Finding
from law.naming import same_name
from law.rule import Fact, rule
from law.rulebook import loaded, preferred_by


@dataclass(frozen=True, kw_only=True)
class LodgeDeclaration(OfConsignment):
    """The declarant, or a broker for its principal, sets clearance going, and declares the goods (Art. 29(1)(1)).

    `reference` is the sender's own number of it (LRN), `previous_documents` name what it follows, such as a manifest.
    """

    declarant: Company
    principal: Company | None = None
    form: Lodged
    declaration_type: Word | None = None
    office: Word | None = None
    reference: Number | None = None
    previous_documents: Documents = ()
    dispatched_from: Country | None = None
    destined_for: Country | None = None
    parties: Parties = ()
    items: GoodsItems = ()
    regime: Regime | None = None
    payments: Payments = ()


@dataclass(frozen=True, kw_only=True)
class AmendDeclaration(OfConsignment):
    """The goods are declared otherwise from now on, all of them; once customs has accepted, that is a request."""

    declarant: Company
    principal: Company | None = None
    declaration_type: Word | None = None
    office: Word | None = None
    reference: Number | None = None
    previous_documents: Documents = ()
    dispatched_from: Country | None = None
    destined_for: Country | None = None
    parties: Parties = ()
    items: GoodsItems = ()
    regime: Regime | None = None
    payments: Payments = ()
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectDeclaration(OfConsignment):
    """What was stated to be declared then was wrong; `lodged`, where its time was, too.

    Once customs has accepted, that is a request where it is not an officer's.
    """

    corrects: Instant
    declarant: Company
    principal: Company | None = None
    form: Lodged = "declaration"
    declaration_type: Word | None = None
    office: Word | None = None
    reference: Number | None = None
    previous_documents: Documents = ()
    dispatched_from: Country | None = None
    destined_for: Country | None = None
    parties: Parties = ()
    items: GoodsItems = ()
    regime: Regime | None = None
    payments: Payments = ()
    lodged: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawDeclaration(OfConsignment):
    """The declaration that was lodged then is taken back, or its amendment of then, and what it said before stands.

    Once customs has accepted, that is a request, too; an amendment that is only asked for is asked for no more.
    """

    withdraws: Instant
    reason: Text | None = None


Declares: TypeAlias = LodgeDeclaration | AmendDeclaration | CorrectDeclaration
SPOKEN = get_args(Spoken)
NOT_SPOKEN = ("declaration_type", "office", "reference", "dispatched_from", "destined_for")
"""What words do not say."""
LISTED = ("previous_documents", "parties", "items", "payments")
DECLARATION = Amendable(
    article="31(1)",
    rule="C8",
    states=LodgeDeclaration,
    amends=(AmendDeclaration, CorrectDeclaration, WithdrawDeclaration),
)


def lodged(
    asked: Input[LodgeDeclaration], clearance: Clearance, declared: Declared
) -> list[Begins | DeclarationLodged | StatementDiffers]:
    said, id_ = asked.content, asked.content.consignment
    declares = goods_are_declared(asked, said.form, said.items)
    start = Start(trigger=said.form, at=asked.occurred)
    if not declares:
        start = replace(start, declarant=said.declarant, principal=said.principal, by=stater(asked.subject))
        return [*begins(id_, start, clearance)] or begun_otherwise(asked, start, clearance)
    started = begins(id_, start, clearance)
    of = version(asked, said.form)
    return [*started, *stated(asked, of, declared.lodged, DECLARATION, lambda: goods_lodged(asked, of))]


def spoken(
    asked: Input[BeginClearance], clearance: Clearance, declared: Declared
) -> list[Begins | DeclarationLodged | StatementDiffers]:
    said, by = asked.content, stater(asked.subject)
    start = Start(
        trigger=said.form,
        at=asked.occurred,
        provision=said.provision,
        declarant=said.declarant,
        principal=said.principal,
        by=by,
    )
    found = [*begins(said.consignment, start, clearance), *goods_spoken_of(asked, declared)]
    return found or begun_otherwise(asked, start, clearance)


def goods_spoken_of(asked: Input[BeginClearance], declared: Declared) -> list[DeclarationLodged | StatementDiffers]:
    said, by = asked.content, stater(asked.subject)
    if not goods_are_declared(asked, said.form, said.items):
        return []
    of = as_declared(said, asked.occurred, asked.recorded, by, form=said.form, **dict.fromkeys(NOT_SPOKEN))
    return stated(asked, of, declared.lodged, DECLARATION, lambda: goods_lodged(asked, of))


def begun_otherwise(
    asked: Input[Any], start: Start, clearance: Clearance
) -> list[Begins | DeclarationLodged | StatementDiffers]:
    """The same documents, words or act of that time, said to be others' or by another provision: nothing amends that.

    An officer takes what was said at one time for words or for another act, and not for both.
    """
    begun = clearance.begun
    if begun is None or begun.at != start.at or begun.trigger == "declaration":
        return []
    if (begun.trigger in SPOKEN) != (start.trigger in SPOKEN):
        return []
    compared = ("declarant", "principal", "provision")
    names = tuple(name for name in compared if called_otherwise(name, begun, start))
    differing = ("form", *names) if begun.trigger != start.trigger else names
    if not differing:
        return []
    stands = {name: getattr(begun, "trigger" if name == "form" else name) for name in differing}
    differs = StatementDiffers(
        article="29(1)(1)",
        rule="C3",
        statement=type(asked.content).__name__,
        differing=tuple(sorted(differing)),
        stands=tuple((name, str(stands[name])) for name in sorted(stands) if stands[name]),
        stands_by=begun.by,
        stands_since=begun.at,
    )
    return [differs]


def called_otherwise(name: str, begun: Start, start: Start) -> bool:
    one, other = getattr(begun, name), getattr(start, name)
    if one is None and name == "declarant":
        return False  # On record without it.
    return not same_name(one, other)


def goods_lodged(asked: Input[Any], of: Version) -> DeclarationLodged:
    """With what was lodged just as it was written, as far as it was said."""
    said = asked.content
    return DeclarationLodged(
        **{name: getattr(said, name, None) for name in (*ALIKE, *LISTED)},
        consignment=said.consignment,
        lodged=asked.occurred,
        findings=findings(asked, of),
        stated_by=stater(asked.subject),
    )


def version(asked: Input[Declares], form: Form, at: Instant | None = None) -> Version:
    """What is declared by it, from then on."""
    return as_declared(asked.content, at or asked.occurred, asked.recorded, stater(asked.subject), form=form)


def findings(asked: Fact, of: Version) -> tuple[Finding, ...]:
    """On what is declared, whether it is lodged so or comes to stand in the place of what was."""
    missing = missing_proof_of_origin(asked, of.items)
    return (missing,) if missing else ()


@rule()
def goods_are_declared(_: Fact, form: Form, items: tuple[GoodsItem, ...]) -> bool:
    """Art. 29(1)(1) [C3]: words and other acts declare no more than they name; the Art. 40 documents declare nothing.

    Where nothing was declared clearance has begun all the same, and a declaration is still to come.
    """
    match form:
        case "declaration":
            return True
        case "oral" | "other_act":
            return bool(items)
        case "article_40_documents":
            return False
        case _:
            assert_never(form)


@rule()
def missing_proof_of_origin(asked: Fact, items: tuple[GoodsItem, ...]) -> Finding | None:
    """Art. 20(2) [L8]: goods declared without a proof of origin that is due are noted, and are refused for nothing.

    Where none is due its lack is nothing: no act gives goods of that origin a preference, or no origin is declared.
    """
    without = [item for item in items if item.origin_proof == "none"]
    codes = tuple(sorted({item.code for item in without if proof_is_due(asked, item)}))
    return Finding(rule="L8", article="20(2)", facts=(("codes", codes),)) if codes else None


@rule()
def proof_is_due(asked: Fact, item: GoodsItem) -> bool:
    """Art. 19(1) [O13]: a proof of origin comes with the declaration where an act gives goods of it a preference."""
    then = {"occurred": asked.occurred, "recorded": asked.recorded}
    return bool(preferred_by(item.code, origin=item.origin, area=item.area, acts=loaded(), **then))


@opens("LodgeDeclaration")
def still_to_be_declared(
    arrival: Arrival, presentation: Presentation, declared: Declared, measures: Measures
) -> Iterator[OpenPoint]:
    """Of goods that stay aboard, or fly over, nobody has to declare anything; whoever does is heard."""
    wanted = declared.stands is None and not all_have_to_leave(arrival, declared, measures)
    if not wanted or arrival.fact is None or not goods_come_off_here(arrival, presentation):
        return
    if goods_are_in_the_country(arrival.fact, arrival):
        since, place = arrival.fact.occurred, presentation.checkpoint
        yield OpenPoint(act="LodgeDeclaration", who="declarant", article="9", place=place, since=since)


MATTER = Matter(commands=(lodged, spoken), folds=(declares,), open_points=(still_to_be_declared,))
