"""The same lifecycle without the law, for services on FastStream: which events a message leads to, and its tables."""

import json
import os
from collections.abc import Collection, Iterator
from typing import Any

import asyncpg
from pydantic import BaseModel

from benchmarks.shipments import CONSIGNMENTS
from client import SERVICES

BODY = "." * 600
"""So that an entry is about as long as Serhet's."""
TABLES = """
CREATE TABLE journal (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream text, value bytea);
CREATE TABLE states (stream text PRIMARY KEY, known text[] NOT NULL)
"""
OF_A_VEHICLE = {"NotifyArrival": "arrival", "RecordCrossing": "arrival", "RecordArrival": "arrival",
                "PresentVehicle": "presentation"}  # fmt: skip
OF_GOODS = {"PresentGoods": "presentation", "LodgeDeclaration": "clearance", "AcceptDeclaration": "clearance",
            "RecordPayment": "clearance", "ReleaseGoods": "release", "EndRegime": "release"}  # fmt: skip
LEADS_TO: dict[str, dict[str, tuple[str, ...]]] = {
    "arrival": {
        "NotifyArrival": ("ArrivalNotified",), "AnnounceConsignment": ("ConsignmentAnnounced",),
        "RecordCrossing": ("BorderCrossed",), "RecordGoodsCrossing": ("GoodsCrossed",),
        "RecordArrival": ("VehicleArrived",), "RecordGoodsArrival": ("GoodsArrived",),
    },
    "presentation": {
        "BorderCrossed": ("CheckpointDetermined",), "GoodsCrossed": ("CheckpointDetermined",),
        "PresentVehicle": ("VehiclePresented",), "PresentGoods": ("GoodsPresented",),
    },
    "clearance": {
        "LodgeDeclaration": ("ClearanceStarted", "DeclarationLodged"),
        "AcceptDeclaration": ("DeclarationAccepted", "PaymentAssessed"),
        "RecordPayment": ("PaymentReceived",),
    },
    "release": {"ReleaseGoods": ("GoodsReleased",), "EndRegime": ("RegimeEnded",)},
}  # fmt: skip
TELLS = {"NotifyArrival": "AnnounceConsignment", "RecordCrossing": "RecordGoodsCrossing",
         "RecordArrival": "RecordGoodsArrival"}  # fmt: skip
CONCLUSIONS = {
    "clearance": ("ReadyForRelease", {"GoodsCrossed", "GoodsPresented", "DeclarationLodged"}),
    "release": ("ClearanceCompleted", {"GoodsReleased", "RegimeEnded", "PaymentReceived", "DeclarationAccepted"}),
}
"""What is concluded once all of this is known."""


class Message(BaseModel):
    """A command or an event."""

    type: str
    stream: str
    body: str = BODY


def commands(vehicle: str) -> Iterator[tuple[str, str, bytes]]:
    """The commands of a vehicle and its ten consignments: service, key, value."""
    for type_, service in OF_A_VEHICLE.items():
        yield service, vehicle, Message(type=type_, stream=vehicle).model_dump_json().encode()
    for number in range(CONSIGNMENTS):
        for type_, service in OF_GOODS.items():
            stream = f"{vehicle}-{number}"
            yield service, stream, Message(type=type_, stream=stream).model_dump_json().encode()


def inputs(service: str, message: Message) -> list[Message]:
    """The message itself, and what it tells each consignment of its vehicle."""
    told = TELLS.get(message.type) if service == "arrival" else None
    streams = [f"{message.stream}-{number}" for number in range(CONSIGNMENTS)] if told else []
    return [message, *(Message(type=told or "", stream=stream) for stream in streams)]


def events(service: str, message: Message, known: Collection[str]) -> list[Message]:
    """What the message leads to, where this much was known of its stream before."""
    found = [*LEADS_TO[service].get(message.type, ())]
    conclusion, needed = CONCLUSIONS.get(service, ("", set()))
    now = {*known, message.type, *found}
    if conclusion and conclusion not in now and needed <= now:
        found.append(conclusion)
    return [Message(type=type_, stream=message.stream) for type_ in found]


def is_own(service: str, message: Message) -> bool:
    """Whether it is a command of this service, which stands in its journal, or the event of another one."""
    return {**OF_A_VEHICLE, **OF_GOODS}.get(message.type) == service or message.type in TELLS.values()


def told() -> dict[str, Any]:
    """What this process is told: kafka, postgres, run and service."""
    said: dict[str, Any] = json.loads(os.environ["BENCH"])
    return said


def upstreams(service: str) -> tuple[str, ...]:
    return SERVICES[: SERVICES.index(service)]


async def connected(url: str, sessions: int) -> Any:
    """A pool of sessions with the service's database, whose tables are made."""
    pool = await asyncpg.create_pool(url, min_size=sessions, max_size=sessions)
    await pool.execute(TABLES)
    return pool
