"""Who takes part in a carriage: companies by name and number, natural persons by a number alone.

What an event holds stays for ever, so there is no field in which a person's name would fit.
"""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field

from contracts.values import Company, Country, Name, Number, in_breaths

Role: TypeAlias = Literal["consignor", "consignee", "notify", "carrier", "agent", "declarant", "principal"]


@dataclass(frozen=True, kw_only=True, slots=True)
class LegalPerson:
    """A company: how it is called, and the number that an office or a trade's list gave it."""

    name: Company | None = None
    number: Number | None = None
    issuer: Name | None = None
    country: Country | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NaturalPerson:
    """A person by the number under which `issuer` keeps him or her; who that is stands with the issuer alone."""

    number: Number
    issuer: Name | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """Who has this role: a company, or a person."""

    role: Role
    company: LegalPerson | None = None
    person: NaturalPerson | None = None


Parties: TypeAlias = Annotated[tuple[Party, ...], Field(max_length=99), AfterValidator(in_breaths)]
Crew: TypeAlias = Annotated[tuple[NaturalPerson, ...], Field(max_length=9_999)]
"""Of the largest ship, too."""
