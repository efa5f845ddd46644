"""To which vehicles the chapter on arrival does not apply, folded from what `arrival` says (Art. 37(3))."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.arrival import Chapter8NotApplicable, ExemptionLossWithdrawn, ExemptionLost, ExemptionWithdrawn
from contracts.values import CheckpointCode, Exemption, Instant, MovementId
from decider import in_order, replace

Applied: TypeAlias = Chapter8NotApplicable | ExemptionWithdrawn | ExemptionLost | ExemptionLossWithdrawn


@dataclass(frozen=True, kw_only=True)
class Exempt:
    """A movement to which the chapter on arrival does not apply, and why; `known` is since when that is on record."""

    movement: MovementId
    exemption: Exemption
    known: Instant


@dataclass(frozen=True, kw_only=True)
class Lost:
    """A decision on a stop by which the chapter on arrival applies to a movement after all."""

    movement: MovementId
    stopped: Instant
    present_at: CheckpointCode


@dataclass(frozen=True, kw_only=True)
class Exemptions:
    """Those that were recorded, and those that a stop has undone."""

    exempt: tuple[Exempt, ...] = ()
    losses: tuple[Lost, ...] = ()

    @property
    def known(self) -> Instant | None:
        """Since when one is on record."""
        return min((each.known for each in self.exempt), default=None)

    def of(self, movements: Collection[MovementId], by: Instant | None = None) -> tuple[Exemption, ...]:
        """Those that no stop has undone by then; goods have one only where each of their vehicles has."""
        lost = {each.movement for each in self.losses if by is None or each.stopped <= by}
        still = {each.movement: each.exemption for each in self.exempt if each.movement not in lost}
        return tuple(sorted({*still.values()})) if {*movements} <= {*still} else ()


def chapter_8_applies(exemptions: Exemptions, event: Applied, known: Instant) -> Exemptions:
    movement = event.movement or ""
    others = [each for each in exemptions.exempt if each.movement != movement]
    match event:
        case Chapter8NotApplicable(exemption=exemption):
            said = Exempt(movement=movement, exemption=exemption, known=known)
            if exemption in {each.exemption for each in exemptions.exempt if each.movement == movement}:
                return exemptions
            return replace(exemptions, exempt=in_order((*others, said)))
        case ExemptionWithdrawn():
            return replace(exemptions, exempt=in_order(others))
        case ExemptionLost(stopped=stopped, present_at=place):
            lost = Lost(movement=movement, stopped=stopped, present_at=place)
            return replace(exemptions, losses=in_order({*exemptions.losses, lost}))
        case ExemptionLossWithdrawn(stopped=stopped, present_at=place):
            lost = Lost(movement=movement, stopped=stopped, present_at=place)
            return replace(exemptions, losses=tuple(each for each in exemptions.losses if each != lost))
        case _:
            assert_never(event)
