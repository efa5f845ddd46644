"""Goods as they are declared."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.papers import ContainerNumbers, Money, Packagings
from contracts.values import Country, Day, Description, Mass, NineDigits, Number, OriginProof, Quantity, Regime, Word


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginArea:
    """What stands for the country of origin where a country is too small or too large (Art. 12(3)).

    A `group` or a `customs_union` of countries stands alone; a `region` or a `zone` is a part of the country beside it.
    """

    kind: Literal["group", "customs_union", "region", "zone"]
    name: Word


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document that is named beside goods or a declaration: `kind` is its code or what it is called."""

    kind: Word
    number: Number
    drawn_up: Day | None = None


Documents: TypeAlias = Annotated[tuple[Document, ...], Field(max_length=99)]


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodsItem:
    """Goods as declared; the first item has number 1. `regime` only where it is not that of the declaration.

    `quantity` is in the main unit of the goods, `additional_quantity` in their additional one; `procedure` and
    `previous_procedure` are codes as the declaration has them.
    """

    code: NineDigits
    origin: Country | None = None
    origin_area: OriginArea | None = None
    origin_proof: OriginProof = "none"
    description: Description | None = None
    regime: Regime | None = None
    procedure: Word | None = None
    previous_procedure: Word | None = None
    quantity: Quantity | None = None
    unit: Word | None = None
    additional_quantity: Quantity | None = None
    additional_unit: Word | None = None
    gross_mass: Mass | None = None
    net_mass: Mass | None = None
    value: Money | None = None
    packaging: Packagings | None = None
    documents: Documents | None = None
    containers: ContainerNumbers | None = None

    @property
    def area(self) -> Word | None:
        """The name of what stands for their country of origin."""
        return self.origin_area.name if self.origin_area else None


GoodsItems: TypeAlias = Annotated[tuple[GoodsItem, ...], Field(max_length=999)]
