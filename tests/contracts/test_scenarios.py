"""What the scenarios of `libs/client` send is what the services' doors take."""

import pytest

from chassis.service import find_services
from client.scenarios.documents import carnet, stream_of
from client.scenarios.road import FOR_A_TERM, PLAIN, WITH_PROHIBITED, Lorry, Step, numbered

LORRIES = [
    Lorry(movement=name, consignments=numbered(name, 3), prohibited=numbered(name, 3)[2:])
    for name in map(carnet, ("V1", "V2"))
]
LIVES = {"plain": PLAIN, "with prohibited goods": WITH_PROHIBITED, "for a term": FOR_A_TERM}


@pytest.mark.parametrize("life", LIVES.values(), ids=list(LIVES))
def test_every_command_is_one_of_its_door(life: tuple[Step, ...]) -> None:
    for step in life:
        commands = step.commands(LORRIES)
        assert commands
        for command in commands:
            id_ = stream_of(step.route.kind, command)
            assert command.pop("idempotency_key") == f"{id_}/{step.route.command}"
            context = {"document": command, "sender": "somebody"}
            adapter = find_services()[step.route.service].commands[step.route.command]
            read = adapter.validate_python(command, extra="forbid", context=context)
            assert getattr(read, step.route.kind) == id_


@pytest.mark.parametrize("life", LIVES.values(), ids=list(LIVES))
def test_every_command_has_a_key_of_its_own_which_is_the_same_again(life: tuple[Step, ...]) -> None:
    keys = [[command["idempotency_key"] for step in life for command in step.commands(LORRIES)] for _ in range(2)]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == len(keys[0])


def test_prohibited_goods_are_declared_and_neither_accepted_nor_released() -> None:
    said = {step.route.command: {*map(step.stream, step.commands(LORRIES[:1]))} for step in OF_GOODS}
    *allowed, prohibited = (f"consignment/{each}" for each in LORRIES[0].consignments)
    assert said["RecordImmediateExport"] == said["PlaceInStorage"] == {prohibited}
    assert said["LodgeDeclaration"] == {*allowed, prohibited}
    assert said["AcceptDeclaration"] == said["RecordPayment"] == said["ReleaseGoods"] == {*allowed}


OF_GOODS = [step for step in WITH_PROHIBITED if step.route.kind == "consignment"]
