"""Inputs of any decider, made from the types that it decides, and the same ones of other persons and countries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, partial
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from contracts import elsewhere, goods, names, papers, parties, values, vehicle
from contracts.event import Event
from decider import Aggregate, Due
from law import Finding
from law.rulebook import loaded
from tests.orders.examples import variants

COMPANIES = ("Alma Trade HJ", "Balkan Logistik", "Hazar Logistika")
NAMED = {row.origin for act in loaded() for row in act.measures}
COUNTRIES = tuple(code for code in ("AZ", "CN", "DE", "KZ") if code not in NAMED)
"""Countries that no act on file names: by one that an act names, decisions may differ, through that act."""


def _each(*parts: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    return parts


def _of(company: str, country: str) -> dict[str, Any]:
    return {"name": company, "number": "S-1", "country": country}


POOLS: tuple[tuple[Any, Sequence[Any]], ...] = (
    (values.MovementId, ("M-1", "M-2")),
    (names.MovementName, ("M-1", "M-2")),
    (names.ConsignmentName, ("C-1", "C-2")),
    (values.Text, COMPANIES),
    (values.Name, COMPANIES),
    (values.Country, COUNTRIES),
    (values.KnownCheckpoint, ("FRP-MIX", "ASB-AIR", "MRY-AIR")),
    (values.CheckpointCode, ("FRP-MIX", "ASB-AIR", "MRY-AIR")),
    (values.NineDigits, ("930690100", "300490000", "020230000")),
    (values.GoodsCode, ("930690100", "3004")),
    (values.Number, ("S-1", "S 1", "S2")),
    (values.Description, ("goods", "Товары")),
    (elsewhere.Degrees, ("39.2", "-1")),
    (values.Mass, ("12", "12.5")),
    (values.Volume, ("12", "12.5")),
    (values.Quantity, ("12", "12.5")),
    (values.Price, ("12", "12.50")),
    (values.CurrencyCode, ("USD", "TMT")),
    (values.Day, ("2026-03-02",)),
    (papers.Count, (1,)),
    (papers.Documents, [_each({"kind": "cmr", "number": "S-1", "issuer": each}) for each in COMPANIES]),
    (papers.Packagings, [_each({"count": 12, "kind": "CT"})]),
    (papers.Containers, [_each({"number": "S-1", "packages": 12, "seals": _each({"number": "S2"})})]),
    (papers.Offices, [_each({"role": "entry", "code": "S-1", "name": each}) for each in COMPANIES]),
    (papers.Dangers, [_each({"un_number": "1203", "hazard_class": "3"})]),
    (papers.HandlingCodes, [("PIL",)]),
    (papers.ContainerNumbers, [("S-1",)]),
    (papers.Part, [{"code": "P", "packages_in_all": 12}]),
    (papers.Money, [{"amount": "12.50", "currency": "USD"}]),
    (papers.Location, [{"code": "S-1", "description": each} for each in COMPANIES]),
    (
        parties.Parties,
        [_each({"role": "consignee", "company": _of(*each)}) for each in zip(COMPANIES, COUNTRIES, strict=False)],
    ),
    (parties.Crew, [_each({"number": "S-1", "issuer": each}) for each in COMPANIES]),
    (vehicle.Trailers, [_each({"identity": "S2", "nationality": each}) for each in COUNTRIES]),
    (goods.Documents, [_each({"kind": "CMR", "number": "S-1"})]),
    (vehicle.CallSign, ("EZGD1",)),
    (values.Word, ("one", "two")),
    (values.Packages, (11, 12)),
    (values.ItemNumber, (1, 2)),
    (values.CallNumber, (1, 2)),
    (values.Amount, ("0.00", "10.00")),
    (Finding, [{"rule": "P10", "article": "default:arrival.posts.apart", "layer": "default"}]),
    (values.Instant, ("2026-03-02T07:00:00Z", "2026-03-05T19:00:00Z")),
)
"""What a value of a type is taken from; few of each, so that inputs meet."""


@dataclass(frozen=True)
class Others:
    """Who stands in the place of whom: each has its other, everywhere the same, so that who was one stays one."""

    company: Mapping[str, str]
    country: Mapping[str, str]


@cache
def content(decider: Aggregate[Any], but: frozenset[type] = frozenset()) -> st.SearchStrategy[Any]:
    """Anything that may come to this decider, but for these: commands at a door or told, foreign events, deadlines."""
    taken = (*decider.commands, *decider.HEARS, *(event for event in decider.events if event is Due))
    return st.one_of(*(_content(each) for each in taken if each not in but))


def _content(type_: type) -> st.SearchStrategy[Any]:
    return variants(type_) if type_ is Due or issubclass(type_, Event) else made(type_)


def made(type_: Any) -> st.SearchStrategy[Any]:
    """Values of a type, by what it is made of; streams are called by their ids here."""
    if found := [None] if type_ == names.NamedBy else pool(type_):
        return st.sampled_from(found)
    parts = get_args(type_)
    match get_origin(type_):
        case origin if origin is Annotated:
            return made(parts[0])
        case origin if origin is Literal:
            return st.sampled_from(parts)
        case origin if origin is tuple:
            return st.lists(made(parts[0]), max_size=2, unique_by=repr).map(tuple)
        case None:
            return _plain(type_)
        case _:
            return st.one_of(*map(made, parts))


def pool(type_: Any) -> list[Any]:
    """None among them, where it may be."""
    whole, *rest = get_args(type_) or (None,)
    if rest == [type(None)] and (found := pool(whole)):
        return [None, *found]
    pools = [pool for named, pool in POOLS if named == type_]
    return [TypeAdapter(type_).validate_python(each) for each in pools[0]] if pools else []


def _plain(type_: Any) -> st.SearchStrategy[Any]:
    whole: Any = type_
    if is_dataclass(type_):
        found = {name: made(hint) for name, hint in hints(whole).items()}
        return st.fixed_dictionaries(found).flatmap(partial(_lawful, type_))
    plain: dict[Any, st.SearchStrategy[Any]] = {bool: st.booleans(), type(None): st.none()}
    assert type_ in plain, f"no values of {type_} can be made: give it a pool"
    return plain[type_]


def _lawful(type_: Any, found: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Nothing where the command itself says that these do not go together."""
    try:
        return st.just(type_(**found))
    except ValueError:
        return st.nothing()


