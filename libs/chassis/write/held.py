"""What a stream holds: of its own inputs those that led to something, as they stand in the journal."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from chassis.service import Service
from chassis.write import parking
from chassis.write.effects import subject_of
from chassis.write.inputs import Causation, CommandEnvelope, UpstreamEvent
from decider import Due, Held
from entries.actor import Actor
from entries.entry import read_document, read_time

OF_THE_CHASSIS = {Due.__name__, parking.Redrive.__name__, parking.Discard.__name__, *parking.EVENTS}


def asking(service: Service, inputs: Iterable[Any]) -> list[str]:
    """The streams on which it may be asked what they hold: by these inputs, or by what is parked there."""
    return [
        one.stream
        for one in inputs
        if isinstance(one, CommandEnvelope | UpstreamEvent)
        and (kind := service.kind_of(one.stream))
        and kind.reads
        and isinstance(one.content, (*kind.reads, parking.Redrive))
    ]


def held_by(service: Service, values: Iterable[bytes]) -> tuple[Held, ...]:
    """Of a stream's entries, in order. Raises KeyError on an event that this version does not know."""
    events: Mapping[str, Any] = service.events
    inputs: dict[str, Any] = {}
    led_to: set[str] = set()
    for said in map(read_document, values):
        if said["type"] in OF_THE_CHASSIS:
            continue
        if "idempotencykey" in said:
            inputs[said["id"]] = said
        elif events[said["type"]].outcome == "recorded":
            led_to.add(said["causationid"])
    return tuple(
        Held(
            type=said["type"], occurred=read_time(said["time"]), subject=subject_of(Actor.of(said)),
            authtype=said["authtype"], data=said["data"],
        )
        for id_, said in inputs.items()
        if id_ in led_to
    )  # fmt: skip


def itself(command: CommandEnvelope, cause: Causation) -> Held:
    """A command as it is recorded, and passed on."""
    return Held(
        type=command.type, occurred=cause.occurred, subject=subject_of(cause.actor), authtype=cause.actor.authtype,
        data=orjson.loads(command.data),
    )  # fmt: skip
