"""Disks are full, and are freed again: nothing is lost, nothing is given up, and everything comes back by itself."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import psycopg
import pytest

from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_runner import parcel, until
from chassis.tests.workbench import Bench, send
from deploy.local.stack import Stack
from deploy.local.telling import Plain
from deploy.testing.disks import NoDisk, fill, free, full, small_disk
from deploy.testing.stacks import Servers
from tests.faults import campaign
from tests.faults.disks import filled
from tests.faults.place import place

TABLESPACE = "small_disk"


@pytest.fixture
def tablespace(brokers: Servers) -> Iterator[Path]:
    """A disk of two megabytes on which the database server may keep tables."""
    try:
        with ExitStack() as ending:
            admin = ending.enter_context(psycopg.connect(brokers.postgres_admin, autocommit=True))
            (data,) = admin.execute("SHOW data_directory").fetchone() or ("",)
            if not Path(data).is_dir():
                pytest.skip("a server on another machine sees no disk of ours")
            disk = ending.enter_context(small_disk(Path(data).with_name("small"), 2))
            (disk / "tables").mkdir(mode=0o700)
            os.chown(disk / "tables", Path(data).stat().st_uid, Path(data).stat().st_gid)
            admin.execute(f"CREATE TABLESPACE {TABLESPACE} LOCATION '{disk / 'tables'}'".encode())
            yield disk
            for service in (KEEPER, SENDER):
                admin.execute(f'DROP DATABASE IF EXISTS "{service.name}" WITH (FORCE)'.encode())
            admin.execute(f"DROP TABLESPACE {TABLESPACE}".encode())
    except NoDisk as error:
        pytest.skip(f"no small disk can be mounted here: {error}")


async def said(capfd: pytest.CaptureFixture[str], word: str, times: int = 3) -> None:
    """Returns when the word was logged so often."""
    found = 0
    async with asyncio.timeout(30):
        while found < times:
            found += capfd.readouterr().out.count(word)
            await asyncio.sleep(0.05)


async def heard(bench: Bench) -> bool:
    return await bench.fences_of(KEEPER, "sender") == await bench.ends_of("sender")


async def test_while_postgres_has_no_room_commands_and_records_wait_and_then_all_are_recorded(
    bench: Bench, tablespace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    await bench.fresh(SENDER, KEEPER)
    for service in (SENDER, KEEPER):
        await bench.rows(service, f"ALTER TABLE journal SET TABLESPACE {TABLESPACE}")
    async with bench.run(SENDER) as sender:
        with full(tablespace):
            sending = asyncio.create_task(send(sender, SENDER, *(parcel(f"P{n}", f"k{n}") for n in range(100))))
            await said(capfd, "DiskFullError")
            assert not sending.done()
        assert {answer.status for answer in await sending} == {200}
        fill(tablespace)
        async with bench.run(KEEPER):
            await said(capfd, "DiskFullError")
            assert not await heard(bench)
            free(tablespace)
            await until(partial(heard, bench))
    for service, table, count in ((SENDER, "journal", 200), (KEEPER, "journal", 100), (KEEPER, "parked", 0)):
        assert [row["count"] for row in await bench.rows(service, f"SELECT count(*) FROM {table}")] == [count], table


@pytest.fixture
def on_small_disks(tmp_path: Path) -> Iterator[Stack]:
    """A stack whose folder, with the database in it, is on one small disk, and Kafka's on another."""
    with place(tmp_path, megabytes=1000, kafka_megabytes=300) as there:
        if there.no_disks:
            pytest.skip(f"no small disk can be mounted here: {there.no_disks}")
        yield there.stack


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_full_disks_of_kafka_of_postgres_and_of_the_state_cost_nothing_and_leave_nothing_to_be_done(
    on_small_disks: Stack, tmp_path: Path
) -> None:
    faults = [
        filled("Kafka's disk is full", "kafka"),
        filled("Postgres's disk, and the state's, is full", "."),
        filled("all disks are full", ".", "kafka"),
    ]
    outcome = await campaign.run(on_small_disks, "F9", tmp_path, faults, tell=Plain(), rest=0.5)
    print(outcome)
    assert outcome.report.shipments
    assert outcome.whole, str(outcome)
