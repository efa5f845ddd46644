"""What commands say of a lorry at Farap and its goods, as JSON objects. `more` adds fields, or states them otherwise.

When it happened (`occurred`) and the key are the sender's.
"""

from collections.abc import Iterable, Sequence
from typing import Any

FARAP = "FRP-MIX"
DOMESTIC, TEMPORARY = "release for domestic use", "temporary import"
"""Regimes: the second one runs for a term."""
SEAL, PACKAGES, MASS = "S1", 12, "1450.5"
LORRY = {"kind": "registration_plate", "identity": "01-AG-1234"}
CAR = {"code": "870323000", "origin": "KR"}
WASTE = {"code": "391530000", "origin": "KZ"}
"""Goods that the sample act forbids to import."""
DUTY, EXCISE, DUE = "120.50", "30.00", "150.50"
REFERENCE_LENGTH = 64

Command = dict[str, Any]
CARNET, NOTE = "tir_carnet.", "cmr.HZ."
"""How the ids begin of a movement that a TIR carnet names, and of a consignment that a consignment note names."""


def carnet(number: str) -> str:
    """The id of the movement under a TIR carnet of this number: letters, digits, underscores and hyphens."""
    return CARNET + number.upper().replace("-", "")


def note(number: str) -> str:
    """The id of the consignment under a consignment note of this number, of the carrier HZ."""
    return NOTE + number.upper().replace("-", "")


def named(id_: Any) -> Any:
    """What a command calls a stream with this id, if it may be the first: the number that founds it, where one does."""
    if isinstance(id_, str) and id_.startswith(CARNET):
        return {"kind": "tir_carnet", "number": id_.removeprefix(CARNET)}
    if isinstance(id_, str) and id_.startswith(NOTE):
        return {"kind": "cmr", "issuer": "HZ", "number": id_.removeprefix(NOTE)}
    return id_


def called(command: Command) -> Command:
    """The command, with its stream by what names it."""
    return command | {kind: named(command[kind]) for kind in ("movement", "consignment") if kind in command}


def stream_of(kind: str, command: Command) -> str:
    """The id of the movement or the consignment that a command is on."""
    name = command[kind]
    if isinstance(name, str):
        return name
    return (carnet if name["kind"] == "tir_carnet" else note)(name["number"])


def notice(movement: str, consignments: Iterable[str], **more: Any) -> Command:
    return {
        "movement": named(movement), "checkpoint": FARAP, "mode": "road", "expected": "2026-03-02T08:00:00Z",
        "vehicle": LORRY, "carrier": "Hazar Logistika", "journey": [{"place": FARAP}, {"place": "ASB-AIR"}],
        "consignments": list(consignments), **more,
    }  # fmt: skip


def announced(consignments: Iterable[str]) -> list[Command]:
    """Of each consignment what a carrier's list of its consignment notes says."""
    return [
        {
            "consignment": named(each),
            "packages": PACKAGES,
            "packaging": [{"count": PACKAGES, "kind": "CT"}],
            "gross_mass": MASS,
        }
        for each in consignments
    ]


def papers(consignments: Iterable[str], goods: Sequence[Command] = (CAR,)) -> list[Command]:
    """Of each consignment alike."""
    return [{"consignment": each, "packages": PACKAGES, "goods": list(goods)} for each in consignments]


def crossing(movement: str, papers: Sequence[Command], **more: Any) -> Command:
    return {
        "movement": named(movement),
        "direction": "in",
        "mode": "road",
        "place": FARAP,
        "papers": list(papers),
        **more,
    }


def arrival(movement: str, **more: Any) -> Command:
    return {"movement": named(movement), "checkpoint": FARAP, **more}


def vehicle(movement: str, **more: Any) -> Command:
    """The vehicle is shown as it crossed."""
    return {"movement": named(movement), "checkpoint": FARAP, "seals_found_intact": [SEAL], **more}


def goods(consignment: str, **more: Any) -> Command:
    """All of the goods are shown."""
    return {"consignment": named(consignment), "checkpoint": FARAP, "packages_found": PACKAGES, **more}


def declaration(consignment: str, **more: Any) -> Command:
    return {
        "consignment": named(consignment), "declarant": "Hazar Logistika", "form": "declaration", "regime": DOMESTIC,
        "items": [item()], "payments": [{"kind": "duty", "amount": DUTY}, {"kind": "excise", "amount": EXCISE}], **more,
    }  # fmt: skip


def item(**more: Any) -> Command:
    """A line of a declaration."""
    return {**CAR, "origin_proof": "certificate", **more}


def acceptance(consignment: str, **more: Any) -> Command:
    """Customs accepts the declaration."""
    return {"consignment": named(consignment), **more}


def payment(consignment: str, **more: Any) -> Command:
    """All that the declaration says is due."""
    return {
        "consignment": named(consignment),
        "amount": DUE,
        "reference": f"P-{consignment}"[:REFERENCE_LENGTH],
        **more,
    }


def release(consignment: str, **more: Any) -> Command:
    return {"consignment": named(consignment), "regime": DOMESTIC, **more}
