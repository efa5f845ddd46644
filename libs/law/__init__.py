"""The law as data: findings, grounds, open points, acts with their dates, checkpoints. Standard library only."""

from law.findings import ClosedListArticle, Facts, Finding, Ground, OpenPoint
from law.input import Due, Input
from law.rulebook import RULEBOOK, Layer

__all__ = ["RULEBOOK", "ClosedListArticle", "Due", "Facts", "Finding", "Ground", "Input", "Layer", "OpenPoint"]
