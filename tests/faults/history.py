"""A small whole history, written by hand: a notice for two consignments, and one of them shown to customs.

Two services, three partitions, two accepted commands. The checker finds nothing in it; its tests plant defects.
"""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

from tests.faults.causes import INTERNAL
from tests.faults.evidence import Accepted, Entry, Evidence, Expected, Listed

MOVEMENT, FIRST, SECOND = "movement/M1", "consignment/C1", "consignment/C2"
CLIENT = "officer@test"


class History:
    """Writes entries behind one another, on topics and in journals alike."""

    def __init__(self) -> None:
        self.evidence = Evidence()

    def write(self, service: str, partition: int, type_: str, stream: str, **attributes: Any) -> Entry:
        """An input if it has a key, else an event. `cause` is the entry that it follows from."""
        log = self.evidence.journals.setdefault((service, partition), [])
        cause: Entry | None = attributes.pop("cause", None)
        own_id = f"{service}/{partition}/{len(log) + 1}"
        document = {
            "id": own_id, "source": f"/services/{service}", "type": type_, "subject": stream, "partitionkey": stream,
            "sequence": f"{1 + sum(entry.stream == stream for entry in log):010}",
            "recordedtime": f"2026-03-01T09:30:00.{len(log):06}Z",
            "correlationid": cause.document["correlationid"] if cause else own_id,
            **({"causationid": cause.where} if cause else {}), "data": {"type": type_}, **attributes,
        }  # fmt: skip
        value = json.dumps(document).encode()
        entry = Entry(
            service=service, partition=partition, position=len(log) + 1,
            kind="input" if "idempotencykey" in attributes else "event", stream=stream,
            chain=sha256((log[-1].chain if log else bytes(32)) + value).digest(), value=value,
        )  # fmt: skip
        log.append(entry)
        self.evidence.topics.setdefault((service, partition), []).append(entry)
        return entry

    def accept(self, given: Entry, *events: Entry) -> None:
        self.evidence.accepted.append(
            Accepted(
                service=given.service, client=given.document["client"], key=given.document["idempotencykey"],
                type=given.type, stream=given.stream,
                receipt={"id": given.where, "position": given.position, "chain": given.chain.hex()},
                events=[{"id": each.where, "type": each.type, "data": each.document["data"]} for each in events],
            )
        )  # fmt: skip


def whole() -> History:
    """The history without a defect."""
    history = History()
    notice = history.write("arrival", 0, "NotifyArrival", MOVEMENT, client=CLIENT, idempotencykey="M1/NotifyArrival")
    notified = history.write("arrival", 0, "ArrivalNotified", MOVEMENT, cause=notice)
    history.accept(notice, notified)
    for ordinal, (partition, stream) in enumerate(((1, FIRST), (2, SECOND)), start=1):
        told = {"client": INTERNAL, "idempotencykey": f"{notified.where}/{ordinal}"}
        announce = history.write("arrival", partition, "AnnounceConsignment", stream, cause=notified, **told)
        announced = history.write("arrival", partition, "ConsignmentAnnounced", stream, cause=announce)
        seen = {"seen": "arrival=2"}
        history.write("presentation", partition, "CheckpointDetermined", stream, cause=announced, **seen)
    shown = {"client": CLIENT, "idempotencykey": "C1/PresentGoods", "seen": "arrival=2"}
    present = history.write("presentation", 1, "PresentGoods", FIRST, **shown)
    history.accept(present, history.write("presentation", 1, "GoodsPresented", FIRST, cause=present, seen="arrival=2"))
    history.evidence.expected = _expected()
    return history


def _expected() -> list[Expected]:
    announced = {"arrival": {"AnnounceConsignment": 1, "ConsignmentAnnounced": 1}}
    return [
        Expected(stream=MOVEMENT, entries={"arrival": {"NotifyArrival": 1, "ArrivalNotified": 1}}, plain=True),
        Expected(
            stream=FIRST,
            entries={**announced, "presentation": {"CheckpointDetermined": 1, "PresentGoods": 1, "GoodsPresented": 1}},
            plain=True,
        ),
        Expected(stream=SECOND, entries={**announced, "presentation": {"CheckpointDetermined": 1}}, plain=True),
    ]


def restored() -> History:
    """The same, and the goods were shown twice under one key: a restore lost the first time, and listed it."""
    history = whole()
    evidence = history.evidence
    evidence.set_aside = [{("presentation", 1): evidence.journals["presentation", 1][1:]}]
    evidence.listed = [Listed(service="presentation", client=CLIENT, key="C1/PresentGoods", id="presentation/1/2")]
    cut(evidence, "presentation", 1, keep=1)
    shown = {"client": CLIENT, "idempotencykey": "C1/PresentGoods", "seen": "arrival=2", "again": True}
    present = history.write("presentation", 1, "PresentGoods", FIRST, **shown)
    history.accept(present, history.write("presentation", 1, "GoodsPresented", FIRST, cause=present, seen="arrival=2"))
    return history


def fire(history: History, **more: Any) -> Entry:
    """A deadline of the second consignment, as it should be but for `more`."""
    instant = "2026-03-01T09:00:00Z"
    data = {"name": "term", "instant": instant}
    marks = {"client": INTERNAL, "idempotencykey": f"{SECOND}/term/2", "seen": "arrival=2", "time": instant}
    return history.write("presentation", 2, "Due", SECOND, **{**marks, "data": data, **more})


def cut(evidence: Evidence, service: str, partition: int, keep: int) -> None:
    """Takes the tail of a log away, on both sides."""
    del evidence.journals[service, partition][keep:]
    del evidence.topics[service, partition][keep:]


def rewrite(evidence: Evidence, service: str, partition: int, position: int, **attributes: Any) -> None:
    """Gives an entry other attributes, and every entry from there a chain that fits: nothing shows but the contents."""
    rows = evidence.journals[service, partition]
    document = {**rows[position - 1].document, **attributes}
    rows[position - 1] = replace(rows[position - 1], value=json.dumps(document).encode())
    for n in range(position - 1, len(rows)):
        before = rows[n - 1].chain if n else bytes(32)
        rows[n] = replace(rows[n], chain=sha256(before + rows[n].value).digest())
    evidence.topics[service, partition] = list(rows)
    evidence.accepted = [
        replace(each, receipt={**each.receipt, "chain": rows[each.receipt["position"] - 1].chain.hex()})
        if each.receipt["id"].startswith(f"{service}/{partition}/")
        else each
        for each in evidence.accepted
    ]
