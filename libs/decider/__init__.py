"""How decisions are made: a pure decider for each aggregate, put together from matters. Standard library only."""

from decider.aggregate import Aggregate, Deadlines, Matter
from decider.consequences import all_changed, changed, each_changed, without
from decider.input import Attached, Due, Held, Input, OpenPoint, Party, Stream, Subject, opens
from decider.joining import Joining
from decider.order import in_order
from decider.replacing import replace

__all__ = [
    "Aggregate", "Attached", "Deadlines", "Due", "Held", "Input", "Joining", "Matter", "OpenPoint", "Party", "Stream",
    "Subject", "all_changed", "changed", "each_changed", "in_order", "opens", "replace", "without",
]  # fmt: skip
