"""Finding and Ground: what the law makes of the facts.

A finding stops nothing. A ground withholds or refuses, and nothing else can.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from law.act import Act, ActArticle, FindingLayer, Layer
from law.rule import rule
from law.rulebook import loaded

Facts: TypeAlias = tuple[tuple[str, str | tuple[str, ...]], ...]
ClosedListArticle: TypeAlias = Literal["7(1)", "7(1) para 3", "20(1)", "7(2)", "7(3)", "36"]

CLOSED_LIST: tuple[tuple[ClosedListArticle, str], ...] = (
    ("7(1)", "L2"),
    ("7(1) para 3", "L5"),
    ("20(1)", "L7"),
    ("7(2)", "D5"),
    ("7(3)", "D6"),
    ("36", "F18"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A fact with legal weight. It is recorded and shown, and stops nothing."""

    rule: str
    article: str
    layer: FindingLayer = "code"
    facts: Facts = ()

    def __post_init__(self) -> None:
        _check_sorted(self.facts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """A reason in law to withhold or to refuse; it cannot be made unless the law knows it.

    Art. 20(2) is no member of the type, so that a missing proof of origin has no way into a refusal.
    """

    rule: str
    article: ClosedListArticle | ActArticle
    layer: Layer
    facts: Facts = ()

    def __post_init__(self) -> None:
        if not is_a_ground(self.rule, self.article, self.layer, loaded()):
            raise ValueError(
                f"{self.rule} under {self.article} ({self.layer}) is no ground: neither on the Code's closed list "
                "nor in a loaded act. Record a Finding, or load the act that provides it"
            )
        _check_sorted(self.facts)


@rule()
def is_a_ground(rule: str, article: str, layer: str, acts: Sequence[Act]) -> bool:
    """Art. 8(2) [F12]: customs says no for a reason that the Code lists or an act on file gives, and for no other.

    Rule and article go together, so that no other reason can be passed off under an article of the list.
    """
    if layer in get_args(Layer) and (article, rule) in CLOSED_LIST:
        return True
    return any(
        row.article == article and row.rule == rule and act.layer == layer for act in acts for row in act.grounds
    )


def _check_sorted(facts: Facts) -> None:
    names = [name for name, _ in facts]
    if names != sorted(set(names)):
        raise ValueError(f"facts stand sorted by name, each once, so that equal ones have equal bytes: {names}")
