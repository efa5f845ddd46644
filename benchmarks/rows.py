"""The lines of the table, in its order, with their aims."""

from benchmarks.figures import Row

ROWS = (
    Row(name="lifecycles_per_second", what="Serhet: lifecycles, end to end", unit="/s", aim=600),
    Row(name="entries_per_second", what="Serhet: entries, end to end", unit="/s"),
    Row(name="share_of_bare_loop", what="Serhet's share of the bare loop", unit="", aim=0.5, digits=2),
    Row(name="bare_loop", what="bare loop: the same entries and hops, no doors, law, chain or fences", unit="/s"),
    Row(name="faststream_batch", what="FastStream by an expert: a batch, one transaction, then publish", unit="/s"),
    Row(name="faststream_docs", what="FastStream as in its docs: a message, one transaction, then publish", unit="/s"),
    Row(name="cpu_services_ms", what="processor time of a lifecycle: the four services", unit="ms", digits=2),
    Row(name="cpu_postgres_ms", what="processor time of a lifecycle: PostgreSQL", unit="ms", digits=2),
    Row(name="cpu_kafka_ms", what="processor time of a lifecycle: Kafka", unit="ms", digits=2),
    Row(name="cpu_sender_ms", what="processor time of a lifecycle: sender and outside reader", unit="ms", digits=2),
    Row(name="paced_lifecycles", what="at half load: lifecycles begun", unit="/s"),
    Row(name="post_p50_ms", what="at half load: POST to answer, p50", unit="ms", digits=1),
    Row(name="post_p99_ms", what="at half load: POST to answer, p99", unit="ms", aim=30, at_most=True, digits=1),
    Row(name="hop_p50_ms", what="at half load: hop from journal to journal, p50", unit="ms", digits=1),
    Row(
        name="hop_p99_ms",
        what="at half load: hop from journal to journal, p99",
        unit="ms",
        aim=50,
        at_most=True,
        digits=1,
    ),
    Row(
        name="release_p50_ms",
        what="at half load: POST of a release, which asks and waits for a hop, p50",
        unit="ms",
        digits=1,
    ),
    Row(name="release_p99_ms", what="at half load: POST of a release, p99", unit="ms", aim=120, at_most=True, digits=1),
    Row(
        name="lifecycle_p50_ms", what="at half load: a lifecycle, first POST to completion read outside, p50", unit="ms"
    ),
    Row(name="lifecycle_p99_ms", what="at half load: a lifecycle, p99", unit="ms"),
    Row(name="replay_journals_1", what="verified replay from the journals, one process", unit="/s", aim=50_000),
    Row(name="replay_journals_2", what="verified replay from the journals, two processes together", unit="/s"),
    Row(name="replay_kafka_1", what="verified replay from Kafka, one process", unit="/s", aim=50_000),
    Row(name="replay_kafka_2", what="verified replay from Kafka, two processes together", unit="/s"),
    Row(name="cost_small_us", what="an entry's cost at 10 thousand entries", unit="µs"),
    Row(name="cost_large_us", what="an entry's cost at 1 million entries", unit="µs"),
    Row(name="cost_ratio", what="the one as a multiple of the other", unit="", aim=1.1, at_most=True, digits=2),
    Row(
        name="memory_mb",
        what="memory of a service at its most, the largest of the four",
        unit="MB",
        aim=250,
        at_most=True,
    ),
    Row(
        name="idle_percent",
        what="an idle service's share of a core, the busiest of the four",
        unit="%",
        aim=2,
        at_most=True,
        digits=1,
    ),
    Row(name="start_up_s", what="a service's start until it is well, the slowest of the four", unit="s", digits=1),
)
