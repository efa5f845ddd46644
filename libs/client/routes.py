"""Where each command goes: the routes of the services. `make api` writes `routes.json` from the services themselves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).with_name("routes.json")


@dataclass(frozen=True, kw_only=True)
class Route:
    """Where a service takes commands of one type, on streams of one kind.

    `reads_latest`: the answer waits until the service knows what those before it have on record.
    """

    service: str
    path: str
    command: str
    kind: str
    reads_latest: bool = False


_ALL = tuple(Route(**row) for row in json.loads(FILE.read_text(encoding="utf-8")))
ROUTES: Mapping[str, Route] = MappingProxyType({route.command: route for route in _ALL})
"""By the command's type."""
AT: Mapping[str, Route] = MappingProxyType({route.path: route for route in _ALL})
"""The same by path."""
SERVICES = tuple(dict.fromkeys(route.service for route in _ALL))
"""Each hears those before it."""
KINDS = tuple(sorted({route.kind for route in _ALL}))


def redrives(service: str) -> Route:
    """Where an operator has parked records of a service's stream decided again."""
    return Route(service=service, path="/redrives", command="Redrive", kind="stream")
