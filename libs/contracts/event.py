"""What all events have in common.

A field that is added later is optional, defaults to None, and None is not written (`exclude_none=True`): so it
changes no byte of what stands already. Fields are never renamed, retyped or removed.
"""

import sys
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


def defined_in(module: str) -> tuple[type[Event], ...]:
    """Every event that a module defines, in its order; a class whose name begins with an underscore is none by itself.

    So whoever writes an event adds its class, and no list.
    """
    found = (each for each in vars(sys.modules[module]).values() if isinstance(each, type) and issubclass(each, Event))
    return tuple(each for each in found if each.__module__ == module and not each.__name__.startswith("_"))
