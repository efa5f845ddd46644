"""Whose act an entry is."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Actor(NamedTuple):
    """Whose act it is, as entries say it (docs/entry.md); of the service itself where nobody is named.

    In which role somebody acts, for which party, at which places (codes, joined by commas): as far as the token says.
    """

    authid: str = ""
    authtype: str = "system"
    authrole: str | None = None
    authparty: str | None = None
    authpartyissuer: str | None = None
    authplaces: str | None = None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Actor":
        """Of an entry, or of a row of the agenda."""
        return cls(said["authid"], said["authtype"], *map(said.get, cls._fields[2:]))


ITSELF = Actor()
