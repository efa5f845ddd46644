"""What a run stands on: Kafka, PostgreSQL and the services of its own; all of it goes in the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from benchmarks.shipments import Sizes
from client import SERVICES
from deploy.local.stack import Stack
from deploy.local.telling import Tell
from deploy.testing.stacks import local_stack, servers
from servers.logins import at_database


@dataclass
class Stage:
    """The servers, the stack of the services, and what one part of a run found out for a later one."""

    kafka: str
    postgres: str = field(repr=False)
    """The admin's URL; it carries a password."""
    stack: Stack
    stacks: Sequence[Stack]
    tell: Tell
    sizes: Sizes = field(default_factory=dict)

    @contextmanager
    def services(self) -> Iterator[None]:
        """The services at work inside; outside they leave the processors to others."""
        self.stack.start(*SERVICES)
        try:
            yield
        finally:
            self.stack.stop(*SERVICES)

    @contextmanager
    def database(self, name: str) -> Iterator[str]:
        """A fresh database, gone in the end; the URL of its owner."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._execute("CREATE DATABASE {}", name)
        try:
            yield at_database(self.postgres, name)
        finally:
            self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def _execute(self, statement: str, name: str) -> None:
        with psycopg.connect(self.postgres, autocommit=True) as admin:
            admin.execute(sql.SQL(statement).format(sql.Identifier(name)))


@contextmanager
def staged(tell: Tell) -> Iterator[Stage]:
    """Starts everything, with the services stopped. SERHET_TEST_KAFKA and SERHET_TEST_POSTGRES name other servers."""
    with servers() as chosen, local_stack(chosen.kafka, chosen.postgres_admin, names=SERVICES) as stack:
        stack.stop(*SERVICES)
        stacks = [each for each in (chosen.stack, stack) if each]
        yield Stage(chosen.kafka, chosen.postgres_admin, stack, stacks, tell)
