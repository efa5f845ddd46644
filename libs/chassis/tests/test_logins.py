"""Services on a broker that lets in only whom it knows, each only to what docs/operating.md says that it needs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from structlog.testing import capture_logs

from chassis.running import Runner
from chassis.service import Service
from chassis.serving import closed, running
from chassis.tests.guarded import Guarded, Right, guarded
from chassis.tests.parcels import JUDGE, KEEPER, SENDER
from chassis.tests.test_runner import parcel, until
from chassis.tests.workbench import Bench, send
from chassis.write.journal import Database
from entries.entry import PARTITIONS
from servers import standing
from servers.kafka import REQUEST_MS, Kafka, options


def rights(service: Service) -> list[Right]:
    """What a service needs, and no more."""
    own, heard = service.topic, [contract.TOPIC for contract in service.hears.values()]
    group: list[Right] = [("GROUP", f"serhet-{service.name}", "READ")] if heard else []
    return [
        ("TOPIC", own, "WRITE"),
        *(("TOPIC", topic, operation) for topic in (own, *heard) for operation in ("READ", "DESCRIBE_CONFIGS")),
        *group,
    ]


@pytest.fixture(scope="module")
def place(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    with guarded(bench.postgres, tmp_path_factory.mktemp("guarded")) as made:
        yield made


@asynccontextmanager
async def run(place: Guarded, service: Service, login: Kafka) -> AsyncIterator[Runner]:
    database = await Database.connect(place.bench.url(service), service.name)
    try:
        async with running(service, database, login, f"{service.name}-guarded") as runner:
            yield runner
    finally:
        await closed(database)


async def test_services_work_with_logins_that_may_no_more_than_they_need(place: Guarded) -> None:
    await place.bench.fresh(SENDER, KEEPER)
    place.password("sender", "sender-in")
    for service in (SENDER, KEEPER):
        place.grant(service.name, rights(service))
    sender, keeper = place.login("sender", "sender-in"), place.login("keeper", "keeper-in", "PLAIN")
    async with run(place, SENDER, sender) as sending, run(place, KEEPER, keeper) as keeping:
        (answer,) = await send(sending, SENDER, parcel("P1", "a"))
        assert answer.status == 200

        async def kept() -> bool:
            return sum(map(len, (await place.bench.topic(KEEPER)).values())) == 1

        await until(kept)
        assert [*sending.troubles(), *keeping.troubles()] == []


async def test_a_wrong_password_is_said_and_tried_again_at_leisure_until_it_is_put_right(
    place: Guarded, caplog: pytest.LogCaptureFixture
) -> None:
    await place.bench.fresh(SENDER)
    place.password("sender", "sender-in")
    place.grant("sender", rights(SENDER))
    caplog.set_level(logging.ERROR, logger="aiokafka")
    beginning = asyncio.create_task(begun(place, SENDER, place.login("sender", "wrong")))
    await asyncio.sleep(2.0)
    place.login("sender", "sender-in")
    async with asyncio.timeout(20):
        await beginning
    said = [record.getMessage() for record in caplog.records if record.name.startswith("aiokafka")]
    assert 2 <= len(said) <= 6
    assert all("Authentication failed" in message for message in said)


async def test_a_right_that_lacks_is_said_and_works_as_soon_as_it_is_given(place: Guarded) -> None:
    await place.bench.fresh(SENDER, JUDGE)
    place.password("judge", "judge-in")
    place.grant("judge", [right for right in rights(JUDGE) if right[0] != "GROUP" and right[2] != "DESCRIBE_CONFIGS"])
    with capture_logs() as said:
        beginning = asyncio.create_task(begun(place, JUDGE, place.login("judge", "judge-in")))
        await until(lambda: told(said, "GroupAuthorizationFailed"))
        place.grant("judge", rights(JUDGE))
        async with asyncio.timeout(20):
            await beginning


async def test_who_may_not_see_how_its_topics_stand_says_so(place: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "LOOK_SECONDS", 0.5)
    await place.bench.fresh(SENDER)
    place.password("blind", "blind-in")
    place.grant("blind", [right for right in rights(SENDER) if right[2] != "DESCRIBE_CONFIGS"])
    async with run(place, SENDER, place.login("blind", "blind-in")) as sender:

        async def said() -> bool:
            return any("cannot be seen (docs/operating.md, Kafka's logins)" in trouble for trouble in sender.troubles())

        await until(said)


async def begun(place: Guarded, service: Service, login: Kafka) -> None:
    """A service that has got in, and ends."""
    async with run(place, service, login) as runner:

        async def assigned() -> bool:
            return not runner.reader or len(runner.reader.partitions) == PARTITIONS

        await until(assigned)


async def told(said: Sequence[Any], word: str) -> bool:
    return any(word in str(event.get("error")) for event in said)


def test_a_login_that_is_not_whole_is_refused_at_once() -> None:
    with pytest.raises(ValidationError, match="SERHET_KAFKA_PASSWORD_FILE"):
        Kafka(servers="127.0.0.1:1", protocol="SASL_SSL", user="sender")


def test_who_knows_no_more_than_an_address_gets_in_by_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (password := tmp_path / "password").write_text("first\n")
    for name, value in (("PROTOCOL", "SASL_PLAINTEXT"), ("USER", "audit"), ("PASSWORD_FILE", str(password))):
        monkeypatch.setenv(f"SERHET_KAFKA_{name}", value)
    assert options("one:1,two:2") == {
        "bootstrap_servers": "one:1,two:2", "security_protocol": "SASL_PLAINTEXT", "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "audit", "sasl_plain_password": "first",
        "request_timeout_ms": REQUEST_MS,
    }  # fmt: skip
    password.write_text("second\n")
    assert options("one:1")["sasl_plain_password"] == "second"  # noqa: S105 - of nobody
