"""What a crossing, an arrival and a stop put on record."""

from arrival import notice
from arrival.commands import RecordArrival, RecordCrossing, RecordStop
from arrival.exemption import exemption
from arrival.parts import Movement, Own, Visit, came_to, mode_of
from contracts.arrival import BorderCrossed, Chapter8NotApplicable, ExemptionLost, StopRecorded, VehicleArrived
from contracts.values import ConsignmentId, Instant, Work
from law import OpenPoint


def crossing_begins_the_import(
    crossing: RecordCrossing, occurred: Instant, recorded: Instant, movement: Movement
) -> BorderCrossed:
    """Art. 5(1)(21)(a) [A9]: the crossing itself begins the import, whether or not anybody gave notice of it."""
    arrived = tuple(came_to(visit) for visit in movement.visits)
    return BorderCrossed(
        movement=crossing.movement,
        direction=crossing.direction,
        mode=crossing.mode,
        place=crossing.place,
        crossed=occurred,
        non_stop=crossing.non_stop,
        seals=tuple(sorted(set(crossing.seals))),
        papers=tuple(sorted(crossing.papers, key=lambda papers: papers.consignment)),
        notice_due=notice.is_due(crossing.mode, crossing.place, occurred, recorded) is not None,
        arrived=arrived[0] if arrived else None,
        further=arrived[1:],
        stopped=movement.stops,
    )


def chapter_8_does_not_apply(crossing: RecordCrossing) -> list[Own]:
    exempt = exemption(crossing.mode, crossing.non_stop)
    return [Chapter8NotApplicable(movement=crossing.movement, exemption=exempt)] if exempt else []


def arrival_is_recorded(arrival: RecordArrival, occurred: Instant, recorded: Instant, movement: Movement) -> list[Own]:
    """Art. 38 [P10]: each place that a vehicle comes to is on record once, with what was done there as it happened.

    The same place said again with other work corrects what was said; of a vehicle that was not to stop, an arrival by
    itself decides nothing.
    """
    before = next((each for each in movement.visits if each.checkpoint == arrival.checkpoint), None)
    visit = visited(arrival, occurred, before)
    if visit == before:
        return []
    concerned = {*(movement.crossing.consignments if movement.crossing else ()), *(visit.unloads or ())}
    mode = movement.crossing.mode if movement.crossing else visit.mode or mode_of(movement)
    return [
        VehicleArrived(
            occurred=None if visit.arrived == occurred else visit.arrived,
            movement=arrival.movement,
            checkpoint=visit.checkpoint,
            mode=visit.mode,
            arrived=visit.arrived,
            work=visit.work,
            unloads=visit.unloads,
            notice_due=notice.is_due(mode, visit.checkpoint, visit.arrived, recorded) is not None,
            corrects=before.arrived if before else None,
            consignments=tuple(sorted({*concerned, *(before.unloads or ())} if before else concerned)),
        )
    ]


def visited(arrival: RecordArrival, occurred: Instant, before: Visit | None) -> Visit:
    """The place as it is now on record: what is not stated stays as it was said before."""
    work, unloads = done_there(arrival.work, arrival.unloads)
    silent = before is not None and work is None
    return Visit(
        checkpoint=arrival.checkpoint,
        arrived=before.arrived if before else occurred,
        mode=arrival.mode or (before.mode if before else None),
        work=before.work if before and silent else work,
        unloads=before.unloads if before and silent else unloads,
    )


def done_there(
    work: tuple[Work, ...] | None, unloads: tuple[ConsignmentId, ...] | None
) -> tuple[tuple[Work, ...] | None, tuple[ConsignmentId, ...] | None]:
    """Where goods are named there was unloading; where there was none, no goods were unloaded."""
    if work is None and unloads is None:
        return None, None
    unloading: tuple[Work, ...] = ("unload",) if unloads else ()
    done = tuple(sorted({*(work or ()), *unloading}))
    if unloads is None and "unload" not in done:
        return done, ()
    return done, None if unloads is None else tuple(sorted(set(unloads)))


def stop_is_for_the_officer(stop: RecordStop, occurred: Instant, movement: Movement) -> list[Own]:
    """Art. 37(3) [A8]: what a stop is, and where to show vehicle and goods after it, is what the officer decides.

    Only by that decision does the chapter apply again; once taken it stands.
    """
    same = [each for each in movement.stops if (each.place, each.stopped) == (stop.place, occurred)]
    if same and (same[0].present_at or not stop.exemption_lost):
        return []
    consignments = movement.crossing.consignments if movement.crossing else ()
    stopped = StopRecorded(
        movement=stop.movement,
        place=stop.place,
        stopped=occurred,
        exemption_lost=stop.exemption_lost,
        consignments=consignments,
    )
    if stop.present_at is None:
        return [stopped]
    lost = ExemptionLost(
        movement=stop.movement, present_at=stop.present_at, stopped=occurred, consignments=consignments
    )
    return [stopped, lost]


def stop_is_to_be_decided(movement: Movement) -> tuple[OpenPoint, ...]:
    """Art. 37(3) [A8]: the arrival of a vehicle that was not to stop is put before the officer."""
    if movement.exemption != "non_stop":
        return ()
    decided = {stop.place for stop in movement.stops}
    return tuple(
        OpenPoint(act="RecordStop", who="officer", article="37(3)", place=visit.checkpoint)
        for visit in movement.visits
        if visit.checkpoint not in decided
    )
