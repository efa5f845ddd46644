"""What commands say of a lorry at Farap and its goods, as JSON objects. `more` adds fields, or states them otherwise.

When it happened (`occurred`) and the key are the sender's.
"""

from collections.abc import Iterable, Sequence
from typing import Any

FARAP = "FRP-MIX"
DOMESTIC, TEMPORARY = "release for domestic use", "temporary import"
"""Regimes: the second one runs for a term."""
SEAL, PACKAGES = "S1", 12
LORRY = {"kind": "registration_plate", "identity": "01-AG-1234"}
CAR = {"code": "870323000", "origin": "KR"}
WASTE = {"code": "391530000", "origin": "KZ"}
"""Goods that the sample act forbids to import."""
DUTY, EXCISE, DUE = "120.50", "30.00", "150.50"
REFERENCE_LENGTH = 64

Command = dict[str, Any]


def notice(movement: str, consignments: Iterable[str], **more: Any) -> Command:
    return {
        "movement": movement, "checkpoint": FARAP, "mode": "road", "expected": "2026-03-02T08:00:00Z",
        "vehicle": LORRY, "carrier": "Hazar Logistika", "journey": [{"place": FARAP}, {"place": "ASB-AIR"}],
        "consignments": list(consignments), **more,
    }  # fmt: skip


def papers(consignments: Iterable[str], goods: Sequence[Command] = (CAR,)) -> list[Command]:
    """Of each consignment alike."""
    return [{"consignment": each, "packages": PACKAGES, "goods": list(goods)} for each in consignments]


def crossing(movement: str, papers: Sequence[Command], **more: Any) -> Command:
    return {"movement": movement, "direction": "in", "mode": "road", "place": FARAP, "papers": list(papers), **more}


def arrival(movement: str, **more: Any) -> Command:
    return {"movement": movement, "checkpoint": FARAP, **more}


def vehicle(movement: str, **more: Any) -> Command:
    """The vehicle is shown as it crossed."""
    return {"movement": movement, "checkpoint": FARAP, "seals_found_intact": [SEAL], **more}


def goods(consignment: str, **more: Any) -> Command:
    """All of the goods are shown."""
    return {"consignment": consignment, "checkpoint": FARAP, "packages_found": PACKAGES, **more}


def declaration(consignment: str, **more: Any) -> Command:
    return {
        "consignment": consignment, "declarant": "Hazar Logistika", "form": "declaration", "regime": DOMESTIC,
        "items": [item()], "payments": [{"kind": "duty", "amount": DUTY}, {"kind": "excise", "amount": EXCISE}], **more,
    }  # fmt: skip


def item(**more: Any) -> Command:
    """A line of a declaration."""
    return {**CAR, "origin_proof": "certificate", **more}


def acceptance(consignment: str, **more: Any) -> Command:
    """Customs accepts the declaration."""
    return {"consignment": consignment, **more}


def payment(consignment: str, **more: Any) -> Command:
    """All that the declaration says is due."""
    return {"consignment": consignment, "amount": DUE, "reference": f"P-{consignment}"[:REFERENCE_LENGTH], **more}


def release(consignment: str, **more: Any) -> Command:
    return {"consignment": consignment, "regime": DOMESTIC, **more}
