"""The doors at which something is read: pages, streams, receipts, ends, health."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import orjson
from fastapi import Depends, FastAPI, Query, Request, Response
from pydantic import StringConstraints

from chassis.api.views import Views
from chassis.service import Page, Service
from doors.describing import SAME, operation, page_of, stream_of
from doors.errors import answered
from doors.problems import problem
from doors.questions import ASKED, nothing_else, unfit
from entries.entry import PARTITIONS
from intake.bodies import JSON

Word = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Key = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[ -~]*$")]
After = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,2}/[0-9]{1,18})?$")]
Position = Annotated[int, Query(ge=0, lt=2**63)]
Limit = Annotated[int, Query(ge=1, le=1000)]


def add_reads(app: FastAPI, service: Service) -> None:
    """Pages that anybody may read, and for whoever has a token streams, receipts and how far things are."""
    for path, page in service.pages.items():
        described = operation(page.__name__, "law", (page.__doc__ or path).strip())
        app.get(path, **described, **ASKED, openapi_extra={"security": []})(_page(page))
    for kind, decided in service.kinds.items():
        title, one = kind.capitalize(), f"One {kind}"
        many = f"{kind}s by a number{', or that wait for an act' if decided.acts else ''}"
        get = _waiting(kind, Literal[*decided.acts], service.places or Word) if decided.acts else _by_number(kind)
        app.get(f"/{kind}s", **operation(f"list{title}s", "streams", many, page_of(kind)))(get)
        app.get(f"/{kind}s/{{id}}", **operation(f"get{title}", "streams", one, stream_of(kind)))(_stream(kind))
    for path, get, described in READS:
        app.get(path, **described)(get)


async def _views(request: Request) -> Views:
    """What can be read, for whoever has a token that holds; only then is it looked at what is asked for."""
    client, views = request.app.state.tokens.subject(request.headers).client, request.app.state.views
    nothing_else(request)
    seen: Views = views.seen_by(client)
    return seen


Seen = Annotated[Views, Depends(_views)]


def _stream(kind: str) -> Callable[..., Any]:
    async def get(views: Seen, id: Word, after: Position = 0) -> Response:  # noqa: A002 - the path's own word
        return _found(await views.stream(kind, id, after), what=f"{kind} {id!r}")

    return get


def _waiting(kind: str, acts: Any, places: Any) -> Callable[..., Any]:
    async def get(
        views: Seen,
        waiting: acts | None = None,
        identifier: Word | None = None,
        place: places | None = None,
        after: Word = "",
        limit: Limit = 100,
    ) -> Response:
        match waiting, identifier:
            case str(act), None:
                return _found(await views.waiting(kind, act, place, after, limit))
            case None, str() if place is not None:
                raise unfit({"place": "a number is looked up wherever it is: send `place` beside `waiting` alone"})
            case None, str(number):
                return _found(await views.found(kind, number, after, limit))
        raise unfit({"waiting": "send one of `waiting` (an act) and `identifier` (a number)"})

    return get


def _by_number(kind: str) -> Callable[..., Any]:
    """Of streams on which nobody's act is ever open."""

    async def get(views: Seen, identifier: Word, after: Word = "", limit: Limit = 100) -> Response:
        return _found(await views.found(kind, identifier, after, limit))

    return get


def _page(page: Page) -> Callable[..., Any]:
    """Open to everyone, without a token; what the page is asked for stands in its own signature."""

    async def get(found: Annotated[dict[str, Any] | None, Depends(page)]) -> Response:
        return _found(found)

    return get


async def _positions(views: Seen, partition: Annotated[list[int], Query()] = []) -> Response:  # noqa: B006
    if not set(partition) <= set(range(PARTITIONS)):
        raise problem("unknown", what="partition", detail=f"There are partitions 0 to {PARTITIONS - 1}.")
    ends = await views.positions(partition or range(PARTITIONS))
    return _found({"ends": ends, **(ends[0] if len(ends) == 1 else {})})


async def _parked(views: Seen, after: After = "", limit: Limit = 100) -> Response:
    return _found(await views.parked(after, limit))


async def _receipt(views: Seen, key: Key) -> Response:
    """The same answer as then; 404 where nothing was recorded under this key."""
    if (answer := await views.receipt(key)) is None:
        raise problem("unknown", what="receipt", detail="Nothing is recorded here under this key of yours.")
    return answered(*answer)


async def _health(request: Request) -> Response:
    nothing_else(request)
    found = request.app.state.views.health(request.app.state.runner)
    return _found(found, 503 if found["status"] == "still" else 200)


def _found(found: dict[str, Any] | None, status: int = 200, what: str = "page") -> Response:
    if found is None:
        raise problem("unknown", what=what, detail=f"Nothing is recorded here of such a {what}.")
    return Response(orjson.dumps(found), status, media_type=JSON)


READS: tuple[tuple[str, Callable[..., Any], dict[str, Any]], ...] = (
    ("/receipts", _receipt, operation("getReceipt", "commands", "What a command of yours was answered", "Answer")),
    ("/positions", _positions, operation("listPositions", "operation", "The ends of partitions", "Ends")),
    ("/parked", _parked, operation("listParked", "operation", "Records that could not be decided", "ParkedPage")),
    ("/health", _health, operation("getHealth", "operation", "Whether this service moves", "Health", SAME["health"])),
)
