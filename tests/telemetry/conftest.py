from collections.abc import Iterator

import pytest

from deploy.local.stack import Stack
from deploy.testing.stacks import local_stack
from tests.faults.gathering import SERVICES
from tests.telemetry.receiver import Receiver, receiving


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    """Where the services of `told` send to, as their environment says."""
    with receiving() as (found, endpoint), pytest.MonkeyPatch.context() as starting:
        starting.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        starting.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
        starting.setenv("OTEL_METRIC_EXPORT_INTERVAL", "1000")
        yield found


@pytest.fixture(scope="module")
def told(receiver: Receiver) -> Iterator[Stack]:
    """A stack of its own, with servers of its own: what happens there is all that is received."""
    with local_stack(names=SERVICES) as stack:
        yield stack
