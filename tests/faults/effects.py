"""Every accepted command took effect exactly once, every told one too, and every shipment came to its end once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.faults.causes import DUE, INTERNAL
from tests.faults.evidence import Accepted, Defect, Entry, Expected, Listed, Side

OF_VERSIONS = {"DeclarationNoted", "Parked", "Redrive", "Redriven"}
"""What only the next version of a service writes, and what becomes of a record that came when the one before was back.

What was parked for any other cause is not decided again by anybody here, and so is lost (`causes.check_cases`).
"""
Inputs = Mapping[tuple[str, str, str], Sequence[Entry]]
"""The inputs of each service, client and key."""
Gone = Mapping[tuple[str, str], tuple[Entry, Sequence[Entry]]]
"""Inputs that a restore lost, and their effects, by id and chain: the id may have been given out again."""


def inputs_by_key(entries: Iterable[Entry]) -> dict[tuple[str, str, str], list[Entry]]:
    found: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "input":
            client, key = entry.document.get("client"), entry.document.get("idempotencykey")
            found[entry.service, str(client), str(key)].append(entry)
    return found


def effects_by_cause(entries: Iterable[Entry]) -> dict[tuple[str, str], list[Entry]]:
    """Per service and causing entry the events that follow from it there."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "event":
            found[entry.service, str(entry.document.get("causationid"))].append(entry)
    return found


def inputs_gone(set_aside: Iterable[Side]) -> Gone:
    found = {}
    for side in set_aside:
        entries = [entry for rows in side.values() for entry in rows]
        effects = effects_by_cause(entries)
        for entry in entries:
            if entry.kind == "input":
                found[entry.where, entry.chain.hex()] = entry, effects.get((entry.service, entry.where), [])
    return found


def check_accepted(
    accepted: Iterable[Accepted],
    inputs: Inputs,
    effects: Mapping[tuple[str, str], Sequence[Entry]],
    gone: Gone,
) -> Iterator[Defect]:
    """One input for each accepted command; its receipt and its events are those of the answer.

    An answer from before a restore may be that of an entry which is `gone`: its key is there again all the same.
    """
    for command in accepted:
        name = f"{command.type} of {command.stream} under the key {command.key}"
        found = inputs.get((command.service, command.client, command.key), ())
        if not found:
            yield Defect(kind="lost", text=f"{name} was accepted and is nowhere")
            continue
        if lost := gone.get((command.receipt["id"], command.receipt["chain"])):
            yield from _check_answer(command, name, *lost)
            continue
        for entry in found:
            yield from _check_answer(command, name, entry, effects.get((command.service, command.receipt["id"]), ()))


def _check_answer(command: Accepted, name: str, entry: Entry, effects: Sequence[Entry]) -> Iterator[Defect]:
    said = (command.type, command.stream)
    if not _is_receipt_of(command.receipt, entry) or (entry.type, entry.stream) != said:
        yield Defect(kind="altered", text=f"{name} was answered {command.receipt}, and {entry.where} differs")
    answered, recorded = [dict(event) for event in command.events], [_told(each) for each in effects]
    if answered != recorded:
        yield _differing(name, answered, recorded)


def _is_receipt_of(receipt: Mapping[str, Any], entry: Entry) -> bool:
    return dict(receipt) == {"id": entry.where, "position": entry.position, "chain": entry.chain.hex()}


def _told(entry: Entry) -> dict[str, Any]:
    return {"id": entry.where, "type": entry.type, "data": entry.document.get("data")}


def _differing(name: str, answered: Sequence[Mapping[str, Any]], recorded: Sequence[Mapping[str, Any]]) -> Defect:
    said, stand = [event["id"] for event in answered], [event["id"] for event in recorded]
    text = f"{name} was answered with {said}, and led to {stand}"
    if said == stand:
        return Defect(kind="altered", text=f"{text}, with other contents")
    return Defect(kind="lost" if set(said) - set(stand) else "doubled", text=text)


