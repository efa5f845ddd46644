"""Reading exactly, and in haste what is large.

Exactly: a number is no text of digits, and `1` is not true, as the published schemas say it. In haste: at the first
wrong element of a list the rest of that list is left, and nothing is kept; a list of a hundred thousand wrong elements
would otherwise be a hundred thousand errors: 2 s and 400 MB.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator

EXACT = {kind: {"strict": True} for kind in ("bool", "float", "int")}
"""What is said, besides, of a schema of such a type."""
HASTY = EXACT | {kind: {"fail_fast": True} for kind in ("frozenset", "list", "set", "tuple")}
LISTED_BYTES_MAX = 16 * 1024
"""Of what is not larger, every wrong element is named."""


def fitting(adapter: TypeAdapter[Any], size: int | None) -> SchemaValidator:
    """What validates a document of so many bytes exactly; in haste where it is large, and in any case for None."""
    return _exact(adapter, hasty=size is None or size > LISTED_BYTES_MAX)


@lru_cache
def _exact(adapter: TypeAdapter[Any], hasty: bool) -> SchemaValidator:
    return SchemaValidator(_with(HASTY if hasty else EXACT, adapter.core_schema))


def _with(more: Mapping[str, Any], schema: Any) -> Any:
    match schema:
        case dict():
            kind = schema.get("type")
            said = more.get(kind, {}) if isinstance(kind, str) else {}
            return {name: _with(more, part) for name, part in schema.items()} | said
        case list():
            return [_with(more, part) for part in schema]
    return schema
