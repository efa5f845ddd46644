"""What the chapter on arrival does not cover (Art. 37(3))."""

from contracts.values import Exemption, Mode
from law.rule import Fact, rule

BY_LINE: tuple[Mode, ...] = ("pipeline", "power_line")
THAT_MAY_NOT_STOP: tuple[Mode, ...] = ("air", "sea", "river")


@rule()
def exemption(_: Fact, mode: Mode, non_stop: bool) -> Exemption | None:
    """Art. 37(3) [A7]: outside is what comes by pipeline or power line, or on a ship or aircraft that does not stop.

    Outside the chapter on arrival, that is: clearance and control are for everything that crosses (Art. 8(1)).
    """
    if mode in BY_LINE:
        return "pipeline" if mode == "pipeline" else "power_line"
    return "non_stop" if non_stop else None
