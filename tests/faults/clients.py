"""What clients do to a stack: requests at every limit of every door, and loads beside which another one's are timed."""

import asyncio
import json
from uuid import uuid4

import httpx

from chassis.api.routes import LINES_MAX
from chassis.service import Route, find_services
from deploy.local.issuer import ROLES, make_token
from intake.bodies import BODY_BYTES_MAX
from intake.connections import HEAD_BYTES_MAX
from tests.faults.damage import Fault, Scene, Stuck
from tests.hostile.growing import documents
from tests.hostile.loads import NDJSON, Load
from tests.hostile.pressing import cost_of

SECONDS_MAX = 60.0
AGAIN = {429, 503}
"""Operating states, which pass."""
TAKEN, REFUSED = {200, 409}, {400, 413, 422, 431}


def at_every_limit(what: str, name: str) -> Fault:
    """For each door the documents that grow most, and a little more than is taken of bodies, lines and heads."""

    async def do(scene: Scene) -> None:
        service, base = find_services()[name], scene.stack.door(name)
        async with _client(scene, "limits") as client:
            for route in service.routes:
                for document in documents(service, route.command.__name__):
                    own = {"idempotency-key": uuid4().hex}
                    await _sent(client, base + route.path, _own(document, route), TAKEN | REFUSED, own)
            path = base + service.routes[0].path
            await _sent(client, path, b" " * (BODY_BYTES_MAX + 1), REFUSED, {})
            await _sent(client, path, b"{}\n" * (LINES_MAX + 1), REFUSED, NDJSON)
            await _sent(client, path, b"{}", REFUSED, {"x-more": "x" * HEAD_BYTES_MAX})

    return Fault(what=what, do=do)


def _own(document: bytes, route: Route) -> bytes:
    """The document under a name of its own."""
    own = json.loads(document) | {route.kind: f"L-{uuid4().hex[:12]}"}
    own.pop("idempotency_key", None)  # It goes beside it.
    return json.dumps(own, separators=(",", ":")).encode()


async def _sent(client: httpx.AsyncClient, url: str, body: bytes, statuses: set[int], headers: dict[str, str]) -> None:
    """Sends it until it is answered with one of these; Stuck at any other answer, or none in time."""
    async with asyncio.timeout(SECONDS_MAX):
        while True:
            try:
                answer = await client.post(url, content=body, headers=headers)
            except httpx.WriteError:  # Refused, and shut, before all of it was sent.
                return
            if answer.status_code in statuses:
                return
            if answer.status_code not in AGAIN:
                raise Stuck(f"{len(body)} bytes at {url}: {answer.status_code} {answer.text[:300]}")
            await asyncio.sleep(0.5)


def pressed_by(what: str, load: Load) -> Fault:
    """What one client sends or asks for; meanwhile another one's single commands are timed at the same door."""

    async def do(scene: Scene) -> None:
        async with _client(scene, "one client") as client:
            scene.costs[what] = cost = await cost_of(load, client, scene.stack)
        scene.tell.say(f"    {cost}")

    return Fault(what=what, do=do)


def _client(scene: Scene, subject: str) -> httpx.AsyncClient:
    token = make_token(scene.stack.path, subject=subject, roles=list(ROLES))
    headers = {"authorization": f"Bearer {token}"}
    limits = httpx.Limits(keepalive_expiry=2.0)
    return httpx.AsyncClient(headers=headers, timeout=SECONDS_MAX, trust_env=False, limits=limits)
