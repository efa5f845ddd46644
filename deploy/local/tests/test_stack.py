"""Kafka and PostgreSQL for real: their settings, and what happens when they are killed."""

import os
import re
import signal
import socket
import stat
import subprocess
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import psycopg
import pytest
from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    ConfigResource,
    NewTopic,
)

from deploy.local import jars, java, kafka, postgres
from deploy.local import status as statuses
from deploy.local.failure import StackError
from deploy.local.stack import Stack
from deploy.testing.programs import gone, left, wait_for


def query(stack: Stack, text: str) -> list[tuple[object, ...]]:
    with psycopg.connect(stack.postgres_admin, autocommit=True) as connection:
        return connection.execute(text.encode()).fetchall()


def write(stack: Stack, topic: str, text: str) -> None:
    """One record, acknowledged, on a topic that is made if it is not there."""
    admin = AdminClient({"bootstrap.servers": stack.kafka})
    if topic not in admin.list_topics(timeout=30).topics:
        admin.create_topics([NewTopic(topic, 1, 1)])[topic].result(30)
    producer = Producer({"bootstrap.servers": stack.kafka, "acks": "all"})
    producer.produce(topic, text.encode())
    assert producer.flush(30) == 0


def read(stack: Stack, topic: str) -> str:
    settings = {"bootstrap.servers": stack.kafka, "group.id": f"read-{topic}", "auto.offset.reset": "earliest"}
    consumer = Consumer(settings)
    try:
        consumer.subscribe([topic])
        message = consumer.poll(30)
        assert message is not None
        return (message.value() or b"").decode()
    finally:
        consumer.close()


def restarted(stack: Stack, name: str) -> None:
    before = stack.status()[name].restarts
    stack.kill(name, signal.SIGKILL)
    wait_for(lambda: stack.status()[name].restarts == before + 1 and stack.status().up)


def test_kafka_keeps_everything_and_makes_no_topic_by_itself(servers: Stack) -> None:
    resource = ConfigResource(ConfigResource.Type.BROKER, str(kafka.NODE))
    admin = AdminClient({"bootstrap.servers": servers.kafka})
    settings = admin.describe_configs([resource])[resource].result(30)
    wanted = {
        "auto.create.topics.enable": "false",
        "group.initial.rebalance.delay.ms": "0",
        "log.message.timestamp.after.max.ms": str(2**63 - 1),
        "log.retention.bytes": "-1",
        "log.retention.ms": "-1",
        "offsets.topic.num.partitions": "4",
    }
    assert {name: settings[name].value for name in wanted} == wanted


def test_kafka_maps_the_classes_that_it_is_told_of_if_they_are_there(servers: Stack) -> None:
    told = re.findall(r"-XX:SharedArchiveFile=(\S+)", os.environ.get("SERHET_JVM", ""))
    there = {str(Path(path).resolve()) for path in told if Path(path).is_file()}
    (pid,) = [each.pid for each in servers.status().programs if each.name == "kafka"]
    assert there <= {each.path for each in psutil.Process(pid).memory_maps()}


def test_postgres_is_durable_in_utc_and_asks_for_a_password(servers: Stack) -> None:
    names = ("fsync", "TimeZone", "max_connections", "password_encryption", "data_checksums", "listen_addresses")
    found = {name: query(servers, f"SHOW {name}")[0][0] for name in names}
    assert found == dict(
        zip(names, ("on", "UTC", postgres.SETTINGS["max_connections"], "scram-sha-256", "on", "127.0.0.1"), strict=True)
    )
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(servers.postgres_admin.replace("postgres:", "postgres:x", 1))


