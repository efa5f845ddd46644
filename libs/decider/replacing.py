"""A state with some of its fields changed: `dataclasses.replace`, without calling `__init__` once more.

Deciders do this at every event, and a state has up to twenty fields: setting each of them anew took a tenth of the time
of deciding. Nothing here checks field names; the type checker does, for it is shown the function it knows.
"""

import dataclasses
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace as replace
else:

    def replace(state: Any, /, **changes: Any) -> Any:
        """The state with these fields; of the same type, and equal to what `dataclasses.replace` gives."""
        changed = object.__new__(type(state))
        if hasattr(state, "__dict__"):
            vars(changed).update(vars(state), **changes)
        else:
            for name in _slots(type(state)):
                object.__setattr__(changed, name, changes[name] if name in changes else getattr(state, name))
        return changed


@cache
def _slots(of: type) -> tuple[str, ...]:
    """The fields of a type that has no other place for them."""
    return tuple(field.name for field in dataclasses.fields(of))
