"""The shipping papers of a consignment, as they travel: before the crossing they inform, at the crossing they count.

What nobody stated is None, in a list too, and then nothing is written of it: most lines of most papers are short.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, Field, StringConstraints

from contracts import called
from contracts.parties import Parties
from contracts.seals import Seals, in_one_spelling
from contracts.spelling import folded, in_short
from contracts.values import (
    CONSIGNMENTS_MAX,
    ConsignmentId,
    Country,
    CurrencyCode,
    Day,
    Description,
    GoodsCode,
    InWords,
    Mass,
    Name,
    Number,
    Packages,
    Price,
    Volume,
    Word,
    in_breaths,
)
from decider import in_order, replace

DocumentKind: TypeAlias = Literal[
    "bill_of_lading", "house_bill_of_lading", "sea_waybill", "air_waybill", "house_air_waybill", "cmr", "cim", "smgs",
    "cim_smgs", "tir_carnet", "mrn", "lrn", "manifest", "booking", "other",
]  # fmt: skip
"""`mrn` is the number of a transit or TIR declaration where it was accepted, `lrn` that of its declarant."""
Purpose: TypeAlias = Literal["import", "export", "transit", "transhipment", "stays_aboard"]
"""What the goods are brought for, as their papers say; in a manifest, the nature of the bill."""
Filling: TypeAlias = Literal["full", "part", "empty"]
OfficeRole: TypeAlias = Literal["departure", "transit", "entry", "exit", "destination"]
PackageKind: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z0-9]{2}$"),
    InWords("is to be a kind of package by its code of UN/ECE Recommendation 21, such as CT"),
]
SizeType: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z0-9]{3,4}$"),
    InWords("is to be size and type by their code, such as 45G1 of a container or PMC of a pallet for aircraft"),
]
UnNumber: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}$"), InWords("is to be a UN number of four digits, such as 1203")
]
HazardClass: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9](\.[1-9][A-Z]?)?$"),
    InWords("is to be a class of dangerous goods, such as 3 or 6.1"),
]
HandlingCode: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    InWords("is to be a code of special handling of three capital letters, such as PIL"),
]
SplitCode: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[A-Z]$"), InWords("is to be one capital letter, such as P for a part")
]


@dataclass(frozen=True, kw_only=True, slots=True)
class TransportDocument:
    """`issuer` is whoever gave it its number; `parent` is the number of the document that it stands under."""

    kind: DocumentKind
    number: Number
    issuer: Name | None = None
    parent: Number | None = None
    drawn_up: Day | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Packaging:
    """So many packages of a kind, and what is written on them."""

    count: Packages | None = None
    kind: PackageKind | None = None
    marks: Description | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Container:
    """A container or a unit of an aircraft's load, with what of the consignment is in it.

    `gross_mass` is of the goods with their packing, `tare_mass` of the empty container; `packed_mass` is of both
    together as it was weighed (VGM). `operator` is whose it is, where its number alone does not say so.
    """

    number: Number
    size_type: SizeType | None = None
    operator: Number | None = None
    filling: Filling | None = None
    seals: Seals | None = None
    packages: Packages | None = None
    gross_mass: Mass | None = None
    tare_mass: Mass | None = None
    packed_mass: Mass | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What of a consignment is here, where the rest travels otherwise.

    The packages of the papers are those of this part; `code` is the carrier's, such as P.
    """

    code: SplitCode | None = None
    packages_in_all: Packages | None = None
    gross_mass_in_all: Mass | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Money:
    """As others owe it to each other, with the digits that were written."""

    amount: Price
    currency: CurrencyCode


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """Where goods lie: a code, of which list, and in words."""

    code: Number | None = None
    code_list: Word | None = None
    description: Name | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomsOffice:
    """An office that the papers name for a transit, in whichever country."""

    role: OfficeRole
    code: Number
    name: Name | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DangerousGoods:
    """By UN number and class."""

    un_number: UnNumber
    hazard_class: HazardClass | None = None


Documents: TypeAlias = Annotated[tuple[TransportDocument, ...], Field(max_length=99), AfterValidator(in_breaths)]
Packagings: TypeAlias = Annotated[tuple[Packaging, ...], Field(max_length=99)]
Containers: TypeAlias = Annotated[tuple[Container, ...], Field(max_length=999), AfterValidator(in_breaths)]
ContainerNumbers: TypeAlias = Annotated[tuple[Number, ...], Field(max_length=999)]
HandlingCodes: TypeAlias = Annotated[tuple[HandlingCode, ...], Field(max_length=9)]
Dangers: TypeAlias = Annotated[tuple[DangerousGoods, ...], Field(max_length=99)]
Offices: TypeAlias = Annotated[tuple[CustomsOffice, ...], Field(max_length=99)]


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodsLine:
    """Goods as the papers that travel with them name them; `code` as far as the papers say it.

    `freight_code` is of a carrier's own list, such as that of railways, and nothing follows from it.
    """

    code: GoodsCode | None = None
    origin: Country | None = None
    description: Description | None = None
    freight_code: Word | None = None
    gross_mass: Mass | None = None
    net_mass: Mass | None = None
    volume: Volume | None = None
    packaging: Packagings | None = None
    dangerous: Dangers | None = None
    handling: HandlingCodes | None = None
    containers: ContainerNumbers | None = None


