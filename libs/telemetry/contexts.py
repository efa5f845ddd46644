"""A trace's context as the text that entries carry (W3C Trace Context), and back."""

from collections.abc import Mapping

from opentelemetry.context import Context
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import Span, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

TRACES = RandomIdGenerator()
PROPAGATOR = TraceContextTextMapPropagator()
ROOT = Context()
"""No parent: what begins under it is a trace of its own."""


def traceparent_of(headers: Mapping[str, str]) -> str | None:
    """The caller's trace, None if there is none or it is not well-formed."""
    span = get_current_span(PROPAGATOR.extract(headers, ROOT)).get_span_context()
    return f"00-{span.trace_id:032x}-{span.span_id:016x}-01" if span.is_valid else None


def new_traceparent() -> str:
    return f"00-{TRACES.generate_trace_id():032x}-{TRACES.generate_span_id():016x}-01"


def context_of(headers: Mapping[str, str]) -> Context:
    """The context in which a child of the caller begins; `ROOT` where there is no caller to be made out."""
    return PROPAGATOR.extract(headers, ROOT)


def written(span: Span) -> str:
    """A span's own context, for whatever follows from it."""
    context = span.get_span_context()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"
