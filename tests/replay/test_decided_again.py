"""`make replay` on a live stack: all that is on record comes out again, and what another law would say is named."""

import pytest

from clearance import payments
from deploy.audit.replay import replay
from deploy.local.stack import Stack
from tests.faults.gathering import SERVICES
from tests.replay.test_verify import NO_DATABASE, NOWHERE


async def test_all_that_is_on_record_comes_out_again_from_journals_and_from_topics(
    worked: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    for kafka, postgres in ((NOWHERE, worked.postgres_admin), (worked.kafka, NO_DATABASE)):
        assert await replay(kafka, postgres) == 0
        said = capsys.readouterr().out
        assert said.endswith("replay: everything came out as it was recorded\n")
        for service in SERVICES:
            (line,) = (line for line in said.splitlines() if line.split()[0] == service)
            assert int(line.split()[1]) > 0, said
    assert await replay(NOWHERE, NO_DATABASE) == 1


async def test_what_another_rule_would_have_done_is_named(
    worked: Stack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payments.come_in, "__code__", _nothing.__code__)
    assert await replay(worked.kafka, worked.postgres_admin) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("led to RecordPayment, PaymentReceived, and now leads to RecordPayment")
    assert said[-1].endswith(" came out otherwise")


def _nothing(asked: object, payments: object) -> list[object]:
    return []
