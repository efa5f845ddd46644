"""States as they are stored: canonical JSON, made and read back by parts, so that an input costs what it changes."""

from collections import OrderedDict
from collections.abc import Callable
from copy import copy
from dataclasses import fields
from functools import partial
from typing import Any, NamedTuple, get_type_hints

from pydantic import TypeAdapter

STATES_KEPT = 1000
"""So many states of a kind, a batch of them, stay in memory: what was read back is what the next batch begins with."""
KEPT_BYTES_MAX = 4096
"""What is not larger is kept: a thousand large ones would be the whole memory."""


class Unreadable(ValueError):  # noqa: N818 - what would be found later, by everybody who reads
    """Something would be written that does not come back as it was: whoever reads it would stop for good."""


def read_back(data: bytes, read: Callable[[bytes], Any], value: Any) -> Any:
    """What `read` makes of the data. Raises Unreadable where that is another value."""
    if (back := read(data)) != value:
        raise Unreadable(f"{type(value).__name__} does not come back from its JSON as it was")
    return back


class Kept(NamedTuple):
    """A state, and the JSON of each of its parts, once that was made; it is empty at the part's default."""

    state: Any
    pieces: tuple[bytes, ...] | None = None


class States:
    """How the states of one type are written and read: a dataclass, each field of which is a part."""

    def __init__(self, initial: Any) -> None:
        self.adapter, hints = TypeAdapter(type(initial)), get_type_hints(type(initial))
        self.dump, self._read = _by(self.adapter)
        """The stored bytes of a state: canonical JSON, fields at their default left out."""
        self._parts = [(f.name, *_by(TypeAdapter(hints[f.name]))) for f in fields(initial)]
        self.none = Kept(initial, (b"",) * len(self._parts))
        """What a stream begins with: nothing is stored of it."""
        self._kept: OrderedDict[bytes, Kept] = OrderedDict()

    def load(self, stored: bytes) -> Kept:
        """The state of stored bytes; of equal bytes the same one, for a state is never changed.

        Raises ValueError on a field that this version does not know: it would be lost with the next writing.
        """
        kept = self._kept.pop(stored, None) or Kept(self._read(stored))
        self._keep(stored, kept)
        return kept

    def changed(self, before: Kept, state: Any) -> bytes:
        """What `dump` makes, by what was stored before. Parts that are others are read back: raises Unreadable."""
        if type(state) is not type(before.state):
            raise Unreadable(f"{type(state).__name__} is no {type(before.state).__name__}")
        pieces: list[bytes] = []
        others: dict[str, Any] = {}
        for number, (name, dump, read) in enumerate(self._parts):
            part, same = getattr(state, name), getattr(before.state, name)
            if part is same and before.pieces is not None:
                pieces.append(before.pieces[number])
                continue
            pieces.append(b"" if part == getattr(self.none.state, name) else dump(part))
            if part is not same and pieces[-1]:
                others[name] = read_back(pieces[-1], read, part)
        stored = self._joined(pieces)
        back = copy(state)
        vars(back).update(others)
        self._keep(stored, Kept(back, tuple(pieces)))
        return stored

    def _joined(self, pieces: list[bytes]) -> bytes:
        named = zip(self._parts, pieces, strict=True)
        return b"{%b}" % b",".join(b'"%b":%b' % (name.encode(), piece) for (name, *_), piece in named if piece)

    def _keep(self, stored: bytes, kept: Kept) -> None:
        if len(stored) <= KEPT_BYTES_MAX:
            self._kept[stored] = kept
            if len(self._kept) > STATES_KEPT:
                self._kept.popitem(last=False)


def _by(adapter: TypeAdapter[Any]) -> tuple[Callable[[Any], bytes], Callable[[bytes], Any]]:
    """What writes and reads."""
    dump = partial(adapter.serializer.to_json, exclude_defaults=True)
    return dump, partial(adapter.validator.validate_json, extra="forbid")
