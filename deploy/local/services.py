"""The services to run, as the installed packages name them, and how the chassis is asked to run each."""

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from deploy.local import issuer
from deploy.local.failure import StackError
from deploy.local.folder import Folder, write_private
from deploy.local.ports import HOST
from deploy.local.program import Program

GROUP = "serhet.services"
DOORS = range(8101, 8107)  # The ports that services have, before the offset.
NEXT_PROCESS = 100  # From the port of a service's process to that of its next one.
PROCESSES_MAX = 9
SESSIONS_OF_A_PROCESS = 8
"""With its database, at most."""
SESSIONS_BESIDES = 20
"""Of the audit, of repairs, and of whoever looks."""
PREPARE_STAGE, SERVICE_STAGE = 2, 3
CHASSIS = (sys.executable, "-m", "chassis")
ALLOCATOR = {"MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""glibc's own values at a start, in bytes, held: else it learns from each burst to give less memory back."""
TOKEN, TOKEN_SUBJECT, TOKEN_SECONDS = "service.token", "service@local", 30 * 24 * 3600


@dataclass(frozen=True)
class Service:
    """A service's name, its port before the offset, the topic that it alone writes, and whose topics it reads."""

    name: str
    port: int
    topic: str
    hears: tuple[str, ...] = ()

    def processes(self, count: int) -> dict[str, int]:
        """The programs that serve it, each with its port before the offset: `arrival`, `arrival-2`, ..."""
        return {
            f"{self.name}-{number}" if number > 1 else self.name: self.port + NEXT_PROCESS * (number - 1)
            for number in range(1, count + 1)
        }

    def is_served_by(self, program: str) -> bool:
        """Whether the program of this name is a process of this service."""
        return re.fullmatch(rf"{re.escape(self.name)}(-[2-{PROCESSES_MAX}])?", program) is not None


def installed() -> tuple[Service, ...]:
    """Every installed service; StackError names one that cannot be loaded."""
    found = []
    for point in entry_points(group=GROUP):
        try:
            service = point.load()
            found.append(Service(service.name, service.port, service.topic, tuple(service.hears)))
        except (ImportError, AttributeError) as error:
            raise StackError(f"the service {point.name} cannot be loaded: {error}") from error
    return tuple(sorted(found, key=lambda service: service.port))


def chosen(names: Sequence[str] | None) -> tuple[Service, ...]:
    """The services of these names, None: all; StackError for a name that is not installed."""
    if names == ():
        return ()
    services = installed()
    if unknown := set(names or ()) - {service.name for service in services}:
        known = ", ".join(service.name for service in services)
        raise StackError(f"there is no service {', '.join(sorted(unknown))}, but {known}")
    return tuple(service for service in services if names is None or service.name in names)


def development() -> bool:
    """Whether this is a development stack, which has a token issuer of its own."""
    return os.environ.get("SERHET_ENV", "development") == "development"


@dataclass(frozen=True)
class Credentials:
    """The public keys that tokens are checked with, and the token with which a service asks another one."""

    jwks: Path
    token: Path


def credentials(folder: Folder) -> Credentials:
    """In development both are made here, the token anew each time; elsewhere SERHET_JWKS and SERHET_TOKEN name them."""
    if not development():
        if not os.environ.get("SERHET_ISSUER"):
            raise StackError(
                "outside SERHET_ENV=development name your token issuer, as its `iss` says, in SERHET_ISSUER"
            )
        return Credentials(
            _named("SERHET_JWKS", "a JWKS file"), _named("SERHET_TOKEN", "a file with a token of role service")
        )
    keys = issuer.make_issuer(folder.path)
    token = issuer.make_token(folder.path, subject=TOKEN_SUBJECT, roles=["service"], seconds=TOKEN_SECONDS)
    write_private(folder / TOKEN, token)
    return Credentials(keys, folder / TOKEN)


def _named(variable: str, what: str) -> Path:
    if not (named := os.environ.get(variable)):
        raise StackError(f"outside SERHET_ENV=development there is no token issuer: name {what} in {variable}")
    if not (path := Path(named).absolute()).is_file():
        raise StackError(f"{variable} names {path}, and there is no such file: it must be {what}")
    return path


def sessions(processes: int) -> int:
    """So many sessions the database server has to allow for so many processes of services."""
    return processes * SESSIONS_OF_A_PROCESS + SESSIONS_BESIDES


def preparation(kafka: str, postgres_admin: str, logins: Path, processes: int) -> Program:
    """What runs once before so many processes: it makes topics, databases and logins. It can run again."""
    env = {"SERHET_KAFKA": kafka, "SERHET_POSTGRES": postgres_admin, "SERHET_LOGINS": str(logins)}
    env["SERHET_SESSIONS"] = str(sessions(processes))
    return Program(name="prepare", stage=PREPARE_STAGE, argv=(*CHASSIS, "prepare"), env=env, once=True)


def environment(kafka: str, given: Credentials, doors: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What every service is told alike. `doors` are the base URLs of each service's processes."""
    return {
        "SERHET_ENV": os.environ.get("SERHET_ENV", "development"),
        "SERHET_KAFKA": kafka,
        "SERHET_JWKS": str(given.jwks),
        "SERHET_TOKEN": str(given.token),
        "SERHET_DOORS": json.dumps({name: list(urls) for name, urls in doors.items()}),
    }


def serving(name: str, service: str, port: int, postgres: str, common: Mapping[str, str]) -> Program:
    """One process of a service, on the port given."""
    return Program(
        name=name,
        stage=SERVICE_STAGE,
        argv=(*CHASSIS, "serve", service),
        env={**common, **ALLOCATOR, "SERHET_POSTGRES": postgres, "SERHET_PORT": str(port)},
        address=f"http://{HOST}:{port}",
        check=f"http://{HOST}:{port}/health",
    )
