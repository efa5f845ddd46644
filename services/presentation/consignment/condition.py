"""Goods in the packaging and in the condition in which they crossed (Art. 37(2))."""

from law import Facts, Finding
from law.rule import Fact, rule


@rule()
def breached_packaging(_: Fact, breached: bool, whose: Facts = ()) -> Finding | None:
    """Art. 37(2) [P2]: the packaging is not opened or damaged between crossing and presentation."""
    return Finding(rule="P2", article="37(2)", facts=(*whose, ("packaging", "breached"))) if breached else None


@rule()
def changed_condition(_: Fact, changed: bool, whose: Facts = ()) -> Finding | None:
    """Art. 37(2) [P2]: the goods are shown in the condition in which they crossed."""
    return Finding(rule="P2", article="37(2)", facts=(("condition", "changed"), *whose)) if changed else None