def test_what_postgres_committed_is_there_after_it_was_killed(servers: Stack) -> None:
    with psycopg.connect(servers.postgres_admin, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (line text)")
        connection.execute("INSERT INTO kept VALUES ('M1')")
    restarted(servers, "postgres")
    assert query(servers, "SELECT line FROM kept") == [("M1",)]


def test_what_kafka_acknowledged_is_there_after_it_was_killed(servers: Stack) -> None:
    write(servers, "kept", "M1")
    restarted(servers, "kafka")
    assert read(servers, "kept") == "M1"


def test_kafkas_own_console_consumer_reads_the_broker(servers: Stack) -> None:
    write(servers, "read-by-console", "M1")
    options = ("--bootstrap-server", servers.kafka, "--topic", "read-by-console", "--from-beginning")
    main = "org.apache.kafka.tools.consumer.ConsoleConsumer"
    answer = kafka.run(java.find(), jars.fetch(tools=True), main, (*options, "--max-messages", "1"))
    assert answer.stdout.splitlines() == ["M1"], answer.stderr


def test_one_server_stops_and_starts_on_request(servers: Stack) -> None:
    servers.stop("postgres")
    with pytest.raises(psycopg.OperationalError):
        query(servers, "SELECT 1")
    servers.start("postgres")
    assert query(servers, "SELECT 1") == [(1,)]


def test_up_starts_what_was_stopped_by_hand(servers: Stack) -> None:
    servers.stop("postgres")
    servers.up()
    assert query(servers, "SELECT 1") == [(1,)]


def test_a_killed_supervisor_takes_the_servers_with_it_and_up_begins_anew(servers: Stack) -> None:
    before = servers.status()
    backends = [pid for (pid,) in query(servers, "SELECT pid FROM pg_stat_activity") if isinstance(pid, int)]
    os.kill(before.pid or 0, signal.SIGKILL)
    children = [each.pid or 0 for each in before.programs]
    wait_for(lambda: all(gone(pid) for pid in (*children, *backends)))
    servers.up()
    assert query(servers, "SELECT 1") == [(1,)]


def test_a_stale_postmaster_pid_of_a_living_stranger_is_cleared(servers: Stack) -> None:
    servers.down()
    pid_file = servers.folder / "postgres" / "postmaster.pid"
    owner = "nobody" if os.geteuid() == 0 else None  # PostgreSQL is wary only of a pid of its own account.
    with subprocess.Popen(["sleep", "600"], user=owner) as stranger:
        pid_file.write_text(f"{stranger.pid}\n{servers.folder / 'postgres'}\n", encoding="utf-8")
        servers.up()
        alive = stranger.poll() is None
        stranger.kill()
    assert alive
    assert query(servers, "SELECT 1") == [(1,)]


def test_down_leaves_no_process_no_pid_and_free_ports(servers: Stack) -> None:
    servers.up()
    status = servers.status()
    pids = [status.pid or 0, *(each.pid or 0 for each in status.programs)]
    assert servers.down()
    assert left(pids) == []
    assert not (servers.folder / "postgres" / "postmaster.pid").exists()
    assert not servers.folder.status.exists()
    assert not servers.down()
    servers.up()


def test_what_was_written_is_there_after_down_and_up(servers: Stack) -> None:
    with psycopg.connect(servers.postgres_admin, autocommit=True) as connection:
        connection.execute("CREATE TABLE lasting AS SELECT 'M1' AS line")
    write(servers, "lasting", "M1")
    servers.down()
    servers.up()
    assert query(servers, "SELECT line FROM lasting") == [("M1",)]
    assert read(servers, "lasting") == "M1"


def test_a_taken_port_is_named_with_who_wants_it_who_holds_it_and_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        stack = Stack(tmp_path / "state", port - 15432, ())
        with pytest.raises(
            StackError, match=rf"port {port} is taken: postgres wants it, .*pid {os.getpid()}"
        ) as caught:
            stack.up()
        assert "SERHET_PORTS" in str(caught.value)
    assert not stack.status().running


def test_servers_of_ones_own_are_used_and_not_stopped(servers: Stack, tmp_path: Path) -> None:
    guest = Stack(tmp_path / "state", 1, (), own_kafka=servers.kafka, own_postgres=servers.postgres_admin)
    with guest.running():
        assert all(each.pid is None for each in guest.status().programs)
        assert servers.postgres_admin not in repr(guest.status())
        with pytest.raises(StackError, match="kafka is a server of yours"):
            guest.stop("kafka")
    assert query(servers, "SELECT 1") == [(1,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become nobody")
def test_started_by_root_below_a_closed_folder_postgres_runs_as_nobody(servers: Stack) -> None:
    pid = servers.status()["postgres"].pid
    assert Path(f"/proc/{pid}").stat().st_uid == (servers.folder / "postgres").stat().st_uid == 65534
    assert stat.S_IMODE((servers.folder / "postgres").stat().st_mode) == 0o700


def test_the_wheels_other_programs_are_there(servers: Stack) -> None:
    assert all(postgres.binary(name).exists() for name in ("pg_dump", "pg_basebackup", "psql"))
    assert statuses.read(servers.folder).up
