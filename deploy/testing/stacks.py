"""The Kafka and PostgreSQL that tests run on, and the refusal of servers that hold anything but tests' work.

SERHET_TEST_KAFKA (host:port) and SERHET_TEST_POSTGRES (an admin's URL) name yours; else containers, where a Docker
engine answers; else a local stack of the tests' own, on other ports and in another folder than `make up`.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path

import psycopg
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]
from psycopg import sql

from deploy.local import ports, services
from deploy.local.failure import StackError
from deploy.local.folder import TEST_FOLDER, Folder, locked
from deploy.local.ports import Ports
from deploy.local.stack import Stack, state_folder
from deploy.testing import containers

CUSTOMS_PREFIX = "customs."
MADE_BY_TESTS = "serhet-made-by-tests"
FIRST_OFFSET, LAST_OFFSET, OFFSET_STEP = 2_000, 13_000, 1_000  # Below the ports that clients are given.
ASK_SECONDS = 20


@dataclass(frozen=True)
class Servers:
    """Servers that tests may do anything to. `stack` is the local stack, if it is one, to stop and kill parts of."""

    kafka: str
    postgres_admin: str = field(repr=False)
    stack: Stack | None


@contextmanager
def servers() -> Iterator[Servers]:
    """Choose, start and claim the servers for one test run; StackError when they hold what tests did not make."""
    with ExitStack() as stack:
        chosen = stack.enter_context(
            _choose(os.environ.get("SERHET_TEST_KAFKA"), os.environ.get("SERHET_TEST_POSTGRES"))
        )
        claim_kafka(chosen.kafka)
        claim_postgres(chosen.postgres_admin)
        yield chosen


@contextmanager
def _choose(kafka: str | None, postgres: str | None) -> Iterator[Servers]:
    if kafka and postgres:
        yield Servers(kafka, postgres, None)
    elif not kafka and not postgres and containers.engine_answers():
        with containers.both() as (address, url):
            yield Servers(address, url, None)
    else:
        with local_stack(kafka, postgres) as stack:
            yield Servers(stack.kafka, stack.postgres_admin, stack)


@contextmanager
def local_stack(
    kafka: str | None = None,
    postgres: str | None = None,
    names: tuple[str, ...] | None = (),
    processes: int = 1,
    lines: Callable[[Ports], AbstractContextManager[Mapping[str, str]]] | None = None,
) -> Iterator[Stack]:
    """A fresh local stack on ports of its own; it is stopped afterwards, and with this process. Its logs stay.

    `lines` lays other ways to its servers than the direct ones.
    """
    with free_place() as (folder, offset), lines(Ports(offset)) if lines else nullcontext({}) as laid:
        stack = Stack(
            folder, offset, names, own_kafka=kafka, own_postgres=postgres, bound=True, processes=processes, lines=laid
        )
        stack.clean()
        with stack.running():
            yield stack


@contextmanager
def free_place() -> Iterator[tuple[Path, int]]:
    """A folder and an offset that nobody else uses as long as this is held; StackError when all are taken."""
    outer = Folder(state_folder())
    outer.make()
    for offset in range(FIRST_OFFSET, LAST_OFFSET, OFFSET_STEP):
        place = outer / TEST_FOLDER / str(offset)
        with ExitStack() as held:
            try:
                held.enter_context(locked(_lock(offset), busy="another test run"))
                ports.require_free({Ports(offset).at(port): "a test" for port in _ports()})
            except StackError:
                continue
            yield place, offset
            return
    raise StackError(f"no free ports for tests: every offset from {FIRST_OFFSET} to {LAST_OFFSET} is in use")


def _lock(offset: int) -> Path:
    """One for the machine, not for the clone: of two test runs in two clones only one may have these ports."""
    return Path(tempfile.gettempdir()) / f"serhet-tests-{os.getuid()}" / f"{offset}.lock"


def _ports() -> tuple[int, ...]:
    second = (port + services.NEXT_PROCESS for port in services.DOORS)
    return (ports.KAFKA, ports.CONTROLLER, ports.POSTGRES, *services.DOORS, *second)


def claim_kafka(address: str) -> None:
    """Mark a cluster as the tests' own. One that holds customs topics without our mark is refused (StackError).

    The mark is only ever given to a cluster without such topics, so where it is, tests made them.
    """
    admin = AdminClient({"bootstrap.servers": address, "log_level": 0})
    topics = set(admin.list_topics(timeout=ASK_SECONDS).topics)
    foreign = sorted(topic for topic in topics if topic.startswith(CUSTOMS_PREFIX))
    if MADE_BY_TESTS in topics:
        return
    if foreign:
        raise StackError(
            f"the Kafka at {address} holds {', '.join(foreign)}, which no test made: tests delete and rewrite topics, "
            "so they do not run there. Name another cluster in SERHET_TEST_KAFKA, or none"
        )
    for created in admin.create_topics([NewTopic(MADE_BY_TESTS, 1, 1)]).values():
        created.result(ASK_SECONDS)


def claim_postgres(url: str) -> None:
    """The same for a database server: one that holds a service's database without our mark is refused."""
    own = {point.name for point in entry_points(group=services.GROUP)}
    with psycopg.connect(url, autocommit=True, connect_timeout=ASK_SECONDS) as connection:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (MADE_BY_TESTS,)).fetchone():
            return
        foreign = sorted(own & {name for (name,) in connection.execute("SELECT datname FROM pg_database")})
        if foreign:
            raise StackError(
                f"the PostgreSQL of SERHET_TEST_POSTGRES holds the database {', '.join(foreign)}, which no test made: "
                "tests drop and rewrite databases, so they do not run there. Name another server, or none"
            )
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(MADE_BY_TESTS)))
