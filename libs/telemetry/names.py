"""Every name of a span, an attribute and a metric, in one place.

They are those of the OpenTelemetry semantic conventions (HTTP, messaging, CloudEvents, service) where these have one;
our own begin with `serhet.`. Values of attributes on metrics are bounded: no ids.
"""

from typing import NamedTuple

SCOPE = "serhet"

# Attributes by the conventions.
SERVICE_NAMESPACE = "service.namespace"
SERVICE_NAME = "service.name"
SERVICE_INSTANCE = "service.instance.id"
HTTP_METHOD = "http.request.method"
HTTP_ROUTE = "http.route"
HTTP_STATUS = "http.response.status_code"
SYSTEM = "messaging.system"
OPERATION = "messaging.operation.name"
OPERATION_TYPE = "messaging.operation.type"
TOPIC = "messaging.destination.name"
PARTITION = "messaging.destination.partition.id"
MESSAGES = "messaging.batch.message_count"
MESSAGE_ID = "messaging.message.id"
MESSAGE_KEY = "messaging.kafka.message.key"
CORRELATION = "messaging.message.conversation_id"
"""The entry's `correlationid`, on every span but a batch's."""
TYPE = "cloudevents.event_type"

# Attributes of our own.
STREAM = "serhet.stream"
CAUSE = "serhet.causation.id"
ENTRIES = "serhet.entries"
"""The ids of the entries that were written under a span, in order."""
EVENTS = "serhet.events"
"""The types of the events among them."""
RULES = "serhet.rules"
"""The rules that they rest on."""
KIND = "serhet.entry.kind"
OUTCOME = "serhet.outcome"
RULE = "serhet.rule"
UPSTREAM = "serhet.upstream"
WAITS_FOR = "serhet.waits_for"

# Spans. A command's is `POST <route>`, a record's `process <topic>`.
POST = "POST"
PROCESS = "process"
TOLD = "told"
DUE = "due"
BATCH = "batch"


class Metric(NamedTuple):
    """A metric: its name, its unit in UCUM, and what it shows."""

    name: str
    unit: str
    shows: str


REQUESTS = Metric("http.server.request.duration", "s", "Duration of HTTP requests, by route and status")
WRITTEN = Metric("serhet.entries.written", "{entry}", "Entries that this process has written, by kind and type")
OUTCOMES = Metric("serhet.outcomes", "{event}", "Events that rest on a rule, by outcome and rule")
INPUTS = Metric("serhet.batch.inputs", "{input}", "Inputs that were decided in one transaction")
COMMITTING = Metric("serhet.batch.duration", "s", "From the begin of a batch's transaction to its commit")
LAG = Metric("serhet.upstream.lag", "s", "How long ago the oldest record was recorded that is here and not decided")
RELAY_AGE = Metric("serhet.relay.age", "s", "How long ago the oldest entry was recorded that is not on the topic")
DUE_AGE = Metric("serhet.due.age", "s", "Since when the oldest told command is not delivered, or deadline not fired")
WAITING_AGE = Metric("serhet.waiting.age", "s", "How long ago the oldest record that waits was recorded, or parked")
RUNNER_AGE = Metric("serhet.runner.age", "s", "How long ago the runner last committed, or found nothing to do")
COMMANDS_WAITING = Metric("serhet.commands.waiting", "{command}", "Commands whose turn has not come")
STREAMS_PARKED = Metric("serhet.streams.parked", "{stream}", "Streams on which records are parked")
TROUBLES = Metric(
    "serhet.troubles", "{trouble}", "What stands still, as the service's health lists it: of partitions, one each"
)

SEEN, REPAIR = "seen", "repair"
"""What a record waits for: what it has seen, or that somebody mends what chokes on it."""

INPUT_BOUNDS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
SECOND_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
"""The bounds that the conventions give for durations of requests."""
