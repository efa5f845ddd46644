"""A whole stack for tests: Kafka, PostgreSQL and the services as real processes, fresh, once per session."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from confluent_kafka.admin import AdminClient
from psycopg import sql

from chassis.service import find_services
from chassis.tests.workbench import Bench
from deploy.local.stack import Stack
from deploy.testing.stacks import Servers, local_stack, servers
from law.reference import VARIABLE

REFERENCE = Path(__file__).with_name("reference")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First the files that judge all that stands there; then those that take minutes, for no worker to end with one."""
    first = {item.path: place for place, name in ((1, "minutes"), (0, "all")) for item in items
             if item.get_closest_marker(name)}  # fmt: skip
    items.sort(key=lambda item: first.get(item.path, 2))


@pytest.fixture(scope="session")
def brokers() -> Iterator[Servers]:
    """The Kafka and the PostgreSQL of this session, without anything of an earlier one."""
    with servers() as chosen:
        if chosen.stack is None:
            forget(chosen)
        yield chosen


@pytest.fixture(scope="session")
def stack(brokers: Servers) -> Iterator[Stack]:
    """Every service at work; besides the checkpoints that there are they know a port of the tests' own."""
    with ExitStack() as ending:
        with pytest.MonkeyPatch.context() as starting:
            starting.setenv(VARIABLE, str(REFERENCE))
            running = ending.enter_context(local_stack(brokers.kafka, brokers.postgres_admin, names=None))
        yield running


@pytest.fixture(scope="session")
def bench(brokers: Servers) -> Bench:
    """The same servers, for runners inside the test."""
    return Bench(brokers.kafka, brokers.postgres_admin)


def forget(chosen: Servers) -> None:
    """Deletes what an earlier session left on servers that outlive it."""
    kafka, services = AdminClient({"bootstrap.servers": chosen.kafka}), find_services()
    standing = set(kafka.list_topics(timeout=20).topics) & {service.topic for service in services.values()}
    for deleted in kafka.delete_topics(sorted(standing)).values() if standing else ():
        deleted.result(20)
    with psycopg.connect(chosen.postgres_admin, autocommit=True) as connection:
        for service in services:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(service)))
