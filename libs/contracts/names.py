"""Names of the trade, by which commands name movements and consignments: an identifier, or the sender's own reference.

What a journey or a transport document is numbered founds a stream, and the stream's id is a pure function of kind,
issuer and folded number: so whoever names one bill meets in one stream, and nothing is looked up to find it. The issuer
is whoever numbered the paper, never whoever speaks; only where nobody says who that is, the sender stands in its place,
in the very letters in which he signs in.
What comes again (a plate, a wagon, a ship, a container) founds nothing, so a lorry's second trip is a second movement.

The function never changes: where it proves too narrow, a kind is added beside it.
"""

import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema, ErrorDetails

from contracts.papers import ShippingPapers
from contracts.spelling import folded
from contracts.values import CONSIGNMENTS_MAX, ConsignmentId, Day, KnownJourney, MovementId, Name, Number, StreamId

OfAJourney: TypeAlias = Literal["voyage", "flight", "train", "tir_carnet"]
OfADocument: TypeAlias = Literal[
    "bill_of_lading", "house_bill_of_lading", "sea_waybill", "air_waybill", "house_air_waybill", "cmr", "cim", "smgs",
    "cim_smgs", "tir_carnet", "mrn",
]  # fmt: skip
IdentifierKind: TypeAlias = OfAJourney | OfADocument | Literal["reference"]
DATED = ("voyage", "flight", "train")
"""Their numbers come again, so a day belongs to them."""
SAYS_ITS_ISSUER = ("air_waybill", "mrn", "tir_carnet")
"""Numbers that begin with whoever gave them, or that one office gives for all: an issuer beside them adds nothing."""
FOUNDING = frozenset(OfADocument.__args__)  # type: ignore[attr-defined]

WORDS = {
    "missing": "is missing",
    "unexpected_keyword_argument": "does not belong to such a name",
    "literal_error": "is to be {expected}",
    "dataclass_type": "is to be an object",
    "date_from_datetime_parsing": "is to be a day, such as 2026-01-31",
}
ID_LENGTH, HASH_LENGTH = 64, 26
_READABLE = re.compile(r"[A-Za-z0-9_-]+", re.A)
C = TypeVar("C")


@dataclass(frozen=True, kw_only=True, slots=True)
class Identifier:
    """What a stream is called: a number as it is written, of which kind, and whose.

    `parent` is the number of the document that it stands under, such as the master of a house bill. `day` is that of
    the timetable by which a voyage, a flight or a train sets out. A `reference` is its sender's own, who is its issuer.
    """

    kind: IdentifierKind
    number: Number
    issuer: Name | None = None
    parent: Number | None = None
    day: Day | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class JourneyNumber:
    """The number of a voyage, flight or train with its carrier and its day, or of a TIR carnet."""

    kind: OfAJourney
    number: Number
    issuer: Name | None = None
    day: Day | None = None

    def __post_init__(self) -> None:
        if self.kind in DATED and self.day is None:
            raise ValueError(f"a {self.kind} has the same number again on other days: send its `day`, too")


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentNumber:
    """The number of a transport document, and who gave it; `parent` is that of the document that it stands under."""

    kind: OfADocument
    number: Number
    issuer: Name | None = None
    parent: Number | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """The sender's own number: another sender's is another one."""

    reference: Number


_READS: Mapping[str, TypeAdapter[Any]] = {
    "movement": TypeAdapter(JourneyNumber),
    "consignment": TypeAdapter(DocumentNumber),
}
_REFERENCE = TypeAdapter(Reference)


def stream_id(of: Identifier, sender: str = "") -> str:
    """The id of the stream that this identifier names, as `sender` says it.

    It can be read, where its parts are short and plain; otherwise it is a hash of them.
    """
    day = (of.day.strftime("%Y%m%d"),) if of.day and of.kind in DATED else ()
    parts = (*_issuer(of, sender), folded(of.number), *day)
    readable = ".".join((of.kind, *parts))
    if len(readable) <= ID_LENGTH and all(map(_READABLE.fullmatch, parts)):
        return readable
    digest = sha256("\0".join((of.kind, *parts)).encode()).digest()
    return f"{of.kind}-{b32encode(digest).decode()[:HASH_LENGTH].lower()}"


def _issuer(of: Identifier, sender: str) -> tuple[str, ...]:
    """Whoever gave the number: as papers write him, and a sender as he signs in, for no two who do are one."""
    if of.kind in SAYS_ITS_ISSUER:
        return ()
    if of.issuer is None or of.kind == "reference":
        return (of.issuer or sender,)
    return (folded(of.issuer),)


def _sender(info: ValidationInfo) -> str | None:
    """Whoever sends the document that is read; None where none is: what stands on record is read again."""
    return info.context.get("sender") if isinstance(info.context, Mapping) else None


