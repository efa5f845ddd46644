"""The law as data: findings, grounds, open points, acts with their dates, checkpoints. Standard library only."""

from law.act import Layer
from law.findings import ClosedListArticle, Facts, Finding, Ground, OpenPoint
from law.input import Due, Input
from law.rulebook import RULEBOOK

__all__ = ["RULEBOOK", "ClosedListArticle", "Due", "Facts", "Finding", "Ground", "Input", "Layer", "OpenPoint"]
