"""The checker: did every accepted command take effect exactly once, in order, on topics and in journals alike?

It shares no code with what it judges: it reads with other clients, and knows the entry from `docs/entry.md` alone.

    SERHET_KAFKA=host:port SERHET_POSTGRES=postgresql://owner:password@host:port/postgres \\
        python -m tests.faults.checker LOG

Of a database that a restore put aside it reads what only that one holds.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.faults import causes, effects, gathering, ordering
from tests.faults.causes import DUE, INTERNAL
from tests.faults.evidence import Defect, Entry, Evidence, Side, read_log

SHOWN_MAX = 20


@dataclass(kw_only=True)
class Report:
    """Counts, and every defect."""

    commands: int
    shipments: int
    inputs: int
    told: int
    events: int
    repeated: int
    """Records on the topics beyond the first of each position."""
    deadlines: int = 0
    listed: int = 0
    """Commands that a restore lost and listed."""
    defects: list[Defect] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.defects

    def __str__(self) -> str:
        kinds = Counter(defect.kind for defect in self.defects)
        lines = [
            f"{self.shipments} shipments, {self.commands} accepted commands",
            f"{self.inputs} inputs ({self.told} told by a stream to another, {self.deadlines} deadlines), "
            f"{self.events} events",
            *([f"{self.listed} commands lost by a restore, listed, and sent again"] if self.listed else []),
            f"{self.repeated} records stand again on the topics",
            *(str(defect) for defect in self.defects[:SHOWN_MAX]),
            *([f"and {len(self.defects) - SHOWN_MAX} more"] if len(self.defects) > SHOWN_MAX else []),
            f"{kinds['lost']} lost, {kinds['doubled']} doubled, {kinds['out of order']} out of order, "
            f"{kinds['altered']} altered",
        ]
        return "\n".join(lines)


def check(evidence: Evidence) -> Report:
    """Judges everything; a log that is not whole is named, and its effects are judged all the same."""
    defects = list(_check_logs(evidence))
    entries = [entry for rows in evidence.journals.values() for entry in rows]
    inputs, following = effects.inputs_by_key(entries), effects.effects_by_cause(entries)
    gone = effects.inputs_gone(evidence.set_aside)
    defects += chain(
        ordering.check_sequences(entries),
        causes.check_seen(evidence.journals),
        causes.check_causes(evidence.journals),
        causes.check_deadlines(evidence.journals),
        causes.check_cases(evidence.journals),
        effects.check_accepted(evidence.accepted, inputs, following, gone),
        effects.check_restored(evidence.listed, gone, inputs),
        effects.check_once(inputs, following),
        effects.check_strangers(evidence.accepted, evidence.unanswered, inputs),
        effects.check_expected(evidence.expected, entries),
    )
    return _report(evidence, entries, defects)


def _check_logs(evidence: Evidence) -> Iterator[Defect]:
    for service, partition in sorted({*evidence.topics, *evidence.journals}):
        where = f"{service}/{partition}"
        topic, defects = ordering.check_topic(evidence.topics.get((service, partition), []), where)
        yield from defects
        journal = evidence.journals.get((service, partition), [])
        yield from ordering.check_journal(journal, where)
        yield from ordering.check_same(topic, journal, where)


def _report(evidence: Evidence, entries: list[Entry], defects: list[Defect]) -> Report:
    inputs = [entry for entry in entries if entry.kind == "input"]
    return Report(
        commands=len({(command.service, command.client, command.key) for command in evidence.accepted}),
        shipments=sum(each.stream.startswith("consignment/") for each in evidence.expected),
        inputs=len(inputs),
        told=sum(entry.document.get("client") == INTERNAL and entry.type != DUE for entry in inputs),
        deadlines=sum(entry.type == DUE for entry in inputs),
        events=len(entries) - len(inputs),
        repeated=_repeated(evidence.topics),
        listed=len(evidence.listed),
        defects=defects,
    )


def _repeated(topics: Side) -> int:
    return sum(len(records) - len({record.position for record in records}) for records in topics.values())


def gather(log: Path, kafka: str, databases: Mapping[str, str], admin: str) -> Evidence:
    """What the servers hold now, and what the log says; `databases` are the services' URLs by name."""
    evidence = read_log(log)
    evidence.topics = gathering.read_topics(kafka)
    evidence.journals = gathering.read_journals(databases)
    evidence.set_aside = gathering.read_set_aside(admin, evidence.journals)
    return evidence


def main() -> int:
    if len(sys.argv) != 2 or not {"SERHET_KAFKA", "SERHET_POSTGRES"} <= set(os.environ):
        print(__doc__)
        return 2
    owner = urlsplit(os.environ["SERHET_POSTGRES"])
    databases = {service: urlunsplit(owner._replace(path=f"/{service}")) for service in gathering.SERVICES}
    report = check(gather(Path(sys.argv[1]), os.environ["SERHET_KAFKA"], databases, owner.geturl()))
    print(report)
    return 0 if report.whole else 1


if __name__ == "__main__":
    sys.exit(main())
