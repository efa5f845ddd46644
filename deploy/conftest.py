"""Real processes for the tests of the local stack: each on ports and in a folder of its own, stopped afterwards."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local import control
from deploy.local.folder import Folder
from deploy.local.program import Plan, Program
from deploy.local.stack import Stack
from deploy.testing import stacks


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path / "state")
    made.make()
    yield made
    control.stop(made)


@pytest.fixture
def supervise(folder: Folder) -> Callable[..., Folder]:
    """Start a supervisor over these programs."""

    def begin(*programs: Program) -> Folder:
        control.begin(folder, Plan(programs=programs, owner_pid=os.getpid()))
        return folder

    return begin


@pytest.fixture(scope="module")
def servers() -> Iterator[Stack]:
    """Kafka and PostgreSQL, up."""
    with stacks.local_stack() as stack:
        yield stack


@pytest.fixture
def place() -> Iterator[tuple[Path, int]]:
    """A folder and an offset that nobody else uses."""
    with stacks.free_place() as (path, offset):
        Stack(path, offset).clean()
        yield path, offset
        Stack(path, offset).clean()
