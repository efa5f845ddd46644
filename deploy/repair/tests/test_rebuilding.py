"""A lost database or topic is brought back, a copy is put back, and what is lost is listed. Each service runs twice."""

import asyncio
import itertools
import json
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psycopg
import pytest

from client import ROUTES, Answer, Client, Patience
from client.scenarios import documents
from deploy.local.failure import StackError
from deploy.local.issuer import make_token
from deploy.local.stack import Stack
from deploy.local.status import State
from deploy.local.table import as_json
from deploy.local.telling import Silent
from deploy.repair import databases, rebuilding, restoring, topics, waiting
from deploy.repair.losses import Losses
from deploy.testing.programs import command, typed, wait_for
from deploy.testing.stacks import local_stack
from servers.logins import at_database

pytestmark = pytest.mark.minutes

REPAIR = "deploy.repair"
TOPIC = "customs.arrival.v1"
BOTH = ("arrival", "arrival-2")
PATIENCE = Patience(seconds=30)
KEYS = (f"notice-{number}" for number in itertools.count(1))


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with local_stack(names=("arrival", "presentation"), processes=2) as running:
        yield running


def announce(stack: Stack, key: str, door: int = 0, again: str = "") -> tuple[str, str]:
    """A notice of a truck named after its key, or another one `again`; what was answered, and the id in its receipt."""
    token = make_token(stack.path, subject="notifier", roles=["administration"])
    notice = documents.notice(documents.carnet(f"M-{key}"), [f"C-{key}"])

    async def send() -> Answer:
        async with Client({"arrival": stack.doors("arrival")[door : door + 1]}, patience=PATIENCE) as client:
            return await client.send(ROUTES["NotifyArrival"], notice, token, key + again)

    answer = asyncio.run(send())
    return answer.outcome, answer.receipt.id


def some(stack: Stack, count: int = 3) -> list[str]:
    """Notices at both doors, in turn; their keys."""
    keys = list(itertools.islice(KEYS, count))
    for number, key in enumerate(keys):
        announce(stack, key, number % 2)
    return keys


