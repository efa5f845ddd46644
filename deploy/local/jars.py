"""Kafka's jars: fetched by jgo at pinned versions, kept in a cache outside the clone, each checked by its SHA-256."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

import requests
from jgo.config import GlobalSettings
from jgo.maven import MavenContext
from jgo.parse import Coordinate

from deploy.local.failure import StackError
from deploy.local.folder import locked
from deploy.local.telling import Silent, Tell

KAFKA_VERSION = "4.2.2"
HERE = Path(__file__).parent
BROKER_DIGESTS = HERE / "kafka-jars.sha256"
TOOLS_DIGESTS = HERE / "kafka-tools.sha256"
ATTEMPTS = 3
AT_ONCE = 6
TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Jar:
    """One pinned jar: `group:artifact:version` and the SHA-256 of its bytes."""

    coordinate: str
    digest: str

    @property
    def file(self) -> str:
        _, artifact, version = self.coordinate.split(":")
        return f"{artifact}-{version}.jar"

    def is_at(self, path: Path) -> bool:
        """Whether the file is there with exactly the pinned bytes."""
        return path.is_file() and sha256(path) == self.digest


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pinned(digests: Path) -> tuple[Jar, ...]:
    """The jars of a digest file: a line is a digest, blanks, a coordinate."""
    lines = (line.split() for line in digests.read_text(encoding="utf-8").splitlines() if line)
    return tuple(Jar(coordinate=coordinate, digest=digest) for digest, coordinate in lines)


def cache() -> Path:
    """The folder of the jars, the same for every clone of this user."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "serhet" / f"kafka-{KAFKA_VERSION}"


def fetch(tell: Tell | None = None, tools: bool = False) -> tuple[Path, ...]:
    """The paths of Kafka's jars (and of its command line tools), fetched where missing or broken.

    Two that fetch at once wait for each other. StackError names the jar that could not be had.
    """
    tell = tell or Silent()
    jars = pinned(BROKER_DIGESTS) + (pinned(TOOLS_DIGESTS) if tools else ())
    folder = cache()
    with locked(folder / "fetching.lock"):
        missing = [jar for jar in jars if not jar.is_at(folder / jar.file)]
        for jar in missing:
            if (folder / jar.file).exists():
                tell.say(f"{folder / jar.file} is broken (its SHA-256 is not the pinned one): fetching it again")
        if missing:
            _fetch_all(missing, folder, tell)
    return tuple(folder / jar.file for jar in jars)


def _fetch_all(missing: list[Jar], folder: Path, tell: Tell) -> None:
    incoming = folder / "incoming"
    shutil.rmtree(incoming, ignore_errors=True)
    tell.say(f"Kafka {KAFKA_VERSION}: fetching {len(missing)} jars into {folder}")
    began, size = time.monotonic(), 0
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        work = [pool.submit(_fetch_one, jar, folder, incoming, tell) for jar in missing]
        for count, done in enumerate(as_completed(work), start=1):
            size += done.result().stat().st_size
            tell.show(f"Kafka {KAFKA_VERSION}: {count} of {len(missing)} jars, {size / 1e6:.1f} MB")
    finally:
        pool.shutdown(cancel_futures=True)
        shutil.rmtree(incoming, ignore_errors=True)
    tell.say(f"Kafka {KAFKA_VERSION}: {len(missing)} jars, {size / 1e6:.1f} MB in {time.monotonic() - began:.0f} s")


def _fetch_one(jar: Jar, folder: Path, incoming: Path, tell: Tell) -> Path:
    """Fetch one jar beside the cache, check it, and only then move it in."""
    problem = ""
    for attempt in range(ATTEMPTS):
        time.sleep(2**attempt - 1)
        try:
            came = _download(jar, incoming / str(attempt))
        except (requests.RequestException, RuntimeError, OSError) as error:
            problem = str(error)
        else:
            if jar.is_at(came):
                return came.replace(folder / jar.file)
            problem = f"its SHA-256 is {sha256(came)}, pinned is {jar.digest}"
        tell.say(f"{jar.file}: attempt {attempt + 1} of {ATTEMPTS} failed: {problem}")
    raise StackError(
        f"could not fetch {jar.coordinate}: {problem}. What came in whole is kept: run the command again once "
        f"the network answers, or put {jar.file} into {folder} yourself"
    )


def _context(folder: Path) -> MavenContext:
    """Repositories of the user's own jgo configuration come before the default one, and may replace it."""
    defaults = MavenContext(repo_cache=folder).remote_repos
    repositories = GlobalSettings.load().repositories
    remote = repositories | {name: url for name, url in defaults.items() if name not in repositories}
    return MavenContext(repo_cache=folder, remote_repos=remote, timeout=TIMEOUT_SECONDS)


def _download(jar: Jar, folder: Path) -> Path:
    group, artifact, version = jar.coordinate.split(":")
    return Path(_context(folder).project(group, artifact).at_version(version).artifact().resolve())


def resolve(roots: Iterable[str], folder: Path) -> tuple[Jar, ...]:
    """The jars that the roots need at run time, with the digests of what the repository serves now: for pinning."""
    context = _context(folder)
    asked = [context.create_dependency(replace(Coordinate.parse(root), scope="compile")) for root in roots]
    inputs, transitive = context.resolver.resolve(asked)
    found = [*inputs, *(each for each in transitive if each.scope in ("compile", "runtime"))]
    jars = {f"{each.groupId}:{each.artifactId}:{each.version}": each.artifact for each in found}
    return tuple(Jar(name, sha256(Path(artifact.resolve()))) for name, artifact in sorted(jars.items()))
