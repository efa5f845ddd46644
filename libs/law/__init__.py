"""The law as data: findings, grounds, acts with their dates, checkpoints. Standard library only."""

from law.act import Layer
from law.findings import ClosedListArticle, Facts, Finding, Ground
from law.rulebook import RULEBOOK

__all__ = ["RULEBOOK", "ClosedListArticle", "Facts", "Finding", "Ground", "Layer"]
