"""What is promised of every life. Each function raises AssertionError, or says how often its subject occurred."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, NamedTuple

import orjson

from contracts.doubts import is_doubt
from decider.tests.kit import facts
from law.findings import CLOSED_LIST, Finding
from law.rulebook import loaded
from tests.promises import treaty
from tests.promises.lives import BOMBS, GOODS, Life, Said, Step, lived

Promise = Callable[[Life], int]
Open = tuple[str, str, str, str | None]
"""Of a measure that stands: which kind, of which act, what it requires, and because of which origin."""

BEGINS = ("ImportProhibited", "RestrictionOpened", "RestrictionSatisfactionWithdrawn")
ENDS = ("ImportProhibitionWithdrawn", "RestrictionWithdrawn", "RestrictionSatisfied")
DECLARES = ("DeclarationLodged", "DeclarationAmended", "DeclarationCorrected")
REFUSES = ("ReleaseRefused", "ReleaseWithheld")


def released_under_a_regime(life: Life) -> int:
    """Art. 5(1)(20): whoever releases goods says under which regime they may be used."""
    for step in life.of("GoodsReleased"):
        assert step.event.regime == life.said[step.turn].document["regime"], step
    return len(life.of("GoodsReleased"))


def asked_for_against_no_open_ground(life: Life) -> int:
    """Arts 7(1), 20(1): what is asked for is decided on the record, and a ground on it is heeded."""
    asked = [step for step in life.of("GoodsReleased") if is_asked_for(step)]
    for step in asked:
        wanted = {line.code for line in declared(life, step) if line.number in items(life, step)}
        for codes in standing(life.before(step.turn)).values():
            assert not codes & wanted, (step, codes)
    return len(asked)


def refused_by_law_alone(life: Life) -> int:
    """Art. 8(2): on the Code's closed list, or by a ground of a loaded act, and by something that is on record."""
    rows = {(row.article, row.rule) for act in loaded() for row in act.grounds}
    for step in life.of(*REFUSES):
        known = {code for codes in standing(life.before(step.turn)).values() for code in codes}
        for ground in step.event.grounds:
            assert (ground.article, ground.rule) in {*CLOSED_LIST, *rows}, ground
            said = dict(ground.facts)
            assert "codes" not in said or {*said["codes"]} <= known, (ground, known)
    return len(life.of(*REFUSES))


def completed_behind_a_release(life: Life) -> int:
    """Art. 29(2): clearance ends with goods that are placed under a regime, but for those that may not come in."""
    for step in life.of("ClearanceCompleted"):
        before = life.steps[: life.steps.index(step)]
        released = [each for each in before if each.event.type == "GoodsReleased"]
        placed = {number for each in released for number in items(life, each)}
        barred = {code for at, codes in standing(before).items() if at[0] == "prohibition" for code in codes}
        left = [line for line in declared(life, step) if line.number not in placed and line.code not in barred]
        assert released, step
        assert not left or any(not each.event.items for each in released), (step, left)
    return len(life.of("ClearanceCompleted"))


def completed_for_good(life: Life) -> int:
    """Art. 29(2): what happens afterwards undoes no completion; only what had happened before it, and came late."""
    completed: Step | None = None
    for step in life.of("ClearanceCompleted", "ClearanceCompletionWithdrawn"):
        if step.event.type == "ClearanceCompleted":
            completed = step
        elif completed and step.turn < len(life.said):
            assert life.said[step.turn].occurred < completed.event.completed, (completed, life.said[step.turn])
    return len(life.of("ClearanceCompleted"))


def barred_by_a_known_origin(life: Life) -> int:
    """Art. 20(1) to (3): goods of an unknown origin are of no barred one, whatever lies beside them."""
    known = {
        (line["code"], line["origin"]) for said in life.said for line in _lines(said.document) if line.get("origin")
    }
    for step in life.of("ImportProhibited"):
        rows = [row for act in loaded() if act.id == step.event.act for row in act.measures]
        for code in step.event.codes:
            origins = {"*", *(origin for of, origin in known if of == code)}
            assert any(code.startswith(row.prefix) and row.origin in origins for row in rows), (step, known)
    for step in life.of("ReleaseRefused"):
        for ground in step.event.grounds:
            said = dict(ground.facts)
            if ground.article == "20(1)":
                assert all((code, said["origin"]) in known for code in said["codes"]), (step, known)
    return sum(not line.get("origin") for said in life.said for line in _lines(said.document))


def alike_in_any_order_of_recording(life: Life) -> int:
    """What was found, is open and stands in the way is the same, whenever each fact was recorded.

    But for what hangs on the record: a release that was asked for, and what rests on it. One that was given does not,
    but for what was on record of its goods by then, in doubt or against them.
    """
    late = tuple(each for each in life.said if not hangs_on_the_record(each, life))
    prompt = tuple(sorted(late, key=lambda each: each.hour))
    if prompt == late:
        return 0
    one, other = lived(late), lived(prompt)
    without = any(was_on_record(each) for each in (one, other))
    for service in life.world.services:
        assert _found(one, service, without) == _found(other, service, without), service
    return 1


