"""Every error at a door as a problem document, with the headers that go with its status."""

from collections.abc import Sequence
from typing import Annotated, Any

import orjson
from fastapi import FastAPI, Path
from fastapi.exceptions import RequestValidationError
from rfc9457 import Problem
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from doors import problems
from doors.describing import SAME, operation
from doors.problems import problem
from intake.advice import ERRORS_MAX, advice
from intake.bodies import JSON
from telemetry.requests import REQUEST_ID

HEADERS = {int(status): headers for status, headers in SAME["headers"].items()}
"""What goes with an answer, by its status."""
TYPE = "application/problem+json"


def install(app: FastAPI, *, passing: tuple[type[Exception], ...], origins: Sequence[str] = ()) -> None:
    """Has an app answer errors so, and show what its problems mean; `passing` ones leave open what was done.

    Pages in browsers that come from `origins` may ask there, and read what answers say in headers (CORS).
    """

    async def tell(request: Request, error: Exception) -> Response:
        """A fault says nothing of our insides; the log has it."""
        found = _problem(request, error) or problem("no-answer" if isinstance(error, passing) else "fault")
        response = answered(found.status, orjson.dumps(found.marshal()))
        if isinstance(error, HTTPException):
            response.headers.update(error.headers or {})
        return response

    for error in (Problem, RequestValidationError, HTTPException, *passing, Exception):
        app.add_exception_handler(error, tell)
    if origins:
        methods, shown = ("GET", "POST"), ("Retry-After", "WWW-Authenticate", REQUEST_ID)
        app.add_middleware(
            CORSMiddleware, allow_origins=origins, allow_methods=methods, allow_headers=["*"], expose_headers=shown
        )
    described: dict[str, Any] = {"response_class": HTMLResponse, "openapi_extra": {"security": []}}
    many, one = operation("listProblems", "operation", "All problems"), "What a problem means, and what to do"
    app.get("/problems", **many, **described)(_pages)
    app.get("/problems/{name}", **operation("getProblem", "operation", one), **described)(_page)


def answered(status: int, body: bytes) -> Response:
    """An answer or a problem document as a response, with what goes with its status."""
    return Response(body, status, HEADERS.get(status), JSON if status == 200 else TYPE)


def _problem(request: Request, error: Exception) -> Problem | None:
    match error:
        case Problem():
            return error
        case RequestValidationError():
            told_of = error.errors()[:ERRORS_MAX]
            wrong = [{"parameter": str(each["loc"][-1]), "detail": advice(each)} for each in told_of]
            detail = "; ".join(f"{each['parameter']}: {each['detail']}" for each in wrong)
            return problem("malformed", what="request", detail=detail, errors=wrong)
        case HTTPException(status_code=status, detail=title):
            said: dict[str, Any] = {"method": request.method, "path": request.url.path}
            return problem("no-such-door", status=status, title=title, **said)
        case _:
            return None


async def _page(name: Annotated[str, Path(pattern="^[a-z-]{1,40}$")]) -> HTMLResponse:
    """Open to everyone: the `type` of each problem leads here."""
    if (page := problems.page(name)) is None:
        raise problem("unknown", what="problem", detail="/problems lists all of them.")
    return HTMLResponse(page)


async def _pages() -> HTMLResponse:
    return HTMLResponse(problems.pages())
