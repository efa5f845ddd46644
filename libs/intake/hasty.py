"""Reading what is large: at the first wrong element of a list the rest of that list is left.

A list of a hundred thousand wrong elements would otherwise be a hundred thousand errors: 2 s and 400 MB.
"""

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator

LISTS = ("frozenset", "list", "set", "tuple")
LISTED_BYTES_MAX = 64 * 1024
"""Of what is not larger, every wrong element is named."""


def fitting(adapter: TypeAdapter[Any], size: int) -> TypeAdapter[Any] | SchemaValidator:
    """What validates a document of so many bytes: the adapter, or the same in haste."""
    return adapter if size <= LISTED_BYTES_MAX else _hasty(adapter)


@lru_cache
def _hasty(adapter: TypeAdapter[Any]) -> SchemaValidator:
    return SchemaValidator(_in_haste(adapter.core_schema))


def _in_haste(schema: Any) -> Any:
    match schema:
        case dict():
            more = {"fail_fast": True} if schema.get("type") in LISTS else {}
            return {name: _in_haste(part) for name, part in schema.items()} | more
        case list():
            return [_in_haste(part) for part in schema]
    return schema
