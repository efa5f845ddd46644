"""The door of a sender, for the tests of what is answered there over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from access.tokens import Tokens
from chassis.api import routes, views
from chassis.serving import closed
from chassis.tests.parcels import SENDER
from chassis.tests.workbench import Bench
from chassis.write.inputs import INTERNAL
from chassis.write.journal import Database
from deploy.local.issuer import make_issuer, make_token
from doors.problems import problem


def colour(colour: str, since: date | None = None) -> dict[str, str] | None:
    """What a colour is called"""
    return {"called": f"{colour} since {since}"} if colour != "none" else None


@pytest.fixture
async def door(bench: Bench, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client with a token, at the door of a fresh sender."""
    sender = replace(SENDER, pages={"/colours/{colour}": colour})
    await bench.fresh(SENDER)
    jwks = make_issuer(tmp_path)
    headers = {"authorization": f"Bearer {make_token(tmp_path, subject='officer@here', roles=['officer'])}"}
    async with bench.run(SENDER) as runner:
        database = await Database.connect(bench.url(SENDER), "views")

        @asynccontextmanager
        async def start() -> AsyncIterator[routes.Started]:
            yield (
                runner,
                Tokens(jwks, "development", refuse=problem, reserved={INTERNAL}),
                views.Views(SENDER, database, runner.gate),
            )

        app = routes.build(sender, start)
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://door", headers=headers) as client,
        ):
            yield client
        await closed(database)
