"""What is asked for at a read: nothing that there is not, and all of it is heeded."""

from typing import Any

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant

from doors.malformed import SAID_LENGTH
from doors.problems import problem


def nothing_else(request: Request) -> None:
    """What is asked for by a name that is not there would be left out of the answer, and nobody would see it."""
    there = _parameters(request.scope["route"].dependant)
    if others := sorted({*request.query_params} - there):
        asked = f"here one may ask by {', '.join(sorted(there))}" if there else "here nothing is asked for"
        raise unfit(dict.fromkeys(others, f"there is no such parameter: {asked}"))


def _parameters(of: Dependant) -> set[str]:
    return {each.alias for each in of.query_params}.union(*map(_parameters, of.dependencies))


ASKED: dict[str, Any] = {"dependencies": [Depends(nothing_else)]}
"""Of every read that is open to all; where a token is asked for, that goes first."""


def unfit(wrong: dict[str, str]) -> Exception:
    """By their names, what is wrong with parameters, and what to do."""
    errors = [{"parameter": name[:SAID_LENGTH], "detail": what} for name, what in [*wrong.items()][:9]]
    detail = "; ".join(f"{each['parameter']}: {each['detail']}" for each in errors)
    return problem("malformed", status=422, what="question", detail=detail, errors=errors)
