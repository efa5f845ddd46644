"""One vehicle on one journey: what was announced of it, and what it did."""

from functools import reduce
from typing import assert_never

from arrival import journey, notice, parts, rules, telling
from arrival.commands import ChangeJourney as ChangeJourney
from arrival.commands import Command
from arrival.commands import NotifyArrival as NotifyArrival
from arrival.commands import RecordArrival as RecordArrival
from arrival.commands import RecordCrossing as RecordCrossing
from arrival.commands import RecordStop as RecordStop
from arrival.parts import Movement, Own
from arrival.told import Told
from law import Input, OpenPoint

HEARS: tuple[type, ...] = ()
INITIAL = Movement()


def decide(given: Input[Command], movement: Movement) -> list[Own]:
    found = said(given, movement)
    after = reduce(evolve, found, movement)
    return [*found, *notice.concluded(given.content.movement, after, given.recorded)]


def said(given: Input[Command], movement: Movement) -> list[Own]:
    """What the act itself puts on record."""
    match given.content:
        case NotifyArrival() as told:
            # A second notice changes nothing: how the journey leads otherwise is an act of its own.
            return [] if movement.notice else notified(told, given, movement)
        case ChangeJourney() as changed:
            return journey.is_changed(changed, given.occurred, movement)
        case RecordCrossing() as crossing:
            # A vehicle crosses once on a journey; a new import is a new movement.
            return [] if movement.crossing else crossed(crossing, given, movement)
        case RecordArrival() as arrival:
            return rules.arrival_is_recorded(arrival, given.occurred, given.recorded, movement)
        case RecordStop() as stop:
            return rules.stop_is_for_the_officer(stop, given.occurred, movement)
        case unknown:
            assert_never(unknown)


def notified(told: NotifyArrival, given: Input[Command], movement: Movement) -> list[Own]:
    event = notice.is_recorded(told, given.occurred, given.recorded)
    return [event, *journey.also_told(movement, event)]


def crossed(crossing: RecordCrossing, given: Input[Command], movement: Movement) -> list[Own]:
    """The exemption is said before the crossing, so that nobody takes the chapter to apply in between."""
    event = rules.crossing_begins_the_import(crossing, given.occurred, given.recorded, movement)
    return [*rules.chapter_8_does_not_apply(crossing), event]


def evolve(movement: Movement, event: Own) -> Movement:
    return parts.recorded(movement, event)


def follow(event: Own) -> list[tuple[str, Told]]:
    return telling.told(event)


def open_points(movement: Movement) -> tuple[OpenPoint, ...]:
    return (*notice.is_not_there_yet(movement), *rules.stop_is_to_be_decided(movement))
