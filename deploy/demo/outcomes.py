"""What came of the day, as the services recorded it, and compared with what the script says must come."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from deploy.demo.day import Day
from deploy.demo.lives import Life
from deploy.demo.script import Goods, Movement, Script
from deploy.demo.tally import Tally

BELONG_TO_THE_CODE = ("code", "treaty")


@dataclass(frozen=True)
class Found:
    """What the services recorded of one movement or consignment: its events, and which acts were tried on it.

    Of a consignment, `vehicle` is the movement that it came with.
    """

    events: tuple[Mapping[str, Any], ...]
    heard: frozenset[str] = frozenset()
    vehicle: "Found | None" = None

    @cached_property
    def types(self) -> Counter[str]:
        return Counter(event["type"] for event in self.events)

    def first(self, type_: str) -> Mapping[str, Any] | None:
        return next(self.all(type_), None)

    def all(self, type_: str) -> Iterator[Mapping[str, Any]]:
        return (event for event in self.events if event["type"] == type_)

    def findings(self) -> list[Mapping[str, Any]]:
        """Those that stand: recorded, and not withdrawn."""
        standing: dict[str, Mapping[str, Any]] = {}
        for event in self.events:
            for finding in event["data"].get("findings", ()):
                name = json.dumps(finding, sort_keys=True)
                if event["type"].endswith("Withdrawn"):
                    standing.pop(name, None)
                elif event["type"] != "PermitReferred":  # It names the permit's defects once more.
                    standing[name] = finding
        return list(standing.values())

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """The rules that findings stand under, and their layer where that is not the Code."""
        return tuple(sorted({named(finding) for finding in self.findings()}))

    @cached_property
    def outcome(self) -> str:
        """In the script's words, where what happened fits one of them."""
        types = self.types
        if "GoodsReleased" in types:
            return "completed" if self._is_completed else " and ".join(self._still_waits()) or "released"
        if "ImmediateExportDone" in types:
            return "sent back"
        if types["DisposalReferred"] > types["StorageTermEndWithdrawn"]:
            return "referred"
        if "TemporaryStorageStarted" in types:
            return "stored"
        return "withheld" if types["RestrictionOpened"] and not types["RestrictionSatisfied"] else "open"

    @property
    def _is_completed(self) -> bool:
        return self.types["ClearanceCompleted"] > self.types["ClearanceCompletionWithdrawn"]

    def _still_waits(self) -> Iterator[str]:
        """For what the completion of released goods waits."""
        if (
            any(event["data"]["runs_for_a_term"] for event in self.all("GoodsReleased"))
            and not self.types["RegimeEnded"]
        ):
            yield "running"
        assessed = sum(Decimal(event["data"]["total"]) for event in self.all("PaymentAssessed"))
        if sum(Decimal(event["data"]["amount"]) for event in self.all("PaymentReceived")) < assessed:
            yield "unpaid"
        if "AgencyApprovalRefused" in self.types:
            yield "not approved"

    @property
    def regimes(self) -> tuple[str, ...]:
        """Those under which the goods were released."""
        return tuple(sorted({str(event["data"]["regime"]) for event in self.all("GoodsReleased")}))

    @property
    def checkpoint(self) -> str | None:
        """Where it was to be shown, as determined last."""
        said = [event for event in self.events if event["type"] in ("CheckpointDetermined", "CheckpointWithdrawn")]
        determined = said and said[-1]["type"] == "CheckpointDetermined"
        return str(said[-1]["data"]["checkpoint"]) if determined else None

    def comes_after_release(self, type_: str) -> bool:
        event, released = self.first(type_), self.first("GoodsReleased")
        return event is not None and released is not None and str(event["time"]) > str(released["time"])

    def was_recorded_before(self, one: str, other: str) -> bool:
        first, then = self.first(one), self.first(other)
        return first is not None and then is not None and str(first["recordedtime"]) < str(then["recordedtime"])


def named(finding: Mapping[str, Any]) -> str:
    layer = finding.get("layer", "code")
    return str(finding["rule"]) if layer in BELONG_TO_THE_CODE else f"{finding['rule']}/{layer}"


