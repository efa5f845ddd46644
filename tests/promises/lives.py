"""Lives of one consignment on two lorries, at random: what happened when, and in which order it was recorded.

Goods are lawful, prohibited, restricted, under control, or barred by their origin; papers and declaration agree or not;
acts of customs and of carriers come early, late, twice or never. All four services decide as they do at work, and what
each recorded is heard by the others before the next thing comes in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from hypothesis import strategies as st

from entries.actor import Actor
from tests.orders.examples import services
from tests.orders.post import Act, World

START, HOUR = datetime(2026, 3, 2, 7, tzinfo=UTC), timedelta(hours=1)
LIFE = 30 * 24
"""Hours within which everything happens."""
GOODS = "consignment/C1"
PARTITIONS = {"movement/M1": 0, "movement/M2": 2, GOODS: 1}
WATER, BOMBS, BEEF, MEDICINE, WINE = "220110110", "930690100", "020230900", "300490100", "220421100"
CODES = (WATER, BOMBS, BEEF, MEDICINE, WINE)
BARRED, ORIGINS = "XA", ("XA", "KZ", None)
CHECKPOINT, DUE = "FRP-MIX", "10.00"
OFFICER = Actor("officer-1", "user", "officer", None, None, CHECKPOINT)
OTHERS = Actor("party-1", "user")
OF_OFFICERS = (
    "RecordCrossing", "RecordArrival", "PresentVehicle", "PresentGoods", "AcceptDeclaration", "RecordApproval",
    "DecideOnPermit", "ReleaseGoods", "EndRegime",
)  # fmt: skip
Told: TypeAlias = tuple[str, dict[str, Any]]
"""A command by its name, and what it says."""
SERVICES = {service.name: service for service in services()}
COMMANDS = {route.command.__name__: (service, route) for service in SERVICES.values() for route in service.routes}


@dataclass(frozen=True)
class Said:
    """A command that somebody sends: what happened at `hour`, and in which turn it is recorded."""

    command: str
    document: Mapping[str, Any]
    hour: float

    @property
    def occurred(self) -> datetime:
        return START + self.hour * HOUR


@dataclass(frozen=True)
class Step:
    """An event as it was recorded, in which turn, by which service, and the input that led to it."""

    turn: int
    service: str
    event: Any
    recorded: datetime


@dataclass
class Life:
    """What was sent, in the order in which it was recorded, and all that followed."""

    said: tuple[Said, ...]
    world: World
    steps: list[Step] = field(default_factory=list)

    def of(self, *types: str) -> list[Step]:
        return [step for step in self.steps if step.event.type in types]

    def before(self, turn: int) -> list[Step]:
        """What was on record when this turn came."""
        return [step for step in self.steps if step.turn < turn]

    def state(self, service: str) -> Any:
        return self.world.state(service, GOODS)


def _line(code: str, origin: str | None) -> dict[str, Any]:
    return {"code": code} | ({"origin": origin} if origin else {})


LINES = st.one_of(
    st.just([_line(WATER, None)]),
    st.lists(
        st.builds(_line, st.sampled_from(CODES), st.sampled_from(ORIGINS)), min_size=1, max_size=3,
        unique_by=lambda line: line["code"],
    ),
)  # fmt: skip
"""Every other consignment is of nothing but water, which may come in."""


@st.composite
def contents(draw: st.DrawFn) -> list[Told]:
    """Commands that belong to one life; most of them stand in most lives."""
    goods = draw(LINES)
    declared = [{**line, "quantity": "1", "unit": "kg"} for line in (goods if draw(st.integers(0, 3)) else draw(LINES))]
    said: list[Told] = [
        ("RecordCrossing", {"movement": each, "direction": "in", "mode": "road", "place": CHECKPOINT,
                            "papers": [{"consignment": "C1", "packages": 5, "goods": goods}]})
        for each in (("M1", "M2") if draw(st.booleans()) else ("M1",))
    ]  # fmt: skip
    if draw(st.booleans()):
        said.append(("RecordArrival", {"movement": "M1", "checkpoint": CHECKPOINT}))
    said.append(("PresentGoods", {"consignment": "C1", "checkpoint": CHECKPOINT, "packages_found": 5}))
    said.append(("LodgeDeclaration", {
        "consignment": "C1", "declarant": "Sample Imports", "form": "declaration", "regime": "release for domestic use",
        "items": [line | {"origin_proof": "certificate"} for line in declared],
        "payments": [{"kind": "duty", "amount": DUE}],
    }))  # fmt: skip
    said.append(("AcceptDeclaration", {"consignment": "C1"}))
    if draw(st.booleans()):
        said.append(PAID)
    said += draw(st.lists(st.sampled_from(SOMETIMES), max_size=5, unique_by=repr))
    for number in range(draw(st.integers(1, 3))):
        items = draw(st.sampled_from([[], [], [1], [2]]))
        term = draw(st.booleans())
        said.append(("ReleaseGoods", {"consignment": "C1", "items": items, "regime": f"regime {number}",
                                      "runs_for_a_term": term, **draw(st.sampled_from([{}, {}, STATED]))}))  # fmt: skip
    return said


STATED = {"given": {"officer": "5", "post": CHECKPOINT, "reason": "no line to the services"}}
"""Of a release that was given before, and is stated."""
PAID: Told = ("RecordPayment", {"consignment": "C1", "amount": DUE, "reference": "P-1"})
SOMETIMES: list[Told] = [
    ("RecordPayment", {"consignment": "C1", "amount": "4.00", "reference": "P-2"}),
    ("RecordApproval", {"consignment": "C1", "agency": "veterinary", "granted": True, "reference": "V-1"}),
    ("RecordApproval", {"consignment": "C1", "agency": "veterinary", "granted": False, "reference": "V-2"}),
    ("PresentPermit", {"consignment": "C1", "permit": "medicine import permit", "number": "1",
                       "issued_by": "Sample Health Authority",
                       "lines": [{"code": MEDICINE, "quantity": "1", "unit": "kg"}]}),
    ("DecideOnPermit", {"consignment": "C1", "permit": "medicine import permit", "number": "1", "accepted": True}),
    ("RecordImmediateExport", {"consignment": "C1", "done": True}),
    ("RecordImmediateExport", {"consignment": "C1", "done": False}),
    ("EndRegime", {"consignment": "C1"}),
    ("EndRegime", {"consignment": "C1", "items": [1]}),
    ("ReportUse", {"consignment": "C1", "use": "use"}),
]  # fmt: skip


SMOOTH: list[Told] = [
    ("RecordCrossing", {"movement": "M1", "direction": "in", "mode": "road", "place": CHECKPOINT,
                        "papers": [{"consignment": "C1", "packages": 5, "goods": [_line(BEEF, "KZ")]}]}),
    ("PresentGoods", {"consignment": "C1", "checkpoint": CHECKPOINT, "packages_found": 5}),
    ("LodgeDeclaration", {"consignment": "C1", "declarant": "Sample Imports", "form": "declaration",
                          "regime": "regime 0", "items": [_line(BEEF, "KZ") | {"origin_proof": "certificate"}],
                          "payments": [{"kind": "duty", "amount": DUE}]}),
    ("AcceptDeclaration", {"consignment": "C1"}),
    PAID,
    ("RecordApproval", {"consignment": "C1", "agency": "veterinary", "granted": True, "reference": "V-1"}),
    ("ReleaseGoods", {"consignment": "C1", "items": [], "regime": "regime 0", "runs_for_a_term": False}),
]  # fmt: skip
AFTERWARDS: list[Told] = [
    ("RecordApproval", {"consignment": "C1", "agency": "veterinary", "granted": False, "reference": "V-2"}),
    ("ReversePayment", {"consignment": "C1", "reverses": "P-1", "amount": "4.00", "reference": "R-1"}),
    ("RecordCrossing", {"movement": "M2", "direction": "in", "mode": "road", "place": CHECKPOINT,
                        "papers": [{"consignment": "C1", "packages": 5, "goods": [_line(BEEF, "KZ")]}]}),
    ("ReportUse", {"consignment": "C1", "use": "use"}),
    ("EndRegime", {"consignment": "C1"}),
]  # fmt: skip
"""What may come when clearance has ended."""


@st.composite
def orders(draw: st.DrawFn) -> tuple[Said, ...]:
    """Recorded in the order in which it happened, but for what comes late; each thing has an instant of its own."""
    smooth = draw(st.booleans())
    afterwards = st.lists(st.sampled_from(AFTERWARDS), max_size=3, unique_by=repr)
    told = [*SMOOTH, *draw(afterwards)] if smooth else draw(contents())
    hours = draw(st.lists(st.integers(0, 4 * LIFE), min_size=len(told), max_size=len(told), unique=True))
    if smooth or draw(st.booleans()):
        hours.sort()
    said = [Said(name, document, hour / 4) for (name, document), hour in zip(told, hours, strict=True)]
    late = draw(st.lists(st.sampled_from(said), max_size=3, unique_by=repr))
    order = [each for each in sorted(said, key=lambda each: each.hour) if each not in late]
    for each in late:
        after = [n for n, other in enumerate(order) if other.hour > each.hour]
        order.insert(draw(st.integers(after[0], len(order))) if after else len(order), each)
    return tuple(order)


def lived(said: tuple[Said, ...]) -> Life:
    """All that follows when this is recorded in this order."""
    end = START + 2 * LIFE * HOUR
    acts = [_act(number, each) for number, each in enumerate(said)]
    world = World(tuple(acts), PARTITIONS, now=START, late=end)
    life = Life(said, world)
    for number, (act, each) in enumerate(zip(acts, said, strict=True)):
        _fire(life, number, each.occurred)
        world._act(act, OFFICER if each.command in OF_OFFICERS else OTHERS)
        _settle(life, number)
    world.now = end
    _settle(life, len(acts))
    return life


def _act(number: int, said: Said) -> Act:
    service, route = COMMANDS[said.command]
    adapter = service.commands[said.command]
    context = {"document": dict(said.document), "sender": "party-1"}
    command = adapter.validate_python(dict(said.document), context=context)
    return Act(f"{number} {said.command}", service.name, route.stream(command), command, said.occurred)


def _fire(life: Life, turn: int, now: datetime) -> None:
    """What is due by then comes first."""
    life.world.now = max(life.world.now, now)
    _settle(life, turn)


def _settle(life: Life, turn: int) -> None:
    """Everything that was recorded is heard and told, and what is due has fired."""
    while steps := [step for name, step in life.world.steps().items() if not name.startswith(("act", "the days"))]:
        steps[0]()
    seen = len(life.steps)
    found = list(_recorded(life.world))
    life.steps += [Step(turn, *each) for each in found[seen:]]


def _recorded(world: World) -> Iterator[tuple[str, Any, datetime]]:
    """The events of the goods, of all services, as they were recorded one after the other."""
    found = []
    for name in world.services:
        log = [each for each in world.logs[name, PARTITIONS[GOODS]] if each.stream == GOODS and each.kind == "event"]
        found += [(each.recorded, name, at, each) for at, each in enumerate(log)]
    for recorded, name, _, entry in sorted(found, key=lambda each: each[:3]):
        yield name, world._event(name, entry), recorded