def check_once(inputs: Inputs, effects: Mapping[tuple[str, str], Sequence[Entry]]) -> Iterator[Defect]:
    """No key has two inputs, and no cause has the same effect twice."""
    for (service, client, key), found in inputs.items():
        if len(found) > 1:
            places = ", ".join(entry.where for entry in found)
            yield Defect(
                kind="doubled", text=f"the key {key} of {client} has {len(found)} inputs in {service}: {places}"
            )
    for (service, cause), found in effects.items():
        contents = Counter((entry.stream, entry.type, str(entry.document.get("data"))) for entry in found)
        for (stream, type_, _), count in contents.items():
            if count > 1:
                yield Defect(kind="doubled", text=f"{cause} led {count} times to {type_} of {stream} in {service}")


def check_strangers(
    accepted: Iterable[Accepted], unanswered: Iterable[tuple[str, str, str]], inputs: Inputs
) -> Iterator[Defect]:
    """A client of the log sent nothing else: what it gave up would otherwise stand there without an answer."""
    known = {(command.service, command.client, command.key) for command in accepted}
    clients = {client for _, client, _ in known} - {INTERNAL}
    known |= set(unanswered)
    for (service, client, key), (entry, *_) in inputs.items():
        if client in clients and (service, client, key) not in known:
            yield Defect(kind="doubled", text=f"{entry.where} is an input that nobody was told of, under the key {key}")


def check_restored(listed: Iterable[Listed], gone: Gone, inputs: Inputs) -> Iterator[Defect]:
    """What a restore lost was listed by key, or had come again by itself; what was listed is there again, once."""
    lost = {}
    for entry, _ in gone.values():
        name = entry.service, str(entry.document.get("client")), str(entry.document.get("idempotencykey"))
        lost[name] = entry
    keys = {(each.service, each.client, each.key) for each in listed}
    for name, entry in lost.items():
        if name[1] != INTERNAL and name not in keys and name not in inputs:
            text = f"{entry.where} under the key {name[2]} was lost by a restore, and not listed"
            yield Defect(kind="lost", text=text)
    for service, client, key in sorted(keys):
        if (service, client, key) not in lost:
            yield Defect(kind="altered", text=f"the key {key} of {client} was listed as lost in {service}, and was not")
        if (service, client, key) not in inputs:
            yield Defect(kind="lost", text=f"the key {key} of {client} was listed as lost in {service}, and stays lost")


def check_expected(expected: Iterable[Expected], entries: Iterable[Entry]) -> Iterator[Defect]:
    """Every stream whose last command was accepted holds each type of entry exactly as often as it should."""
    streams: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        streams[entry.stream].append(entry)
    for each in expected:
        stream = streams[each.stream]
        wanted = Counter({(s, type_): n for s, types in each.entries.items() for type_, n in types.items()})
        found = Counter((entry.service, entry.type) for entry in stream if not _may_stand(entry, each.plain))
        for service, type_ in sorted((wanted - found).keys()):
            yield Defect(kind="lost", text=f"{each.stream} has no {type_} in {service}")
        for service, type_ in sorted((found - wanted).keys()):
            yield Defect(kind="doubled", text=f"{each.stream} has {type_} {found[service, type_]} times in {service}")
        yield from (
            _check_never_amiss(each.stream, stream) if each.plain else _check_well_in_the_end(each.stream, stream)
        )


def _may_stand(entry: Entry, plain: bool) -> bool:
    """Whether it depends on the order of things: whether a deadline was still open, what was found for a while; or on
    the version that was at work."""
    passing = ("FindingsRecorded", "FindingsWithdrawn")
    return entry.type in {DUE, *OF_VERSIONS} or (not plain and entry.type.endswith(passing))


def _check_never_amiss(stream: str, entries: Iterable[Entry]) -> Iterator[Defect]:
    for entry in entries:
        if (entry.document.get("data") or {}).get("findings"):
            text = f"{stream} was found amiss at {entry.where}, though every fact came before what rests on it"
            yield Defect(kind="out of order", text=text)


def _check_well_in_the_end(stream: str, entries: Iterable[Entry]) -> Iterator[Defect]:
    standing: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        for finding in (entry.document.get("data") or {}).get("findings") or ():
            name = (entry.service, str(finding))
            if entry.type.endswith("FindingsWithdrawn"):
                standing.pop(name, None)
            else:
                standing[name] = entry
    for (_, finding), entry in standing.items():
        text = f"{stream} stays amiss since {entry.where}, though by the times of its facts it is not: {finding}"
        yield Defect(kind="out of order", text=text)
