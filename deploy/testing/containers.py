"""Kafka and PostgreSQL in containers, for tests where a Docker engine answers. Not run on machines without one."""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import LogMessageWaitStrategy

from deploy.local import kafka
from deploy.local.jars import KAFKA_VERSION
from deploy.local.ports import HOST, Ports
from deploy.testing.ports import reserved_port

KAFKA_IMAGE = f"apache/kafka:{KAFKA_VERSION}"
POSTGRES_IMAGE = "postgres:18.4"
CLIENT, CONTROLLER = 9092, 9093
ASK_SECONDS = 2


def engine_answers() -> bool:
    """Whether a Docker engine answers here."""
    host = urlsplit(os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock")
    socket_path = host.path if host.scheme == "unix" else None
    if socket_path and not _listens(socket_path):
        return False
    transport = httpx.HTTPTransport(uds=socket_path)
    with httpx.Client(transport=transport, timeout=ASK_SECONDS) as client:
        try:
            return client.get(f"http://{host.netloc or 'docker'}/_ping").is_success
        except (httpx.HTTPError, OSError):
            return False


def _listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as attempt:
        try:
            attempt.connect(path)
        except OSError:
            return False
    return True


@contextmanager
def both() -> Iterator[tuple[str, str]]:
    """Kafka's address and a PostgreSQL admin's URL; both servers are gone afterwards."""
    with ExitStack() as stack:
        address = stack.enter_context(_kafka())
        database = stack.enter_context(PostgresContainer(POSTGRES_IMAGE, driver=None))
        yield address, database.get_connection_url()


@contextmanager
def _kafka() -> Iterator[str]:
    """Kafka tells its clients its address, so the port outside is chosen before it starts."""
    port = reserved_port()
    own = {
        "listeners": f"PLAINTEXT://0.0.0.0:{CLIENT},CONTROLLER://0.0.0.0:{CONTROLLER}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
        "controller.quorum.voters": f"{kafka.NODE}@localhost:{CONTROLLER}",
    }
    container = DockerContainer(KAFKA_IMAGE).with_bind_ports(CLIENT, port)
    for name, value in (kafka.settings(Path("/tmp/kafka"), Ports()) | own).items():  # noqa: S108  (in the container)
        container = container.with_env("KAFKA_" + name.upper().replace(".", "_"), value)
    with container.waiting_for(LogMessageWaitStrategy("Kafka Server started")):
        yield f"{HOST}:{port}"
