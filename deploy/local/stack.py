"""A whole stack: Kafka, PostgreSQL and the services, in one folder and on one set of ports."""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from deploy.local import control, jars, java, kafka, ports, postgres, services
from deploy.local import status as statuses
from deploy.local.failure import StackError
from deploy.local.folder import Folder
from deploy.local.ports import Ports
from deploy.local.program import Plan, Program
from deploy.local.services import Service
from deploy.local.status import StackStatus, State
from deploy.local.telling import Silent, Tell
from deploy.local.urls import database_url, for_login, without_password

ROOT = Path(__file__).parents[2]
UP_SECONDS_MAX = 120.0
ADMIN_SECRET, LOGINS = "admin.json", "logins.json"


def state_folder() -> Path:
    """Where the state lies: SERHET_FOLDER, or an ignored folder of the clone."""
    return Path(os.environ.get("SERHET_FOLDER") or ROOT / ".serhet")


@dataclass(frozen=True)
class Stack:
    """One stack. `names` None means every installed service, () only Kafka and PostgreSQL.

    `own_kafka` (host:port) and `own_postgres` (an admin's URL) are servers of the caller's, used instead of ours.
    With `bound`, the stack ends by itself when the process that started it is gone.
    """

    path: Path
    offset: int = 0
    names: tuple[str, ...] | None = None
    own_kafka: str | None = None
    own_postgres: str | None = field(default=None, repr=False)  # It carries a password.
    bound: bool = False
    processes: int = 1  # Of each service.
    lines: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Where services find `kafka` and `postgres` (host:port), if another way leads there than ours, such as a proxy."""
    besides: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What stands in the environment of services besides."""
    tell: Tell = field(default_factory=Silent, compare=False)

    @classmethod
    def from_environment(cls, tell: Tell, names: tuple[str, ...] | None = None, bound: bool = False) -> Self:
        """The stack that SERHET_FOLDER, SERHET_PORTS, SERHET_KAFKA and SERHET_POSTGRES describe."""
        offset, processes = (
            os.environ.get(name) or default for name, default in (("SERHET_PORTS", "0"), ("SERHET_PROCESSES", "1"))
        )
        if not offset.lstrip("-").isdecimal():
            raise StackError(f"SERHET_PORTS={offset} is not a whole number: it is added to every port")
        if not (processes.isdecimal() and 1 <= int(processes) <= services.PROCESSES_MAX):
            raise StackError(
                f"SERHET_PROCESSES={processes} is no number of processes that a service can have: "
                f"1 to {services.PROCESSES_MAX}"
            )
        return cls(
            state_folder(),
            int(offset),
            names,
            own_kafka=os.environ.get("SERHET_KAFKA") or None,
            own_postgres=os.environ.get("SERHET_POSTGRES") or None,
            bound=bound,
            processes=int(processes),
            tell=tell,
        )

    @cached_property
    def folder(self) -> Folder:
        return Folder(self.path)

    @property
    def ports(self) -> Ports:
        return Ports(self.offset)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        return services.chosen(self.names)

    @property
    def kafka(self) -> str:
        """Kafka's address, host:port."""
        return self.own_kafka or self.ports.address(ports.KAFKA)

    @property
    def postgres_admin(self) -> str:
        """The URL of a login that may make databases and logins. It carries a password."""
        if self.own_postgres:
            return self.own_postgres
        password = self.folder.secret(ADMIN_SECRET, (postgres.ADMIN,))[postgres.ADMIN]
        return database_url(self.ports.address(ports.POSTGRES), postgres.ADMIN, password, postgres.ADMIN)

    def postgres(self, service: str) -> str:
        """The URL of a service's own login and database. It carries a password."""
        password = self.folder.secret(LOGINS, (service,))[service]
        return for_login(self.postgres_admin, service, password)

    def door(self, service: str) -> str:
        """The base URL of a service's HTTP door, of its first process."""
        return self.doors(service)[0]

    def doors(self, service: str) -> tuple[str, ...]:
        """The base URLs of all of a service's processes."""
        (found,) = services.chosen((service,))
        return tuple(f"http://{self.ports.address(port)}" for port in found.processes(self.processes).values())

    def programs(self, service: str) -> tuple[str, ...]:
        """The names of the programs that serve a service: those that are there now, or would be started."""
        (found,) = services.chosen((service,))
        running = tuple(each.name for each in self.status().programs if found.is_served_by(each.name))
        return running or tuple(found.processes(self.processes))

    @property
    def _served(self) -> Mapping[str, int]:
        """Every program that serves, with its port before the offset; the first of each service first."""
        all_of = [each.processes(self.processes) for each in self.services]
        pairs = ((number, pair) for programs in all_of for number, pair in enumerate(programs.items()))
        return dict(pair for _, pair in sorted(pairs, key=lambda numbered: numbered[0]))

    def up(self) -> None:
        """Start what does not run yet and wait until all is ready; StackError, with nothing left running, if not."""
        self.folder.make()
        with self.folder.locked():
            if not self._runs_already():
                self._start(held=())
                return
            if self.services:
                services.credentials(self.folder)
            for program in self.status().programs:
                if program.state is State.STOPPED:  # By hand.
                    self.start(program.name)
            control.wait_until_up(self.folder, self.tell, UP_SECONDS_MAX)

    def up_without_services(self) -> None:
        """Start Kafka and PostgreSQL, if they do not run, and leave the services as they are."""
        self.folder.make()
        with self.folder.locked():
            others = ("prepare", *self._served)
            if self._runs_already():
                control.wait_until_up(self.folder, self.tell, UP_SECONDS_MAX, but=others)
            else:
                self._start(held=others)

    def _start(self, held: Collection[str]) -> None:
        with ExitStack() as failing:
            failing.callback(control.stop, self.folder)  # At Ctrl-C too: whatever came up goes down.
            self._begin(held)
            control.wait_until_up(self.folder, self.tell, UP_SECONDS_MAX, but=held)
            failing.pop_all()

    def _runs_already(self) -> bool:
        now = self.status()
        if now.running:
            runs = {each.name: each.address for each in now.programs if each.address}
            if runs != self._addresses():
                raise StackError(
                    f"in {self.folder.path} another stack runs ({', '.join(runs)}): stop it first (make down)"
                )
        return now.running

    def _addresses(self) -> dict[str, str]:
        postgres_address = self.own_postgres and without_password(self.own_postgres)
        servers = {"postgres": postgres_address or self.ports.address(ports.POSTGRES), "kafka": self.kafka}
        return servers | {name: f"http://{self.ports.address(port)}" for name, port in self._served.items()}

    def _begin(self, held: Collection[str]) -> None:
        control.end_leftovers(self.folder)
        wanted = {} if self.own_kafka else {ports.KAFKA: "kafka", ports.CONTROLLER: "kafka (controller)"}
        wanted |= {} if self.own_postgres else {ports.POSTGRES: "postgres"}
        wanted |= {port: name for name, port in self._served.items()}
        ports.require_free({self.ports.at(port): name for port, name in wanted.items()})
        plan = Plan(programs=self._programs(), owner_pid=os.getpid() if self.bound else None)
        control.begin(self.folder, plan, held)

    def _programs(self) -> tuple[Program, ...]:
        servers = (self._postgres_program(), self._kafka_program())
        if not self.services:
            return servers
        doors = {each.name: self.doors(each.name) for each in self.services}
        kafka_address = self.lines.get("kafka", self.kafka)
        common = {**services.environment(kafka_address, services.credentials(self.folder), doors), **self.besides}
        service_of = {name: each.name for each in self.services for name in each.processes(self.processes)}
        serving = (
            services.serving(name, service_of[name], self.ports.at(port), self._by_line(service_of[name]), common)
            for name, port in self._served.items()
        )
        return (*servers, self.preparation(), *serving)

    def _by_line(self, service: str) -> str:
        """The URL by which the service itself goes to its database."""
        parts = urlsplit(self.postgres(service))
        place = self.lines.get("postgres", parts.netloc.rpartition("@")[2])
        return parts._replace(netloc=f"{parts.netloc.rpartition('@')[0]}@{place}").geturl()

    def preparation(self) -> Program:
        """What makes topics, databases and logins of every installed service. It can run again at any time."""
        self.folder.secret(LOGINS, tuple(service.name for service in services.installed()))
        return services.preparation(self.kafka, self.postgres_admin, self.folder / LOGINS, len(self._served))

    def _postgres_program(self) -> Program:
        if self.own_postgres:
            address = without_password(self.own_postgres)
            return Program(name="postgres", stage=0, argv=(), address=address, check=self.own_postgres)
        password = self.folder.secret(ADMIN_SECRET, (postgres.ADMIN,))[postgres.ADMIN]
        self.tell.show("preparing PostgreSQL")
        postgres.prepare(self.folder / "postgres", password)
        return postgres.program(self.folder / "postgres", self.ports.at(ports.POSTGRES), password)

    def _kafka_program(self) -> Program:
        if self.own_kafka:
            return Program(name="kafka", stage=1, argv=(), address=self.own_kafka, check=f"kafka://{self.own_kafka}")
        found, program_of_java = jars.fetch(self.tell), java.find()
        self.tell.show("preparing Kafka")
        kafka.prepare(self.folder / "kafka", self.ports, program_of_java, found)
        return kafka.program(self.folder / "kafka", self.ports, program_of_java, found)

    def down(self) -> bool:
        """Stop everything that this stack started; False when nothing ran. It may be called at any time."""
        if not self.folder.ours():
            return False
        with self.folder.locked():
            return control.stop(self.folder)

    def status(self) -> StackStatus:
        return statuses.read(self.folder)

    def stop(self, *names: str) -> None:
        """Stop programs and leave them stopped."""
        control.hold(self.folder, *names, held=True)

    def start(self, *names: str, wait: bool = True) -> None:
        """Start programs that were stopped, and wait until they are ready, if that is wanted."""
        control.hold(self.folder, *names, held=False, wait=wait)

    def kill(self, name: str, number: int) -> None:
        """Send a signal to one program: SIGKILL as a crash would, and the supervisor starts it again; SIGSTOP, and it
        stands still, shown as not ready, until SIGCONT."""
        control.kill(self.folder, name, number)

    def clean(self) -> tuple[str, ...]:
        """Stop, and delete the state; what is left because a test stack runs in it."""
        self.down()
        return self.folder.delete()

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Up inside, down after."""
        self.up()
        try:
            yield self
        finally:
            self.down()
