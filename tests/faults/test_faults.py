"""Whatever is done to a stack under load: nothing is lost, nothing happens twice, nothing is out of order."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from deploy.local.stack import Stack
from deploy.local.telling import Plain
from deploy.testing.stacks import local_stack
from tests.faults import campaign, plan
from tests.faults.gathering import SERVICES
from tests.faults.place import place

pytestmark = pytest.mark.minutes

LONG_SCALE = 0.5
REST_SECONDS = 2.0
"""Of a convoy between two steps, in the short form: beside it the other half of the tests is at work."""


@pytest.fixture
def pairs() -> Iterator[Stack]:
    """A stack of this test's own, servers too: two processes of each service."""
    with local_stack(names=SERVICES, processes=2) as running:
        yield running


@pytest.mark.timeout(600)
async def test_processes_killed_and_frozen_servers_killed_and_an_older_database_lose_nothing_and_double_nothing(
    pairs: Stack, tmp_path: Path
) -> None:
    outcome = await campaign.run(pairs, "F1", tmp_path, plan.short(), tell=Plain(), rest=REST_SECONDS)
    print(outcome)
    assert outcome.report.shipments
    assert outcome.report.listed
    assert outcome.whole, str(outcome)


@pytest.mark.long
@pytest.mark.timeout(3000)
async def test_the_long_campaign_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    with place(tmp_path) as there:
        faults = plan.planned(LONG_SCALE, Random(2), disks=not there.no_disks)  # noqa: S311  (the same in every run)
        outcome = await campaign.run(
            there.stack, "F2", tmp_path, faults, tell=Plain(), lines=there.lines, hooks=there.hooks
        )
    print(outcome)
    assert outcome.report.shipments
    assert outcome.whole, str(outcome)
