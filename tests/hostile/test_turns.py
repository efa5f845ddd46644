"""What one client sends, however much, holds up nobody else for long, and does not take the memory."""

import httpx
import pytest

from deploy.local.stack import Stack
from tests.hostile.loads import LOADS, Load
from tests.hostile.pressing import cost_of

SECONDS_MAX, MIB_MAX = 0.5, 250


@pytest.mark.long
@pytest.mark.parametrize("load", LOADS, ids=lambda load: load.__name__)
async def test_what_one_client_sends_holds_up_nobody_else(
    stack: Stack, client: httpx.AsyncClient, load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    cost = await cost_of(load, client, stack)
    with capsys.disabled():
        print(f"\n{load.__name__}: {cost}")
    assert cost.refused == 0
    assert cost.longest < SECONDS_MAX
    assert cost.peak < MIB_MAX
