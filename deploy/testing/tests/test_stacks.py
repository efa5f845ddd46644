"""Which servers tests get, and which they refuse."""

import time

import psycopg
import pytest
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from deploy.local.failure import StackError
from deploy.local.stack import Stack
from deploy.testing import containers, stacks


def test_a_cluster_with_customs_topics_that_no_test_made_is_refused(servers: Stack) -> None:
    admin = AdminClient({"bootstrap.servers": servers.kafka})
    admin.create_topics([NewTopic("customs.arrival.v1", 1, 1)])["customs.arrival.v1"].result(30)
    with pytest.raises(StackError, match=r"holds customs\.arrival\.v1, which no test made"):
        stacks.claim_kafka(servers.kafka)
    admin.delete_topics(["customs.arrival.v1"])["customs.arrival.v1"].result(30)
    until_gone(admin, "customs.arrival.v1")
    stacks.claim_kafka(servers.kafka)
    admin.create_topics([NewTopic("customs.release.v1", 1, 1)])["customs.release.v1"].result(30)
    stacks.claim_kafka(servers.kafka)


def until_gone(admin: AdminClient, topic: str) -> None:
    """A deletion that was answered is told the brokers' own lists a moment later."""
    until = time.monotonic() + 30
    while topic in admin.list_topics(timeout=10).topics:
        assert time.monotonic() < until, f"{topic} is still there"
        time.sleep(0.1)


def test_a_server_with_a_services_database_that_no_test_made_is_refused(servers: Stack) -> None:
    with psycopg.connect(servers.postgres_admin, autocommit=True) as connection:
        connection.execute("CREATE DATABASE arrival")
        with pytest.raises(StackError, match="holds the database arrival, which no test made"):
            stacks.claim_postgres(servers.postgres_admin)
        connection.execute("DROP DATABASE arrival")
        stacks.claim_postgres(servers.postgres_admin)
        connection.execute("CREATE DATABASE arrival")
    stacks.claim_postgres(servers.postgres_admin)


def test_servers_named_in_the_environment_are_used(servers: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERHET_TEST_KAFKA", servers.kafka)
    monkeypatch.setenv("SERHET_TEST_POSTGRES", servers.postgres_admin)
    with stacks.servers() as found:
        assert found == stacks.Servers(servers.kafka, servers.postgres_admin, None)


@pytest.mark.skipif(not containers.engine_answers(), reason="no Docker engine")
def test_containers_serve_where_a_docker_engine_answers() -> None:
    with containers.both() as (address, url):
        stacks.claim_kafka(address)
        stacks.claim_postgres(url)
