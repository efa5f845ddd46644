"""What an act provides for prohibited goods in the place of their immediate export (Art. 7(1))."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from contracts.event import Event, defined_in
from contracts.known import ToBeMatched
from contracts.values import ConsignmentId, GoodsCode, Text, Word
from decider import in_order, without
from law import Layer


class OtherFateApplies(ToBeMatched):
    """Prohibited goods need not leave at once: an act provides another `fate`, which is for an officer to see to."""

    type: Literal["OtherFateApplies"] = "OtherFateApplies"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    code: GoodsCode
    act: Word
    citation: Text
    fate: Text
    who: Literal["officer"] = "officer"


class OtherFateWithdrawn(ToBeMatched):
    """No act provides this fate for these goods, by what is known now."""

    type: Literal["OtherFateWithdrawn"] = "OtherFateWithdrawn"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    code: GoodsCode
    act: Word
    fate: Text


EVENTS: tuple[type[Event], ...] = defined_in(__name__)
Said: TypeAlias = OtherFateApplies | OtherFateWithdrawn


@dataclass(frozen=True, kw_only=True)
class Fate:
    """Of goods of this code, as the act provides it."""

    code: GoodsCode
    act: Word
    citation: Text
    layer: Layer = "code"
    fate: Text


@dataclass(frozen=True, kw_only=True)
class Fates:
    """Those that apply."""

    apply: tuple[Fate, ...] = ()


def fated(fates: Fates, event: Said) -> Fates:
    match event:
        case OtherFateApplies():
            new = Fate(code=event.code, act=event.act, citation=event.citation, layer=event.layer, fate=event.fate)
            return Fates(apply=in_order((*fates.apply, new)))
        case OtherFateWithdrawn():
            gone = [
                each for each in fates.apply if (each.code, each.act, each.fate) == (event.code, event.act, event.fate)
            ]
            return Fates(apply=without(fates.apply, gone))
        case _:
            assert_never(event)