GoodsLines: TypeAlias = Annotated[tuple[GoodsLine, ...], Field(max_length=999), AfterValidator(in_breaths)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """The shipping papers of one consignment; `packages` are all of them that travel here."""

    consignment: ConsignmentId
    documents: Documents | None = None
    purpose: Purpose | None = None
    packages: Packages | None = None
    packaging: Packagings | None = None
    gross_mass: Mass | None = None
    net_mass: Mass | None = None
    volume: Volume | None = None
    part: Part | None = None
    containers: Containers | None = None
    parties: Parties | None = None
    place_of_loading: Word | None = None
    place_of_unloading: Word | None = None
    dispatched_from: Country | None = None
    destined_for: Country | None = None
    offices: Offices | None = None
    value: Money | None = None
    freight: Money | None = None
    insurance: Money | None = None
    handling: HandlingCodes | None = None
    location: Location | None = None
    goods: GoodsLines = ()


def _each_once(papers: tuple[Papers, ...]) -> tuple[Papers, ...]:
    times = Counter(each.consignment for each in papers)
    if twice := sorted(name for name, count in times.items() if count > 1):
        raise ValueError(f"the papers of a consignment are stated once, these more often: {', '.join(twice)}")
    return papers


ShippingPapers: TypeAlias = Annotated[
    tuple[Papers, ...], Field(max_length=CONSIGNMENTS_MAX), AfterValidator(_each_once)
]
Count: TypeAlias = Annotated[int, Field(ge=0, le=10_000_000)]


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlTotals:
    """What a manifest says that it holds in all, as it says it."""

    consignments: Count | None = None
    packages: Packages | None = None
    containers: Count | None = None
    gross_mass: Mass | None = None


T = TypeVar("T")


def as_meant(papers: Papers) -> Papers:
    """As papers are compared: the order of what they list says nothing, and neither does how a number is spelt or how
    many noughts stand behind what is measured."""
    papers = called.in_one_spelling(papers)
    return _with(
        papers,
        documents=documents_as_meant(papers.documents),
        packaging=_in_order(papers.packaging),
        **_measures(papers, "gross_mass", "net_mass", "volume"),
        part=_with(papers.part, **_measures(papers.part, "gross_mass_in_all")) if papers.part else None,
        containers=_in_order([_container(each) for each in papers.containers]) if papers.containers else None,
        parties=_in_order(papers.parties),
        offices=_in_order(papers.offices),
        value=money_as_meant(papers.value),
        freight=money_as_meant(papers.freight),
        insurance=money_as_meant(papers.insurance),
        handling=_in_order(papers.handling),
        goods=_in_order([_line(each) for each in papers.goods]) or (),
    )


def documents_as_meant(documents: Documents | None) -> tuple[TransportDocument, ...] | None:
    return _in_order([_document(each) for each in documents]) if documents else None


def money_as_meant(money: Money | None) -> Money | None:
    return _with(money, **_measures(money, "amount")) if money else None


def totals_as_meant(totals: ControlTotals | None) -> ControlTotals | None:
    return _with(totals, **_measures(totals, "gross_mass")) if totals else None


def _document(document: TransportDocument) -> TransportDocument:
    names = ("number", "issuer", "parent")
    return _with(document, **{name: folded(said) for name in names if (said := getattr(document, name))})


def _container(container: Container) -> Container:
    return _with(
        container,
        number=folded(container.number),
        seals=in_one_spelling(container.seals) if container.seals else None,
        **_measures(container, "gross_mass", "tare_mass", "packed_mass"),
    )


def _line(line: GoodsLine) -> GoodsLine:
    return _with(
        line,
        **_measures(line, "gross_mass", "net_mass", "volume"),
        packaging=_in_order(line.packaging),
        dangerous=_in_order(line.dangerous),
        handling=_in_order(line.handling),
        containers=_in_order([*map(folded, line.containers)]) if line.containers else None,
    )


def _measures(said: Any, *names: str) -> dict[str, str]:
    return {name: in_short(measured) for name in names if (measured := getattr(said, name))}


def _with(said: T, **meant: Any) -> T:
    """The same itself, where it is said already as it is meant: of most papers, which are short."""
    changed = {name: value for name, value in meant.items() if value != getattr(said, name)}
    return replace(said, **changed) if changed else said  # type: ignore[type-var]


def _in_order(several: Sequence[T] | None) -> tuple[T, ...] | None:
    """None of an empty list, which says no more."""
    return in_order(several) if several else None