def found_by(tally: Tally, lives: Sequence[Life] = ()) -> dict[str, Found]:
    """All that was heard, by key."""
    found = {key: Found(tally.events(key), frozenset(tally.heard(key))) for key in tally.script.movements}
    for key, goods in tally.script.goods.items():
        found[key] = Found(tally.events(key), frozenset(tally.heard(key)), found[goods.movement])
    return found | {life.key: Found(tally.events(life.key)) for life in lives}


def differences(script: Script, day: Day, found: Mapping[str, Found]) -> list[str]:
    """A line for every shipment that came out otherwise than the script says; it names the shipment."""
    movements = (_movement_differs(each, found[each.key]) for each in script.movements.values())
    goods = (_goods_differ(each, found[each.key]) for each in script.goods.values())
    return [f"{day.id(key)}: {text}" for key, text in (*movements, *goods) if text]


def led_otherwise(lives: Sequence[Life], day: Day, found: Mapping[str, Found]) -> list[str]:
    """A line for every life to which something came that must not; all that must was waited for."""
    came = ((life, sorted(life.never & found[life.key].types.keys())) for life in lives)
    return [f"{day.id(life.key)}: {', '.join(types)} must not come" for life, types in came if types]


def _movement_differs(movement: Movement, found: Found) -> tuple[str, str]:
    types = found.types
    must = {
        "announced": movement.announced,
        "shown at": movement.post,
        "journey changed": bool(movement.changes),
        "findings": movement.findings,
        "notice missed at first": movement.notice in ("late", "recorded late"),
        "exempt": movement.non_stop or not movement.came,
        "exemption lost": movement.stops == "exemption lost",
    }
    shown = found.first("VehiclePresented")
    came = {
        "announced": "ArrivalNotified" in types,
        "shown at": shown["data"]["checkpoint"] if shown else "",
        "journey changed": "JourneyChanged" in types,
        "findings": found.rules,
        "notice missed at first": "NoticeFindingsWithdrawn" in types,
        "exempt": "Chapter8NotApplicable" in types,
        "exemption lost": "ExemptionLost" in types,
    }
    return movement.key, _difference(must, came)


def _goods_differ(goods: Goods, found: Found) -> tuple[str, str]:
    types, shown = found.types, found.first("GoodsPresented")
    must = {
        "outcome": goods.outcome,
        "shown at": goods.shown_at,
        "findings": goods.findings,
        "regimes": _regimes(goods),
        "release refused": goods.insists and bool(goods.leaves),
        "release withheld": goods.insists and bool(goods.permit),
        "prohibited": bool(goods.leaves) or goods.surfaces,
        "paid after release": goods.payment == "after release",
        "approved after release": goods.approval == "after release",
        "use blocked": goods.use in ("use", "disposal"),
        "ground after release": goods.surfaces,
    }
    came = {
        "outcome": found.outcome,
        "shown at": shown["data"]["checkpoint"] if shown else "",
        "findings": found.rules,
        "regimes": found.regimes,
        "release refused": "ReleaseRefused" in types,
        "release withheld": "ReleaseWithheld" in types,
        "prohibited": bool(types["ImportProhibited"]) and bool(types["ImmediateExportOrdered"]),
        "paid after release": found.comes_after_release("PaymentReceived"),
        "approved after release": found.comes_after_release("AgencyApprovalGranted"),
        "use blocked": "UseBlocked" in types,
        "ground after release": "GroundAfterRelease" in types,
    }
    return goods.key, _difference(must, came)


def _regimes(goods: Goods) -> tuple[str, ...]:
    if goods.leaves or goods.outcome == "withheld":
        return ()
    return tuple(sorted({goods.regime, *((goods.second.regime,) if goods.second else ())}))


def _difference(must: Mapping[str, object], came: Mapping[str, object]) -> str:
    return "; ".join(
        f"{name} must be {_word(must[name])}, is {_word(came[name])}" for name in must if must[name] != came[name]
    )


def _word(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return " ".join(value) or "none"
        case _:
            return str(value) or "none"
