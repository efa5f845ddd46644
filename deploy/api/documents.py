"""The descriptions of all services by file name: doors in OpenAPI 3.1, topics in AsyncAPI 3.0."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

from chassis.api import routes
from chassis.service import find_services
from contracts import asyncapi

HERE = Path(__file__).parents[2] / "docs" / "api"
RELEASED = HERE / "released"
CLIENT = Path(__file__).parents[2] / "libs" / "client" / "routes.json"

Document: TypeAlias = dict[str, Any]


def documents() -> dict[str, Document]:
    """Made from the services as they are, without starting any: what each serves at these paths."""
    services = find_services()
    openapi = {f"{name}.openapi.json": routes.build(service, _never).openapi() for name, service in services.items()}
    return openapi | {f"{name}.asyncapi.json": asyncapi.document(service) for name, service in services.items()}


def routes_for_clients() -> list[Document]:
    """Where each command goes, as `libs/client` has it on file."""
    return [
        {"service": service.name, "path": route.path, "command": route.command.__name__, "kind": route.kind}
        | ({"reads_latest": True} if route.reads_latest else {})
        for service in find_services().values()
        for route in service.routes
    ]


@asynccontextmanager
async def _never() -> AsyncIterator[routes.Started]:
    raise RuntimeError("this app is described, not run")
    yield


def text(document: Document | list[Document]) -> str:
    """As it stands in its file."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def read(folder: Path) -> dict[str, Document]:
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def write(folder: Path, wanted: Mapping[str, Document]) -> None:
    """Write them all, and take away those of no service."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in {path.name for path in folder.glob("*.json")} - set(wanted):
        (folder / stale).unlink()
    for name, document in wanted.items():
        (folder / name).write_text(text(document), encoding="utf-8")
