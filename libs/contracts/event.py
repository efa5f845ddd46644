"""What all events have in common.

A field that is added later is optional, defaults to None, and None is not written (`exclude_none=True`): so it
changes no byte of what stands already. Fields are never renamed, retyped or removed.
"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from contracts.values import Instant, Word


class Event(BaseModel):
    """`article` is what the decision rests on; `occurred` is stated where it may differ from the input's."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    outcome: ClassVar[str] = "recorded"

    type: str
    article: Word
    occurred: Instant | None = None
