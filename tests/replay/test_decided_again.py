"""`make replay` on a live stack: all that is on record comes out again, and what another law would say is named.

It comes after most tests that share the stack: what they all left there is audited, and decided again.
"""

import os
import subprocess
import sys

import pytest

from deploy.local.stack import Stack
from law.reference import VARIABLE
from tests.faults.gathering import SERVICES
from tests.replay.test_verify import NO_DATABASE, NOWHERE, audit
from tests.servers import REFERENCE

REPLAY = "import asyncio, sys; from deploy.audit.replay import replay; sys.exit(asyncio.run(replay(*sys.argv[1:])))"
ANOTHER_RULE = """
from clearance import payments
def nothing(asked, payments): return []
payments.come_in.__code__ = nothing.__code__
"""


def replayed(kafka: str, postgres: str, before: str = "") -> tuple[int, list[str]]:
    """With the posts and acts of the stack, as whoever operates it has them."""
    done = subprocess.run(
        [sys.executable, "-c", before + REPLAY, kafka, postgres], env={**os.environ, VARIABLE: str(REFERENCE)},
        capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, done.stdout.splitlines()


async def test_what_all_tests_left_agrees(worked: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = await audit(worked, capsys)
    assert code == 0, said


def test_all_that_is_on_record_comes_out_again_from_journals_and_from_topics(worked: Stack) -> None:
    for kafka, postgres in ((NOWHERE, worked.postgres_admin), (worked.kafka, NO_DATABASE)):
        code, said = replayed(kafka, postgres)
        assert (code, said[-1]) == (0, "replay: everything came out as it was recorded"), said
        for service in SERVICES:
            (line,) = (line for line in said if line.split()[0] == service)
            assert int(line.split()[1]) > 0, said
    assert replayed(NOWHERE, NO_DATABASE)[0] == 1


def test_what_another_rule_would_have_done_is_named(worked: Stack) -> None:
    code, said = replayed(worked.kafka, worked.postgres_admin, ANOTHER_RULE)
    assert code == 1
    assert said[0].endswith("led to RecordPayment, PaymentReceived, and now leads to RecordPayment")
    assert said[-1].endswith(" came out otherwise")