def was_on_record(life: Life) -> bool:
    """Of goods whose release was given something was known that spoke against it, or left them in doubt."""
    state = life.state("release")
    return bool(state.after.overridden) or any(part.doubts for part in state.released.parts)


def equal_before_the_law(life: Life) -> int:
    """Arts 6, 28(3): other persons and another country that no act names, and everything is decided alike."""
    other = lived(tuple(replace(each, document=_of_others(each.document)) for each in life.said))
    assert [_said(step) for step in other.steps] == [_of_others(_said(step)) for step in life.steps]
    return len(life.of(*DECIDES))


def displaced_by_a_treaty_and_nothing_else(life: Life) -> int:
    """Art. 3(2): the point that a treaty names ceases to hold, and every other holds as it did.

    So does a doubt that rests on it: that papers alone name goods which an act bars.
    """
    with treaty.on_file():
        other = lived(life.said)
    before, now = measures(life), measures(other)
    gone = {each for each in before if each[:2] == ("ImportProhibited", BOMBS)}
    assert now == before - gone
    if not gone and not any(doubted_by_an_act(step) for step in life.of("GoodsInDoubt")):
        assert [_said(step) for step in other.steps] == [_said(step) for step in life.steps]
    return len(gone)


def doubted_by_an_act(step: Step) -> bool:
    return any("act" in dict(each.facts) for each in step.event.findings)


def measures(life: Life) -> set[tuple[str, str, str, str | None]]:
    """What acts made of the goods at any time: of which code, by which act, and because of which origin."""
    return {
        (event.type, code, event.act, getattr(event, "origin", None))
        for event in (step.event for step in life.of("ImportProhibited", "RestrictionOpened"))
        for code in event.codes
    }


OTHERS = {'"Sample Imports"': '"Other Trade"', '"KZ"': '"AZ"'}
DECIDES = ("GoodsReleased", *REFUSES, "ImportProhibited", "RestrictionOpened", "UseBlocked", "ClearanceCompleted")


def _of_others(document: Any) -> Any:
    text = orjson.dumps(document).decode()
    for one, other in OTHERS.items():
        text = text.replace(one, other)
    return orjson.loads(text)


def _said(step: Step) -> Any:
    return step.event.model_dump(mode="json", exclude_none=True)


def _found(life: Life, service: str, without_record: bool) -> Any:
    """Of `release`, which decides on the record, what was found and what is open; or so much as hangs on no record."""
    kind = life.world.services[service].kind_of(GOODS)
    assert kind is not None
    state = life.state(service)
    if service == "release" and without_record:
        points = (each for each in kind.open_points(state) if each.act != "DecideOnGroundAfterRelease")
        return [each for each in state.findings.noted if not hangs_on_it(each)], state.completion, [*points]
    parts = ("findings", "after", "completion") if service == "release" else [each.name for each in fields(state)]
    return {each: facts(getattr(state, each)) for each in parts}, kind.open_points(state)


def hangs_on_it(finding: Finding) -> bool:
    return is_doubt(finding) or ("released", "while it is on record") in finding.facts


def hangs_on_the_record(said: Said, life: Life) -> bool:
    """A release that is asked for; of several that are stated the one that came first stands."""
    stated = [each for each in life.said if each.document.get("given")]
    return said.command == "ReleaseGoods" and (said not in stated or len(stated) > 1)


def is_asked_for(step: Step) -> bool:
    """And not stated to have been given before."""
    return step.event.given is None


def _lines(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for papers in document.get("papers", ()):
        yield from papers["goods"]
    yield from document.get("items", ()) if document.get("form") else ()


def standing(steps: Iterable[Step]) -> dict[Open, set[str]]:
    """The codes of each prohibition, and of each restriction that is not met."""
    found: dict[Open, set[str]] = {}
    for step in steps:
        event = step.event
        if event.type not in (*BEGINS, *ENDS):
            continue
        kind = "prohibition" if "Prohibi" in event.type else "restriction"
        at = (kind, event.act, getattr(event, "permit", ""), getattr(event, "origin", None))
        before, these = found.get(at, set()), {*event.codes}
        found[at] = before | these if event.type in BEGINS else before - these
    return found


class Line(NamedTuple):
    """An item as it is declared."""

    number: int
    code: str


def declared(life: Life, step: Step) -> list[Line]:
    """The items of the declaration that stands when this comes."""
    versions = [each.event for each in life.before(step.turn) if each.event.type in DECLARES]
    return [Line(number, each.code) for number, each in enumerate(versions[-1].items, start=1)] if versions else []


def items(life: Life, step: Step) -> set[int]:
    return {*step.event.items} or {line.number for line in declared(life, step)}


PROMISES: tuple[Promise, ...] = (
    released_under_a_regime, asked_for_against_no_open_ground, refused_by_law_alone, completed_behind_a_release,
    completed_for_good, barred_by_a_known_origin, alike_in_any_order_of_recording, equal_before_the_law,
    displaced_by_a_treaty_and_nothing_else,
)  # fmt: skip
