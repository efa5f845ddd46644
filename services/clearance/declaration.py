"""What begins clearance, and the declaration of goods (Arts 29(1)(1), 31(1), 20(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from clearance.goods import Declared
from clearance.measures import all_have_to_leave
from clearance.upstream import Arrival, Presentation, goods_are_in_the_country
from contracts.clearance import ClearanceStarted, DeclarationAccepted
from contracts.goods import Documents, GoodsItem, GoodsItems
from contracts.measures import Measures
from contracts.parties import Parties
from contracts.values import Company, ConsignmentId, Country, Form, Number, Payments, Regime, Word
from decider import Input, Matter, OpenPoint, opens
from law import Finding
from law.rule import Fact, rule


@dataclass(frozen=True, kw_only=True)
class LodgeDeclaration:
    """The declarant, or a broker for its principal, sets clearance going, and declares the goods (Art. 29(1)(1)).

    `reference` is the sender's own number of it (LRN), `previous_documents` name what it follows, such as a manifest.
    """

    consignment: ConsignmentId
    declarant: Company
    principal: Company | None = None
    form: Form
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
class Clearance:
    """Whether it has begun."""

    begun: bool = False


def lodged(
    asked: Input[LodgeDeclaration], clearance: Clearance, declared: Declared
) -> list[ClearanceStarted | DeclarationAccepted]:
    said, id_ = asked.content, asked.content.consignment
    found: list[ClearanceStarted | DeclarationAccepted] = []
    if not clearance.begun:
        found.append(clearance_begins(id_, said.form))
    if not declares(asked, declared):
        return found
    missing = missing_proof_of_origin(asked, said.items)
    accepted = DeclarationAccepted(
        consignment=id_,
        declarant=said.declarant,
        principal=said.principal,
        form=said.form,
        declaration_type=said.declaration_type,
        office=said.office,
        reference=said.reference,
        previous_documents=said.previous_documents,
        dispatched_from=said.dispatched_from,
        destined_for=said.destined_for,
        parties=said.parties,
        items=said.items,
        regime=said.regime,
        accepted=asked.occurred,
        findings=(missing,) if missing else (),
    )
    return [*found, accepted]


def declares(asked: Input[LodgeDeclaration], declared: Declared) -> bool:
    """Goods are declared once; to amend a declaration is another act."""
    return declared.accepted is None and goods_are_declared(asked, asked.content.form, asked.content.items)


@rule()
def clearance_begins(consignment: ConsignmentId, form: Form) -> ClearanceStarted:
    """Art. 29(1)(1) [C3]: clearance begins with the declaration or the Art. 40 documents, or with words or other acts.

    The cases in which words or acts will do are in chapters outside the source: what was lodged is taken as it is.
    """
    return ClearanceStarted(consignment=consignment, trigger=form)


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
def missing_proof_of_origin(_: Fact, items: tuple[GoodsItem, ...]) -> Finding | None:
    """Art. 20(2) [L8]: goods declared without a proof of origin are noted, and that is no reason to refuse them.

    Whether a proof was due at all (Art. 19(1)) is not judged here.
    """
    codes = tuple(sorted({item.code for item in items if item.origin_proof == "none"}))
    return Finding(rule="L8", article="20(2)", facts=(("codes", codes),)) if codes else None


def begun(_: Clearance, event: ClearanceStarted) -> Clearance:
    return Clearance(begun=True)


@opens("LodgeDeclaration")
def still_to_be_declared(
    arrival: Arrival, presentation: Presentation, declared: Declared, measures: Measures
) -> Iterator[OpenPoint]:
    wanted = declared.accepted is None and not all_have_to_leave(arrival, declared, measures)
    if wanted and arrival.fact and goods_are_in_the_country(arrival.fact, arrival):
        yield OpenPoint(act="LodgeDeclaration", who="declarant", article="9", place=presentation.checkpoint)


MATTER = Matter(commands=(lodged,), folds=(begun,), open_points=(still_to_be_declared,))
