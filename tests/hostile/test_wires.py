"""What is no HTTP, or nearly, over a bare socket: told so where there is somebody to tell, never a fault."""

import asyncio

import httpx

from deploy.local.issuer import make_token
from deploy.local.stack import Stack
from tests.hostile.found import Door
from tests.hostile.tally import Tally
from tests.hostile.wires import answered, nonsense


async def test_nonsense_on_the_wire_is_refused(stack: Stack, found: list[Door], tally: Tally) -> None:
    token = make_token(stack.path, subject="hostile", roles=["officer"])
    for door in {door.service: door for door in found}.values():
        cases = list(nonsense(door.url, token))
        answers = await asyncio.gather(*(answered(door.url, case.sent) for case in cases))
        for case, answer in zip(cases, answers, strict=True):
            if answer is None:
                tally.wrong.append(f"{case.what}: no answer")
            else:
                tally.add(case.what, answer)


async def test_the_services_answer_others_meanwhile(stack: Stack, client: httpx.AsyncClient, found: list[Door]) -> None:
    for door in {door.service: door for door in found}.values():
        answer = await client.get(f"{stack.door(door.service)}/health")
        assert answer.json()["status"] == "ok", answer.text