def of_others(value: Any, others: Others, hint: Any = None) -> Any:
    """The same, of other persons and other countries."""
    if hint in (values.Text, values.Name):
        return others.company.get(value, value)
    if hint == values.Country:
        return others.country.get(value, value)
    if isinstance(value, tuple):
        (inner, *_) = get_args(bare(hint)) or (None,)
        return tuple(of_others(each, others, inner) for each in value)
    if not is_dataclass(value) and not isinstance(value, BaseModel):
        return value
    whole: Any = type(value)
    changed = {name: of_others(getattr(value, name), others, bare(each)) for name, each in hints(whole).items()}
    return value.model_copy(update=changed) if isinstance(value, BaseModel) else replace(value, **changed)  # type: ignore[type-var]


def bare(hint: Any) -> Any:
    """Without `| None`, and of a bounded tuple the tuple; a named text stays what it is."""
    if get_origin(hint) is Annotated:
        return get_args(hint)[0] if get_origin(get_args(hint)[0]) is tuple else hint
    found = [each for each in get_args(hint) if each is not type(None)]
    return hint if get_origin(hint) in (tuple, Literal) or len(found) != 1 else bare(found[0])


@cache
def hints(type_: Any) -> dict[str, Any]:
    names = {each.name for each in fields(type_)} if is_dataclass(type_) else {*type_.model_fields}
    return {name: hint for name, hint in get_type_hints(type_, include_extras=True).items() if name in names}
