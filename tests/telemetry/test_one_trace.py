"""One life is one trace, through all services; and what services count is what stands in their journals."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import httpx
import psycopg
import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from client import Document
from client.scenarios.documents import carnet
from client.scenarios.road import PLAIN, Lorry
from deploy.local.stack import Stack
from servers.logins import at_database
from telemetry import names
from tests.faults.gathering import SERVICES
from tests.lifecycle import road
from tests.lifecycle.border import SECONDS_MAX, Border
from tests.telemetry.receiver import Receiver, Span

pytestmark = pytest.mark.minutes

TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
MOVEMENT, CONSIGNMENT = carnet("T-whole"), "T-whole-1"
STREAMS = (f"movement/{MOVEMENT}", f"consignment/{CONSIGNMENT}")
SERVER, CONSUMER = 2, 5


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def traced(told: Stack) -> AsyncIterator[Border]:
    """Everybody at the border, with one trace."""
    async with Border(told, {"traceparent": f"00-{TRACE}-{CALLER}-01"}) as border:
        yield border


async def life(border: Border) -> None:
    """From the notice to completion."""
    await border.go(PLAIN, Lorry(movement=MOVEMENT, consignments=(CONSIGNMENT,)))
    await border.until_recorded("release", STREAMS[1], "ClearanceCompleted")


async def entries(border: Border) -> dict[str, Document]:
    """Every entry of the two streams, in all services, by its id."""
    shown = [await border.read(service, stream) for service in SERVICES for stream in STREAMS]
    return {entry["id"]: entry for one in shown if one for entry in one.timeline}


async def received(receiver: Receiver, so: Callable[[dict[str, Span]], bool]) -> dict[str, Span]:
    """The spans by id, as soon as it is so."""
    spans: dict[str, Span] = {}
    async with asyncio.timeout(SECONDS_MAX):
        while not spans or not so(spans):
            spans = {span.id: span for span in receiver.spans()}
            await asyncio.sleep(0.1)
    return spans


def written(spans: Mapping[str, Span]) -> Counter[str]:
    """How often each entry is said to have been written under a span."""
    found: Counter[str] = Counter()
    for span in spans.values():
        found.update(under(span, names.ENTRIES))
    return found


def under(span: Span, name: str) -> tuple[str, ...]:
    found = span.said.get(name, ())
    assert isinstance(found, tuple)
    return found


def way_to(span: Span, spans: Mapping[str, Span]) -> list[Span]:
    """From the first of its ancestors that there is down to it."""
    above = spans.get(span.parent)
    return [*(way_to(above, spans) if above else []), span]


async def test_a_whole_life_is_one_trace_from_the_first_post_to_completion(traced: Border, receiver: Receiver) -> None:
    await life(traced)
    of_life = await entries(traced)
    everything = await received(receiver, lambda spans: set(of_life) <= set(written(spans)))
    spans = {span.id: span for span in everything.values() if span.trace == TRACE}

    assert {span.service for span in spans.values()} == set(SERVICES)
    assert {span.parent for span in spans.values()} - set(spans) == {CALLER}
    assert max(written(spans).values()) == 1
    assert set(of_life) <= set(written(spans))
    for span in spans.values():
        assert span.start <= span.end
        assert {of_life[id_]["traceparent"][36:52] for id_ in under(span, names.ENTRIES) if id_ in of_life} <= {span.id}
        assert {of_life[id_]["correlationid"] for id_ in under(span, names.ENTRIES) if id_ in of_life} <= {
            span.said[names.CORRELATION]
        }

    first = min((span for span in spans.values() if span.kind == SERVER), key=lambda span: span.start)
    assert (first.name, first.said[names.STREAM]) == ("POST /arrival-notices", STREAMS[0])
    (last,) = [span for span in spans.values() if "ClearanceCompleted" in under(span, names.EVENTS)]
    assert (last.service, under(last, names.RULES)[-1]) == ("release", "L1")
    assert way_to(last, spans)[0].parent == CALLER


async def test_a_records_span_is_linked_to_that_of_its_batch(receiver: Receiver) -> None:
    spans = receiver.spans()
    batches = {span.trace for span in spans if span.name == names.BATCH}
    records = [span for span in spans if span.kind == CONSUMER]
    assert len(records) > 10
    assert all(len(span.links) == 1 for span in records)
    assert {trace for span in records for trace in span.links} <= batches


async def test_one_post_leads_through_every_service_that_heard_of_it(told: Stack, receiver: Receiver) -> None:
    async with Border(told) as border:
        await road.notice(border, carnet("T-alone"), "T-alone-1")

    def of_post(spans: Mapping[str, Span]) -> list[Span]:
        found = [span for span in spans.values() if span.said.get(names.STREAM) == f"movement/{carnet('T-alone')}"]
        roots = [span for span in found if span.kind == SERVER]
        return [span for span in spans.values() if roots and span.trace == roots[0].trace]

    def all_there(spans: Mapping[str, Span]) -> bool:
        found = of_post(spans)
        return {one.service for one in found} == set(SERVICES) and names.TOLD in {one.name for one in found}

    spans = of_post(await received(receiver, all_there))
    assert [span.name for span in spans if not span.parent] == ["POST /arrival-notices"]
    assert {span.name for span in spans} >= {names.TOLD, f"{names.PROCESS} customs.arrival.v1"}


async def test_each_process_shows_what_stands_in_its_journal(told: Stack, receiver: Receiver) -> None:
    async with httpx.AsyncClient(timeout=30.0, trust_env=False) as client:
        for service in SERVICES:
            text = (await client.get(f"{told.door(service)}/metrics")).raise_for_status().text
            counted = samples(text, "serhet_entries_written_total")
            assert counted == journal_of(told, service)
            lag = {labels["serhet_upstream"]: value for labels, value in labelled(text, "serhet_upstream_lag_seconds")}
            assert set(lag) == set(SERVICES[: SERVICES.index(service)])
            for gauge in ("relay_age_seconds", "runner_age_seconds", "commands_waiting", "troubles", "streams_parked"):
                ((_, value),) = labelled(text, f"serhet_{gauge}")
                assert value < 5

    def all_there(sent: set[tuple[str, str]]) -> bool:
        wanted = (names.WRITTEN, names.OUTCOMES, names.INPUTS, names.COMMITTING, names.REQUESTS, names.RELAY_AGE)
        return {(service, metric.name) for service in SERVICES for metric in wanted} <= sent

    async with asyncio.timeout(SECONDS_MAX):
        while not all_there(receiver.metrics()):  # noqa: ASYNC110 - what is waited for comes on a thread
            await asyncio.sleep(0.2)


def labelled(text: str, name: str) -> list[tuple[dict[str, Any], float]]:
    families = text_string_to_metric_families(text)
    return [(one.labels, one.value) for family in families for one in family.samples if one.name == name]


def samples(text: str, name: str) -> dict[tuple[str, str], int]:
    return {
        (labels["serhet_entry_kind"], labels["cloudevents_event_type"]): int(value)
        for labels, value in labelled(text, name)
    }


def journal_of(stack: Stack, service: str) -> dict[tuple[str, str], int]:
    with psycopg.connect(at_database(stack.postgres_admin, service)) as connection:
        rows = connection.execute("SELECT kind, type, count(*) FROM journal GROUP BY kind, type").fetchall()
    return {(kind, type_): count for kind, type_, count in rows}
