"""Reading what is large: at the first wrong element of a list the rest of that list is left, and nothing is kept.

A list of a hundred thousand wrong elements would otherwise be a hundred thousand errors: 2 s and 400 MB.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator

LISTS = ("frozenset", "list", "set", "tuple")
LISTED_BYTES_MAX = 16 * 1024
"""Of what is not larger, every wrong element is named."""
KEPT_BYTES_MAX = 4096
"""What is not larger is kept, once it was read: a thousand large ones would be the whole memory."""


def fitting(adapter: TypeAdapter[Any], size: int | None) -> TypeAdapter[Any] | SchemaValidator:
    """What validates a document of so many bytes: the adapter, or the same in haste; in any case, for None."""
    return adapter if size is not None and size <= LISTED_BYTES_MAX else _hasty(adapter)


def remembered(read: Callable[[bytes], Any], count: int) -> Callable[[bytes], Any]:
    """The same reader, which keeps the last results that it gave, so many of them."""
    kept = lru_cache(maxsize=count)(read)
    return lambda text: kept(text) if len(text) <= KEPT_BYTES_MAX else read(text)


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