def value(url: str, text: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(text.encode()).fetchone()
        return row and row[0]


def journal(stack: Stack, database: str = "arrival") -> object:
    """Everything in the journal, as one hash."""
    hashed = "SELECT md5(string_agg(chain::text, '' ORDER BY partition, position)) FROM journal"
    return value(at_database(stack.postgres_admin, database), hashed)


def published(stack: Stack) -> None:
    """Wait until arrival has nothing more to tell itself, and the whole of its journal is on its topic."""
    wait_for(lambda: value(stack.postgres("arrival"), "SELECT count(*) FROM agenda") == 0)

    async def wait() -> None:
        await waiting.until_published(stack, {"arrival": await databases.ends(stack, "arrival")}, Silent())

    asyncio.run(wait())


def unpublished(stack: Stack) -> list[str]:
    """Keys of notices that were answered while the broker was down; arrival stops before it is back."""
    published(stack)
    stack.stop("kafka")
    keys = some(stack, 2)
    stack.stop(*BOTH)
    stack.start("kafka")
    return keys


def keys_of(found: Losses) -> list[str]:
    return sorted(lost.idempotencykey for lost in found.lost)


def test_both_processes_of_each_service_run_on_ports_of_their_own_and_know_the_others(stack: Stack) -> None:
    now = stack.status()
    for service in stack.services:
        assert stack.programs(service.name) == (service.name, f"{service.name}-2")
        addresses = [now[name].address for name in stack.programs(service.name)]
        assert addresses == list(stack.doors(service.name))
    plan = json.loads((stack.folder / "plan.json").read_text(encoding="utf-8"))["programs"]
    env = next(each["env"] for each in plan if each["name"] == "presentation-2")
    assert json.loads(env["SERHET_DOORS"])["arrival"] == list(stack.doors("arrival"))
    assert Path(env["SERHET_TOKEN"]).is_file()
    told = json.loads(as_json(stack, now))
    assert told["doors"]["arrival-2"] == stack.doors("arrival")[1]
    assert sorted(told["databases"]) == ["arrival", "presentation"]


def test_one_process_is_stopped_let_go_on_and_killed_by_its_own_name(stack: Stack) -> None:
    before = {name: stack.status()[name].pid for name in BOTH}
    stack.kill("arrival-2", signal.SIGSTOP)
    wait_for(lambda: stack.status()["arrival-2"].state is State.UNREADY)
    stack.kill("arrival-2", signal.SIGCONT)
    wait_for(lambda: stack.status().up)
    assert {name: stack.status()[name].pid for name in BOTH} == before
    stack.kill("arrival-2", signal.SIGKILL)
    wait_for(lambda: stack.status()["arrival-2"].restarts == 1 and stack.status().up)
    assert stack.status()["arrival"].pid == before["arrival"]


def test_a_topic_that_lost_its_tail_or_all_is_filled_from_the_journal_and_from_nowhere_else(stack: Stack) -> None:
    some(stack, 6)
    published(stack)
    before = asyncio.run(topics.ends(stack.kafka, TOPIC))
    wait_for(lambda: value(stack.postgres("presentation"), HEARD) == sum(before.values()))
    stack.stop(*BOTH)
    assert asyncio.run(topics.cut(stack.kafka, TOPIC, dict.fromkeys(before, 1))) > 0
    with pytest.raises(StackError, match=r"presentation has applied arrival/\d+ up to position \d+, and the topic"):
        asyncio.run(rebuilding.from_kafka(stack, ["arrival"], Silent()))
    stack.stop(*BOTH)
    asyncio.run(topics.recreate(stack.kafka, [TOPIC]))
    with pytest.raises(StackError, match=f"{TOPIC} is empty and the database arrival is not"):
        asyncio.run(rebuilding.from_kafka(stack, ["arrival"], Silent()))
    asyncio.run(rebuilding.from_journal(stack, ["arrival"], Silent()))
    assert asyncio.run(topics.ends(stack.kafka, TOPIC)) == before
    assert stack.status().up


HEARD = "SELECT coalesce(sum(position), 0) FROM fences WHERE upstream = 'arrival'"


def test_a_database_that_is_gone_comes_back_from_its_topic_byte_for_byte_and_only_so(stack: Stack) -> None:
    some(stack)
    published(stack)
    stack.stop(*BOTH)
    before, ends = journal(stack), asyncio.run(topics.ends(stack.kafka, TOPIC))
    asyncio.run(databases.set_aside(stack, "arrival"))
    rebuilding.prepare(stack)
    with pytest.raises(StackError, match="with an entry that the journal does not hold"):
        asyncio.run(rebuilding.from_journal(stack, ["arrival"], Silent()))
    assert asyncio.run(topics.ends(stack.kafka, TOPIC)) == ends
    found = asyncio.run(rebuilding.from_kafka(stack, ["arrival"], Silent()))
    assert (found.lost, found.file, journal(stack)) == ([], None, before)


def test_a_rebuild_lists_by_key_what_is_lost_even_if_it_was_interrupted(stack: Stack) -> None:
    kept, lost = some(stack), unpublished(stack)
    asyncio.run(databases.set_aside(stack, "arrival"))
    rebuilding.prepare(stack)
    asyncio.run(databases.set_aside(stack, "arrival"))  # An empty one is no loss and is not kept.
    assert len(databases.remembered(stack.folder, "arrival")) == 1
    found = asyncio.run(rebuilding.from_kafka(stack, ["arrival"], Silent()))
    assert keys_of(found) == sorted(lost)
    assert {(each.client, each.type) for each in found.lost} == {("notifier", "NotifyArrival")}
    assert found.file is not None
    assert stat.S_IMODE(found.file.stat().st_mode) == 0o600
    lines = [json.loads(line) for line in found.file.read_text(encoding="utf-8").splitlines()]
    assert sorted(line["idempotencykey"] for line in lines) == sorted(lost)
    assert lines[0]["data"]["vehicle"] == documents.notice("", ())["vehicle"]
    assert [announce(stack, key)[0] for key in (kept[0], *lost)] == ["recorded"] * 3  # The same key repeats it.
    assert databases.remembered(stack.folder, "arrival") == []


def test_a_copy_is_put_back_while_the_service_runs_and_it_catches_up(stack: Stack, tmp_path: Path) -> None:
    some(stack)
    file = tmp_path / "arrival.copy"
    asyncio.run(restoring.copy(stack, "arrival", file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    later = some(stack, 4)
    published(stack)
    before, pids = journal(stack), [stack.status()[name].pid for name in BOTH]
    found = asyncio.run(restoring.restore(stack, "arrival", file, Silent()))
    assert (found.lost, journal(stack)) == ([], before)
    assert [stack.status()[name].pid for name in BOTH] == pids
    assert announce(stack, later[0])[0] == "recorded"


def test_of_what_the_topic_holds_nothing_is_lost_though_old_entries_stand_behind_it(
    stack: Stack, tmp_path: Path
) -> None:
    keys = some(stack)
    published(stack)
    file = tmp_path / "arrival.copy"
    asyncio.run(restoring.copy(stack, "arrival", file))
    for key in keys:
        announce(stack, key, again="-again")
    published(stack)
    before = journal(stack)
    stack.stop(*BOTH)
    records = asyncio.run(topics.read(stack.kafka, TOPIC))
    asyncio.run(topics.write(stack.kafka, TOPIC, {n: found[:2] for n, found in records.items()}))
    asyncio.run(restoring.put_back(stack, "arrival", file, Silent()))
    with pytest.raises(StackError, match="with an entry that the journal does not hold"):
        asyncio.run(rebuilding.from_journal(stack, ["arrival"], Silent()))
    stack.start(*BOTH)
    found = asyncio.run(restoring.heal(stack, "arrival", Silent()))
    assert (found.lost, journal(stack)) == ([], before)


def test_what_a_restore_loses_is_listed_by_key(stack: Stack, tmp_path: Path) -> None:
    file = tmp_path / "arrival.copy"
    asyncio.run(restoring.copy(stack, "arrival", file))
    lost = unpublished(stack)
    kept = asyncio.run(restoring.put_back(stack, "arrival", file, Silent()))
    stack.start(*BOTH)
    assert keys_of(asyncio.run(restoring.heal(stack, "arrival", Silent()))) == sorted(lost)
    assert kept is not None
    asyncio.run(restoring.drop(stack, kept))
    with pytest.raises(StackError, match=f"there is no database {kept}"):
        asyncio.run(restoring.drop(stack, kept))


def test_what_is_no_copy_changes_nothing(stack: Stack, tmp_path: Path) -> None:
    before = journal(stack)
    (tmp_path / "notes.txt").write_text("no copy", encoding="utf-8")
    with pytest.raises(StackError, match=r"pg_restore failed: .*does not appear to be a valid archive"):
        asyncio.run(restoring.restore(stack, "arrival", tmp_path / "notes.txt", Silent()))
    with pytest.raises(StackError, match=r"pg_restore failed: .*could not open input file"):
        asyncio.run(restoring.restore(stack, "arrival", tmp_path / "nothing", Silent()))
    with pytest.raises(StackError, match="there is no service arivval"):
        asyncio.run(restoring.copy(stack, "arivval", tmp_path / "copy"))
    with pytest.raises(StackError, match="is not the name of a database that was set aside"):
        asyncio.run(restoring.drop(stack, "arrival"))
    assert journal(stack) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt"]


async def test_a_database_is_exchanged_under_sessions_that_come_again_and_again(stack: Stack, tmp_path: Path) -> None:
    file = tmp_path / "presentation.copy"
    await restoring.copy(stack, "presentation", file)
    ended = asyncio.Event()

    async def knock() -> int:
        """A client that opens a session as soon as it lost one; it always meets a database with a journal."""
        met = 0
        while not ended.is_set():
            try:
                session = await asyncpg.connect(stack.postgres("presentation"), timeout=10)
            except (asyncpg.PostgresError, OSError):
                await asyncio.sleep(0)
                continue
            try:
                assert await session.fetchval("SELECT count(*) FROM counters") == 24
                met += 1
            except (asyncpg.AdminShutdownError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError):
                continue
            finally:
                session.terminate()
        return met

    clients = [asyncio.create_task(knock()) for _ in range(3)]
    await restoring.put_back(stack, "presentation", file, Silent())
    ended.set()
    assert sum(await asyncio.gather(*clients)) > 0


def test_the_command_is_killed_run_again_on_a_stack_that_is_down_and_audits(stack: Stack) -> None:
    some(stack)
    published(stack)
    stack.down()
    place = (stack.path, stack.offset)
    code, _, err = typed(place, "restore", "arrival", "nothing", room=REPAIR)
    assert (code, err) == (1, "the stack is not running: make up\n")
    with command(place, "rebuild", "--from", "kafka", room=REPAIR) as process:
        wait_for(lambda: stack.folder.status.exists() and stack.status()["postgres"].state is State.UP)
        time.sleep(3.0)
        process.kill()
    code, out, err = typed(place, "rebuild", "--from", "kafka", room=REPAIR)
    assert code == 0, out + err
    assert "nothing was lost" in out
    assert "verify: positions, chains and states agree" in out
    assert stack.status().up
    code, _, err = typed(place, "rebuild", "--from", "kafka", "arivval", room=REPAIR)
    assert (code, err.startswith("there is no service arivval")) == (1, True)
    code, out, err = typed(place, "rebuild", "--from", "journal", "--no-verify", "arrival", room=REPAIR)
    assert (code, "are back from the journal" in out, "verify" in out) == (0, True, False), err