def _keeper(info: ValidationInfo) -> str | None:
    """Whose own references the sender's are; the sender's itself, unless it is said."""
    return info.context.get("keeper", _sender(info)) if isinstance(info.context, Mapping) else None


def _identifier(kind: str, said: Mapping[str, Any], info: ValidationInfo) -> Identifier:
    """Raises ValueError with all that is wrong with it."""
    try:
        if "reference" in said:
            own = _REFERENCE.validate_python(said, extra="forbid")
            return Identifier(kind="reference", number=own.reference, issuer=_keeper(info))
        read = _READS[kind].validate_python(said, extra="forbid")
    except ValidationError as error:
        raise ValueError("; ".join(map(_in_words, error.errors(include_url=False)))) from None
    return Identifier(
        kind=read.kind,
        number=read.number,
        issuer=read.issuer,
        parent=getattr(read, "parent", None),
        day=getattr(read, "day", None),
    )


def _in_words(wrong: ErrorDetails) -> str:
    """Of a field within a name: what is wrong with it."""
    said = WORDS.get(wrong["type"], wrong["msg"].removeprefix("Value error, ")).format_map(wrong.get("ctx", {}))
    return " ".join([*(f"`{each}`" for each in wrong["loc"]), said])


def _named(kind: str, name: Any, info: ValidationInfo) -> Any:
    """The id of a stream for whatever names it, which is remembered beside the document."""
    sender = _sender(info)
    if sender is None or not isinstance(name, Mapping):
        return name
    identifier = _identifier(kind, name, info)
    id_ = stream_id(identifier, sender)
    if isinstance(info.context, dict):
        info.context.setdefault("named", {})[info.field_name, id_] = identifier
    return id_


def _movement(name: Any, info: ValidationInfo) -> Any:
    return _named("movement", name, info)


def _consignment(name: Any, info: ValidationInfo) -> Any:
    return _named("consignment", name, info)


def _consignments(names: Any, info: ValidationInfo) -> Any:
    return [_consignment(each, info) for each in names] if isinstance(names, list | tuple) else names


def _calls(calls: Any, info: ValidationInfo) -> Any:
    """The calls of a journey, with the goods that each unloads by their ids."""
    if not isinstance(calls, list | tuple):
        return calls
    return [_call(each, info) if isinstance(each, dict) and "unloads" in each else each for each in calls]


