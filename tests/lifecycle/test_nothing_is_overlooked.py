"""What was answered at one service's door is not overlooked at the next, however soon somebody goes there.

There are many at once: of one alone, what was recorded a moment ago may have been heard by chance.
"""

from client import Answer
from client.scenarios.documents import note
from tests.lifecycle import road
from tests.lifecycle.border import Border

MANY = range(200)


async def declared(border: Border, consignments: list[str], item: dict[str, str]) -> list[Answer]:
    said = {
        "declarant": "Hazar Logistika", "form": "declaration", "regime": road.REGIME, "items": [item],
        "payments": [{"kind": "duty", "amount": "150.50"}],
    }  # fmt: skip
    commands = [{"consignment": each, **said} for each in consignments]
    return await border.act_at_once("declarant", "/declarations", commands)


async def released(border: Border, consignments: list[str]) -> list[Answer]:
    commands = [{"consignment": each, "regime": road.REGIME} for each in consignments]
    return await border.act_at_once("officer", "/releases", commands)


def types(answers: list[Answer]) -> set[tuple[str, ...]]:
    return {tuple(event.type for event in answer.events) for answer in answers}


async def test_goods_that_were_found_prohibited_a_moment_ago_are_not_released(border: Border) -> None:
    consignments = [note(f"L-overlooked-{number}") for number in MANY]
    assert {each[-1] for each in types(await declared(border, consignments, road.WASTE))} == {"ImportProhibited"}
    assert types(await released(border, consignments)) == {("ReleaseRefused",)}
