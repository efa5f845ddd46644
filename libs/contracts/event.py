"""What all events have in common.

A field that is added later is optional, defaults to None, and None is not written (`exclude_none=True`): so it
changes no byte of what stands already. Fields are never renamed, retyped or removed.
"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from contracts.values import Instant, Word
from law import Layer


class Event(BaseModel):
    """What the decision rests on: `article`, the rule of the catalogue, and the `layer` of the law that it is from.

    Which version of the rulebook was applied stands in the entry. `occurred` is stated where it may differ from the
    input's.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    outcome: ClassVar[str] = "recorded"

    type: str
    article: Word
    rule: Word
    layer: Layer = "code"
    occurred: Instant | None = None
