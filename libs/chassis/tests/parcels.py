"""Two small services for the chassis's tests: `sender` writes parcels, `keeper` hears them. No word of customs."""

from dataclasses import dataclass, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any, ClassVar, Literal, cast

from pydantic import BaseModel, ConfigDict

from chassis.service import Contract, Decider, Route, Service
from decider import Due, Input


class Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    outcome: ClassVar[str] = "recorded"
    occurred: None = None


class Sent(Event):
    type: Literal["Sent"] = "Sent"
    parcel: str
    box: str | None = None
    boxes: int = 1


class Boxed(Event):
    type: Literal["Boxed"] = "Boxed"
    box: str
    parcel: str


class Kept(Event):
    type: Literal["Kept"] = "Kept"
    parcel: str
    times: int
    until: datetime | None = None


class Fetched(Event):
    type: Literal["Fetched"] = "Fetched"
    parcel: str


class Overdue(Event):
    type: Literal["Overdue"] = "Overdue"
    parcel: str


@dataclass(frozen=True, kw_only=True)
class Send:
    parcel: str
    box: str | None = None
    boxes: int = 1
    broken: bool = False


@dataclass(frozen=True, kw_only=True)
class Box:
    box: str
    parcel: str


@dataclass(frozen=True, kw_only=True)
class Keep:
    parcel: str
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class HastyKeep(Keep):
    pass


@dataclass(frozen=True, kw_only=True)
class Fetch:
    parcel: str


@dataclass(frozen=True, kw_only=True)
class Count:
    sent: int = 0
    boxed: tuple[str, ...] = ()
    kept: int = 0
    overdue: bool = False
    due: tuple[tuple[datetime, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hidden(Count):
    """A state that knows more than is stored of it."""

    more: int


POISONOUS: set[str] = set()
"""Parcels on which a keeper chokes."""
UNSTORABLE: set[tuple[str, str]] = set()
"""Events, and their parcels, that lead to a state that does not come back as it was."""


def send(command: Input[Any], state: Count) -> list[Event]:
    match command.content:
        case Send(broken=True):
            raise RuntimeError("a parcel that cannot be sent")
        case Send(parcel=parcel, box=box, boxes=boxes):
            return [Sent(parcel=parcel, box=box, boxes=boxes)]
        case Box(box=box, parcel=parcel):
            return [] if parcel in state.boxed else [Boxed(box=box, parcel=parcel)]
        case _:
            return keep(command.content, state)


def keep(content: Any, state: Count) -> list[Event]:
    match content:
        case Sent(parcel=parcel) if parcel in POISONOUS:
            raise RuntimeError(f"{parcel} is poisonous")
        case Keep(parcel=parcel, until=until):
            return [Kept(parcel=parcel, times=state.sent, until=until)]
        case Sent(parcel=parcel):
            return [Kept(parcel=parcel, times=state.sent)]
        case Fetch(parcel=parcel):
            return [Fetched(parcel=parcel)]
        case Due(name=parcel):
            return [Overdue(parcel=parcel)]
    return []


def evolve(state: Count, event: Event | Due, _: datetime) -> Count:
    if (type(event).__name__, getattr(event, "parcel", None)) in UNSTORABLE:
        return Hidden(**vars(state), more=1)
    match event:
        case Sent():
            state = replace(state, sent=state.sent + 1)
        case Boxed(parcel=parcel):
            state = replace(state, boxed=tuple(sorted((*state.boxed, parcel))))
        case Kept(until=until, parcel=parcel):
            state = replace(state, kept=state.kept + 1, due=((until, parcel),) if until else state.due)
        case Fetched() | Due():
            state = replace(state, due=())
        case Overdue():
            state = replace(state, overdue=True)
    return state


def react(event: Event) -> list[tuple[str, Any]]:
    match event:
        case Sent(parcel=parcel, box=str(box), boxes=1):
            return [(f"box/{box}", Box(box=box, parcel=parcel))]
        case Sent(parcel=parcel, box=str(box), boxes=boxes):
            return [(f"box/{box}{number}", Box(box=f"{box}{number}", parcel=parcel)) for number in range(boxes)]
    return []


def decider(*hears: type) -> Decider:
    names = {"INITIAL": Count(), "HEARS": hears, "decide": send, "evolve": evolve, "react": react}
    names["acts"] = ("Fetch", "Send")
    return cast(Decider, SimpleNamespace(**names, due=lambda state: state.due))


def contract(topic: str, *events: type) -> Contract:
    return cast(Contract, SimpleNamespace(TOPIC=topic, EVENTS=events))


SENDER = Service(
    name="sender",
    port=0,
    writes=contract("test.sender.v1", Sent, Boxed),
    deciders={"parcel": decider(), "box": decider()},
    routes=(Route(path="/parcels", command=Send, kind="parcel"),),
    internal_commands=(Box,),
    rulebook="test",
)
KEEPER = Service(
    name="keeper",
    port=0,
    writes=contract("test.keeper.v1", Kept, Fetched, Overdue),
    hears={"sender": SENDER.writes},
    deciders={"parcel": decider(Sent)},
    routes=(
        Route(path="/keeps", command=Keep, kind="parcel"),
        Route(path="/fetches", command=Fetch, kind="parcel"),
        Route(path="/hasty-keeps", command=HastyKeep, kind="parcel", reads_latest=True),
    ),
    rulebook="test",
)
JUDGE = Service(
    name="judge",
    port=0,
    writes=contract("test.judge.v1", Kept),
    hears={"keeper": KEEPER.writes, "sender": SENDER.writes},  # Effects first: only `seen` can put them right.
    deciders={"parcel": decider(Sent, Kept)},
    routes=(Route(path="/judgements", command=Keep, kind="parcel"),),
    rulebook="test",
)
