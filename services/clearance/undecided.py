"""Goods that left a vehicle that was not to stop, and wait for the officer's word on that stop (Art. 37(3))."""

from contracts.undecided import Undecided
from law.rule import Fact, rule


@rule(by="officer", otherwise=True)
def every_stop_is_decided(_: Fact, undecided: Undecided) -> bool:
    """Art. 37(3) [A8]: while an officer has to say whether goods are shown, nobody says that all is in hand."""
    return not undecided.landings
