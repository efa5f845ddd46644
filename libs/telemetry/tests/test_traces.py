"""Spans in memory: whose child each is, when it ends, and that none is left half done."""

import asyncio
from typing import Any

import orjson
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.trace import SpanKind, StatusCode

from telemetry import names
from telemetry.contexts import context_of, traceparent_of, written
from telemetry.exporting import resource_of
from telemetry.metrics import Metrics
from telemetry.tests.shapes import CALLER, Act, Answer, Memory, Written
from telemetry.traces import Traces

TOPICS = {"keeper": "test.keeper.v1"}


def metrics() -> Metrics:
    return Metrics({}, resource_of("sender", "sender-1"), [])


def said(span: ReadableSpan, name: str) -> Any:
    return (span.attributes or {}).get(name)


def own(span: ReadableSpan) -> str:
    context = span.get_span_context()
    assert context is not None
    return f"{context.trace_id:032x}-{context.span_id:016x}"


def parent(span: ReadableSpan) -> str | None:
    return f"{span.parent.trace_id:032x}-{span.parent.span_id:016x}" if span.parent else None


async def asked(traces: Traces, headers: dict[str, str]) -> tuple[str, "asyncio.Future[Any]"]:
    found = traces.asked("/parcels", headers)(Act())
    return found["traceparent"], found["answer"]


async def test_a_commands_span_is_the_callers_child_and_ends_with_the_answer() -> None:
    memory = Memory()
    traceparent, answer = await asked(Traces(TOPICS, memory.provider), {"traceparent": CALLER})
    await asyncio.sleep(0)
    assert memory.spans == []
    told = {
        "outcome": "refused", "receipt": {"id": "sender/3/17"},
        "events": [{"id": "sender/3/18", "type": "Refused", "data": {"rule": "L2"}}],
    }  # fmt: skip
    answer.set_result(Answer(200, orjson.dumps(told)))
    await asyncio.sleep(0)
    (span,) = memory.spans
    assert (span.name, span.kind, parent(span)) == ("POST /parcels", SpanKind.SERVER, CALLER[3:-3])
    assert traceparent == f"00-{own(span)}-01"
    found = [said(span, name) for name in (names.HTTP_STATUS, names.CORRELATION, names.OUTCOME, names.RULES)]
    assert found == [200, "sender/3/17", "refused", ("L2",)]
    assert (said(span, names.ENTRIES), said(span, names.EVENTS)) == (("sender/3/17", "sender/3/18"), ("Refused",))


async def test_a_command_without_a_caller_begins_a_trace_and_one_that_is_not_answered_ends_with_an_error() -> None:
    memory = Memory()
    _, answer = await asked(Traces(TOPICS, memory.provider), {})
    answer.cancel()
    await asyncio.sleep(0)
    (span,) = memory.spans
    assert (parent(span), span.status.status_code) == (None, StatusCode.ERROR)


async def test_who_does_not_want_to_be_traced_is_not() -> None:
    memory = Memory()
    traceparent, answer = await asked(Traces(TOPICS, memory.provider), {"traceparent": CALLER[:-2] + "00"})
    answer.set_result(Answer(200, b"{}"))
    await asyncio.sleep(0)
    assert memory.spans == []
    assert traceparent[:35] == CALLER[:35]
    assert traceparent.endswith("-00")


async def test_without_spans_a_command_carries_its_callers_context_or_a_new_one() -> None:
    traces = Traces(TOPICS, None)
    assert (await asked(traces, {"traceparent": CALLER}))[0] == CALLER
    first, second = [(await asked(traces, {}))[0] for _ in range(2)]
    assert first != second
    assert traceparent_of({"traceparent": first}) == first
    assert traceparent_of({"traceparent": "00-0-0-00"}) is None


def test_a_record_is_the_child_of_what_led_to_it_and_linked_to_its_batch() -> None:
    memory = Memory()
    batch = Traces(TOPICS, memory.provider).batch(metrics())
    carried = batch.under("keeper/3/7", Act(correlationid="keeper/1/1", traceparent=CALLER))
    assert batch.under("keeper/3/7", Act(correlationid="keeper/1/1", traceparent=CALLER)) == carried
    assert memory.spans == []
    batch.committed([Written(id="sender/3/1", traceparent=carried, value=b'{"data":{"rule":"C3"}}')])
    record, whole = memory.spans
    assert (record.name, record.kind, parent(record)) == ("process test.keeper.v1", SpanKind.CONSUMER, CALLER[3:-3])
    assert carried == f"00-{own(record)}-01"
    assert [link.context for link in record.links] == [whole.get_span_context()]
    assert (whole.name, parent(whole), said(whole, names.MESSAGES)) == ("batch", None, 2)
    found = [said(record, name) for name in (names.MESSAGE_ID, names.CORRELATION, names.EVENTS, names.RULES)]
    assert found == ["keeper/3/7", "keeper/1/1", ("Sent",), ("C3",)]
    assert said(record, names.ENTRIES) == ("sender/3/1",)


def test_a_told_command_is_a_child_and_a_deadline_begins_a_trace() -> None:
    memory = Memory()
    batch = Traces(TOPICS, memory.provider).batch(metrics())
    batch.under("sender/3/7", Act(correlationid="sender/1/1", causationid="sender/1/2", traceparent=CALLER))
    batch.under("sender/3/8", Act())
    batch.committed([])
    told, due, _ = memory.spans
    assert (told.name, told.kind, parent(told)) == ("told", SpanKind.INTERNAL, CALLER[3:-3])
    assert said(told, names.CAUSE) == "sender/1/2"
    assert (due.name, due.kind, parent(due)) == ("due", SpanKind.INTERNAL, None)
    assert said(due, names.CORRELATION) == "sender/3/8"


def test_a_batch_that_is_not_committed_and_an_act_that_comes_again_leave_nothing() -> None:
    memory = Memory()
    traces = Traces(TOPICS, memory.provider)
    traces.batch(metrics()).under("keeper/3/7", Act(correlationid="keeper/1/1", traceparent=CALLER))
    batch = traces.batch(metrics())
    batch.under("keeper/3/7", Act(correlationid="keeper/1/1", traceparent=CALLER))
    batch.forget("keeper/3/7")
    batch.committed([])
    assert memory.spans == []


def test_a_command_for_whose_answer_somebody_waits_has_its_span_already() -> None:
    memory = Memory()
    batch = Traces(TOPICS, memory.provider).batch(metrics())
    assert batch.under("sender/3/7", Act(traceparent=CALLER, answer="to come")) == CALLER
    batch.committed([])
    assert memory.spans == []


def test_a_context_that_is_none_begins_a_trace() -> None:
    tracer = Memory().provider.get_tracer("test")
    for broken in ("", "00-zz-zz-zz", "00-" + "0" * 32 + "-" + "0" * 16 + "-01"):
        span = tracer.start_span("one", context_of({"traceparent": broken}))
        assert len(written(span)) == len(CALLER)
        assert getattr(span, "parent", None) is None
