"""A stack that is under load for a while uses no more in the end than soon after its beginning."""

from pathlib import Path

import pytest

from deploy.local.telling import Plain
from deploy.testing.stacks import local_stack
from tests.faults.gathering import SERVICES
from tests.soak import figures, running
from tests.soak.sampling import BEHIND, FILES, MEMORY, SOCKETS


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_under_steady_load_nothing_grows_and_the_audit_agrees(tmp_path: Path) -> None:
    with local_stack(names=SERVICES) as stack:
        outcome = await running.run(stack, tmp_path, minutes=1, tell=Plain())
    print(figures.told(outcome))
    measured = {(each.who, each.what) for each in outcome.courses}
    assert measured >= {(who, what) for who in (*SERVICES, "kafka", "postgres") for what in (MEMORY, FILES, SOCKETS)}
    assert measured >= {(reader, BEHIND) for reader in SERVICES[1:]}
    assert outcome.whole, figures.told(outcome)
