"""Lives of vehicles of a kind that comes seldom (Arts 37, 37(2-1)), as those of goods in `lives`."""

from typing import Any

from deploy.demo.lives import OTHER, POST, WATER, Act, Goods, Life

ELSEWHERE = {"description": "winter road over the river, 4 km above Farap", "latitude": "39.204", "longitude": "63.552"}
BASIS = "Order on crossings in emergencies (invented), 3"
SEAL = "UZ-779001"
ALTERED = {"rule": "P2", "article": "37(2)", "layer": "code", "facts": [["altered", [SEAL]]]}


def of_lorry(of: Goods, command: str, role: str, hour: float, *after: str, **says: Any) -> Act:
    return of.act(command, role, hour, *after, movement=of.lorry(), **says)


def came_elsewhere(of: Goods, basis: dict[str, str]) -> list[Act]:
    place, said = {**ELSEWHERE, **basis}, {"direction": "in", "mode": "road"}
    crossed = of_lorry(of, "RecordCrossing", "officer", 1, elsewhere=place, papers=of.papers((WATER, OTHER)), **said)
    return [crossed, of_lorry(of, "RecordArrivalElsewhere", "officer", 1.5, elsewhere=place, mode="road")]


def elsewhere_by_law(of: Goods) -> Life:
    return of.life(
        "came over elsewhere, as a cited order lets it",
        came_elsewhere(of, {"legal_basis": BASIS}),
        "BorderCrossed", "VehicleArrivedElsewhere",
        never=("WhereaboutsFindingsRecorded",), of_vehicle=True,
    )  # fmt: skip


def elsewhere_by_none(of: Goods) -> Life:
    return of.life(
        "came over elsewhere, and nobody says by what law",
        came_elsewhere(of, {}),
        "VehicleArrivedElsewhere", "WhereaboutsFindingsRecorded",
        of_vehicle=True,
    )  # fmt: skip


def shown_and_found(of: Goods) -> Life:
    """The carrier shows, the officer finds, and decides on what he found."""
    crossed = of_lorry(of, "RecordCrossing", "officer", 1, direction="in", mode="road", place=POST,
                       seals=[{"number": SEAL}], papers=of.papers((WATER, OTHER)))  # fmt: skip
    shown = of_lorry(of, "PresentVehicle", "officer", 2, "BorderCrossed", checkpoint=POST)
    looked = of_lorry(of, "ExamineVehicle", "officer", 2.5, "VehiclePresented", checkpoint=POST,
                      seals=[{"number": SEAL, "state": "altered"}])  # fmt: skip
    decided = of_lorry(of, "DecideOnVehicleFinding", "officer", 3, "VehicleExamined", finding=ALTERED,
                       cause="an accident on the road", consequence="the goods are counted")  # fmt: skip
    return of.life(
        "a seal that an officer finds altered, and decides on",
        [crossed, shown, looked, decided],
        "VehicleExamined", "VehicleFindingsRecorded", "VehicleFindingDecided",
        of_vehicle=True,
    )  # fmt: skip


KINDS = (elsewhere_by_law, elsewhere_by_none, shown_and_found)
