"""A real Apache Kafka, one node in KRaft mode: its settings, its one-time format, and how to run it."""

import base64
import os
import shutil
import subprocess
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.local.failure import StackError
from deploy.local.ports import CONTROLLER, HOST, KAFKA, Ports
from deploy.local.program import Program

LOGGING = Path(__file__).parent / "log4j2.properties"
NODE = 1
LONGEST = 2**63 - 1
JVM = ("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true")


def settings(data: Path, ports: Ports) -> dict[str, str]:
    """The broker's configuration; every stream is kept for ever and no topic makes itself."""
    client, controller = f"{HOST}:{ports.at(KAFKA)}", f"{HOST}:{ports.at(CONTROLLER)}"
    return {
        "process.roles": "broker,controller",
        "node.id": str(NODE),
        # Voters by configuration: a quorum made by --standalone has the port in its data, and no port could move.
        "controller.quorum.voters": f"{NODE}@{controller}",
        "listeners": f"PLAINTEXT://{client},CONTROLLER://{controller}",
        "advertised.listeners": f"PLAINTEXT://{client}",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": str(data),
        "broker.session.timeout.ms": "3000",  # A killed broker is let in again only when its last session is over.
        "broker.heartbeat.interval.ms": "500",
        "auto.create.topics.enable": "false",
        "group.initial.rebalance.delay.ms": "0",
        "offsets.topic.num.partitions": "4",
        "offsets.topic.replication.factor": "1",
        "transaction.state.log.num.partitions": "4",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "share.coordinator.state.topic.num.partitions": "4",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        "log.retention.ms": "-1",
        "log.retention.bytes": "-1",
        "log.message.timestamp.after.max.ms": str(LONGEST),
    }


def prepare(folder: Path, ports: Ports, java: Path, jars: Sequence[Path]) -> None:
    """Write the configuration, and format the storage if that was never finished."""
    data = folder / "data"
    folder.mkdir(exist_ok=True)
    _write(folder / "server.properties", settings(data, ports))
    if data.exists():
        return
    fresh = folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    _write(folder / "format.properties", settings(fresh, ports))
    cluster = "S" + base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")[1:]  # Never a dash in front.
    arguments = ("format", "-t", cluster, "-c", str(folder / "format.properties"))
    made = run(java, jars, "kafka.tools.StorageTool", arguments)
    if made.returncode:
        raise StackError(f"Kafka's storage could not be made in {fresh}:\n{made.stdout}{made.stderr}")
    fresh.replace(data)


def run(java: Path, jars: Sequence[Path], main: str, arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Run one of Kafka's own tools to its end."""
    argv = [*command(java, jars, main), *arguments]
    return subprocess.run(argv, capture_output=True, text=True, check=False, env=_environment(os.environ))


def program(folder: Path, ports: Ports, java: Path, jars: Sequence[Path]) -> Program:
    address = ports.address(KAFKA)
    return Program(
        name="kafka",
        stage=1,
        argv=(*command(java, jars, "kafka.Kafka"), str(folder / "server.properties")),
        address=address,
        check=f"kafka://{address}",
        grace_seconds=30.0,
    )


def command(java: Path, jars: Sequence[Path], main: str) -> tuple[str, ...]:
    """Java's command line; SERHET_JVM has more options for it, which come last and so count."""
    path, more = os.pathsep.join(str(jar) for jar in jars), os.environ.get("SERHET_JVM", "").split()
    return (str(java), *JVM, *more, f"-Dlog4j2.configurationFile={LOGGING.as_uri()}", "-cp", path, main)


def _environment(outer: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in outer.items() if name != "CLASSPATH"}


def _write(path: Path, values: dict[str, str]) -> None:
    path.write_text("".join(f"{name}={value}\n" for name, value in values.items()), encoding="utf-8")