def _call(call: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
    return call | {"unloads": _consignments(call["unloads"], info)}


def _papers(papers: Any, info: ValidationInfo) -> Any:
    """Each with the id of its consignment, and with the number that names it among its documents.

    Those of goods that the command names by a number alone hold that number.
    """
    sender = _sender(info)
    if not isinstance(papers, list | tuple) or sender is None:
        return papers
    found = [_of_one(each, info) if isinstance(each, dict) else each for each in papers]
    ids = (each.get("consignment") for each in found if isinstance(each, dict))
    there = {id_ for id_ in ids if isinstance(id_, str)}
    named = info.context.get("named", {}) if isinstance(info.context, dict) else {}
    others = {id_: of for (_, id_), of in named.items() if of.kind in FOUNDING and id_ not in there}
    alone = [{"consignment": id_, "documents": [_document(of)]} for id_, of in others.items() if _is_goods(of, named)]
    return [*found, *alone]


def _is_goods(of: Identifier, named: Mapping[tuple[str, str], Identifier]) -> bool:
    """A carnet may be the number of a journey: that of the stream itself is none of goods."""
    return not any(field in ("movement", "carried_by") and each is of for (field, _), each in named.items())


def _of_one(papers: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
    documents = papers.get("documents") or []
    name = papers.get("consignment")
    if name is None:
        name = _naming(documents)
    if not isinstance(name, Mapping):
        return papers
    identifier = _identifier("consignment", name, info)
    id_ = stream_id(identifier, _sender(info) or "")
    listed = isinstance(documents, list | tuple) and any(_names(each, identifier) for each in documents)
    mine = [] if listed or identifier.kind == "reference" else [_document(identifier)]
    return {**papers, "consignment": id_, **({"documents": [*mine, *documents]} if mine else {})}


def _naming(documents: Any) -> Mapping[str, Any] | None:
    """Of the documents of one consignment that which is under no other here; None where there is none.

    Raises ValueError where several could be.
    """
    if not isinstance(documents, list | tuple):
        return None
    founding = [each for each in documents if isinstance(each, dict) and str(each.get("kind")) in FOUNDING]
    above = {str(each.get("parent")) for each in founding}
    names = [each for each in founding if str(each.get("number")) not in above]
    if len(names) > 1:
        numbers = ", ".join(str(each.get("number")) for each in names)
        raise ValueError(f"these papers have several numbers ({numbers}): say in `consignment` which one is its name")
    return {k: v for k, v in names[0].items() if k in ("kind", "number", "issuer", "parent")} if names else None


def _document(of: Identifier) -> dict[str, Any]:
    said = {"kind": of.kind, "number": of.number, "issuer": of.issuer, "parent": of.parent}
    return {name: value for name, value in said.items() if value is not None}


def _names(document: Any, of: Identifier) -> bool:
    if not isinstance(document, dict) or document.get("kind") != of.kind:
        return False
    return folded(str(document.get("number", ""))) == folded(of.number)


def _as_named(named: Any, info: ValidationInfo) -> Any:
    """What the stream of the command was named by; None where by its id."""
    if _sender(info) is None:
        return named
    if named is not None:
        raise ValueError("is not sent: say in `movement` or `consignment` what it is called")
    found = info.context.get("named", {}) if isinstance(info.context, Mapping) else {}
    return next((of for (field, _), of in found.items() if field in ("movement", "consignment")), None)


def _schema(adapter: TypeAdapter[Any]) -> JsonSchemaValue:
    return {name: value for name, value in adapter.json_schema().items() if name != "$defs"} | {
        "additionalProperties": False
    }


BY_ID: JsonSchemaValue = TypeAdapter(StreamId).json_schema()


def _any_name(kind: str, what: str) -> JsonSchemaValue:
    return {
        "description": f"{what}, by our id where it is known here, by a number, or by the sender's own reference.",
        "anyOf": [BY_ID, _schema(_READS[kind]), _schema(_REFERENCE)],
    }


A_MOVEMENT, A_CONSIGNMENT = _any_name("movement", "A movement"), _any_name("consignment", "A consignment")

MovementName: TypeAlias = Annotated[MovementId, BeforeValidator(_movement), WithJsonSchema(A_MOVEMENT)]
"""For commands, at doors; kept by its id."""
ConsignmentName: TypeAlias = Annotated[ConsignmentId, BeforeValidator(_consignment), WithJsonSchema(A_CONSIGNMENT)]
ConsignmentNames: TypeAlias = Annotated[
    tuple[ConsignmentId, ...],
    Field(max_length=CONSIGNMENTS_MAX),
    BeforeValidator(_consignments),
    WithJsonSchema({"type": "array", "items": A_CONSIGNMENT, "maxItems": CONSIGNMENTS_MAX}),
]
NamedBy: TypeAlias = Annotated[
    SkipJsonSchema[Identifier | None], BeforeValidator(_as_named), Field(validate_default=True)
]
"""Behind the name of a command's stream: what that was named by, as it was written."""


class _OfNamedGoods:
    """The schema of calls whose goods are named, or of papers that name theirs by their documents."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        listed = handler(schema)
        one = handler.resolve_ref_schema(listed["items"])
        known = one["properties"]
        if "unloads" in known:
            unloads = {"unloads": known["unloads"] | {"items": A_CONSIGNMENT}}
            return listed | {"items": one | {"properties": known | unloads}}
        required = {"required": [each for each in one["required"] if each != "consignment"]}
        named = one | {"properties": known | {"consignment": A_CONSIGNMENT}} | required
        return listed | {"items": named if named["required"] else {k: v for k, v in named.items() if k != "required"}}


NamedJourney: TypeAlias = Annotated[KnownJourney, BeforeValidator(_calls), _OfNamedGoods()]
NamedPapers: TypeAlias = Annotated[
    ShippingPapers, BeforeValidator(_papers), Field(validate_default=True), _OfNamedGoods()
]


def as_kept(schema: Any) -> Any:
    """The schema of a command as it stands on record: whatever it names is there by its id, and beside the name of its
    stream what that was named by."""
    if isinstance(schema, list):
        return [as_kept(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("anyOf") in (A_MOVEMENT["anyOf"], A_CONSIGNMENT["anyOf"]):
        return {**{name: value for name, value in schema.items() if name not in ("anyOf", "description")}, **BY_ID}
    kept = {name: as_kept(each) for name, each in schema.items()}
    required = [name for name in schema.get("properties", {}) if name in schema.get("required", ())]
    main = next((name for name in ("movement", "consignment") if name in required), None)
    if main and schema["properties"][main].get("anyOf"):
        kept["properties"] |= {"named": _schema(TypeAdapter(Identifier))}
    return kept


@dataclass(frozen=True, kw_only=True)
class OfMovement:
    """A command on a movement."""

    movement: MovementName
    named: NamedBy = None


@dataclass(frozen=True, kw_only=True)
class OfConsignment:
    """A command on a consignment."""

    consignment: ConsignmentName
    named: NamedBy = None
