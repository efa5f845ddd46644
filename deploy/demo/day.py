"""One run of the script: its ids, its keys, and when everything is stated to have happened."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from pydantic import TypeAdapter

from contracts.names import Identifier, stream_id
from deploy.demo.script import Goods, Movement

IDENTIFIER = TypeAdapter(Identifier)
ISSUER = "DEMO"
"""Who numbers all journeys of the day but those of lorries, which travel under TIR carnets."""
JOURNEYS = {"-T": "train", "-F": "flight", "NST": "flight", "-S": "voyage", "PIP": "voyage", "ELK": "voyage"}
"""What sort of journey a movement is on, by a part of its key."""
LENGTH = timedelta(hours=14)
BETWEEN_CONSIGNMENTS = timedelta(minutes=1)
TO_THE_FIRST_CALL = {
    "road": timedelta(minutes=10),
    "rail": timedelta(minutes=30),
    "air": timedelta(minutes=45),
    "sea": timedelta(minutes=120),
}
"""From crossing to arrival."""
BETWEEN_CALLS = {"air": timedelta(minutes=80), "sea": timedelta(minutes=120)}
NOTICE_BEFORE_ARRIVAL = {
    "road": timedelta(hours=3),
    "rail": timedelta(hours=6),
    "air": timedelta(hours=4),
    "sea": timedelta(hours=30),
}
SHORT_NOTICE_BEFORE_ARRIVAL = timedelta(minutes=50)
NOTICE_AFTER_CROSSING = timedelta(minutes=5)
LATE_NOTICE_AFTER_ARRIVAL = timedelta(minutes=15)
CHANGE_BEFORE_CROSSING = timedelta(minutes=20)
CHANGE_AFTER_CROSSING = timedelta(minutes=15)
STOP_AFTER_CROSSING = timedelta(minutes=30)

AFTER_ARRIVAL = {
    "PresentVehicle": timedelta(minutes=10),
    "PresentGoods": timedelta(minutes=20),
    "LodgeDeclaration": timedelta(minutes=35),
    "DecideOnGoodsInDoubt": timedelta(minutes=40),
    "AcceptDeclaration": timedelta(minutes=45),
    "AskForRelease": timedelta(minutes=50),
    "PresentPermit": timedelta(minutes=55),
    "DecideOnPermit": timedelta(minutes=60),
    "RecordPayment": timedelta(minutes=65),
    "RecordApproval": timedelta(minutes=70),
    "ReportUse": timedelta(minutes=75),
    "ReleaseGoods": timedelta(minutes=80),
    "ReleaseSecondItem": timedelta(minutes=85),
    "StateNotExported": timedelta(minutes=100),
    "PlaceInStorage": timedelta(minutes=105),
    "RecordImmediateExport": timedelta(minutes=110),
    "EndRegime": timedelta(minutes=130),
}
AFTER_RELEASE = timedelta(minutes=110)
"""From arrival, for what is paid or approved only after the release."""


@dataclass(frozen=True)
class Day:
    """A day that ends now. `stamp` stands in every id, so that the days of several runs live side by side."""

    ends: datetime

    @classmethod
    def today(cls) -> Self:
        return cls(datetime.now(UTC).replace(microsecond=0))

    @property
    def stamp(self) -> str:
        return self.ends.strftime("%y%m%d-%H%M%S")

    def id(self, key: str) -> str:
        """The id in this run of the script's movement or consignment."""
        if key.rpartition("-")[2].isdigit():
            return f"{self.stamp}-{key}"
        return stream_id(IDENTIFIER.validate_python(self.journey(key)))

    def journey(self, key: str) -> dict[str, str]:
        """What a movement of this run is called: by the number of its journey, to which its id belongs."""
        kind = next((kind for part, kind in JOURNEYS.items() if part in key), "tir_carnet")
        number = f"{self.stamp}_{key}".replace("-", "_")
        dated = {"issuer": ISSUER, "day": self.ends.date().isoformat()} if kind != "tir_carnet" else {}
        return {"kind": kind, "number": number, **dated}

    def key(self, id_: str) -> str | None:
        """The script's key of an id, None for what is not of this run."""
        if id_.startswith(f"{self.stamp}-"):
            return id_.removeprefix(f"{self.stamp}-")
        number = next((part for part in id_.split(".") if part.startswith(self.stamp.replace("-", "_") + "_")), None)
        return number.split("_", 2)[2].replace("_", "-") if number else None

    def idempotency_key(self, act: str, key: str) -> str:
        """The same act on the same thing in the same run: the same key, however often it is sent."""
        return f"demo-{self.stamp}-{act}-{key}"

    def crosses(self, movement: Movement) -> datetime:
        return self.ends - LENGTH - timedelta(days=movement.days_ago) + movement.comes

    def arrives(self, movement: Movement, place: str) -> datetime:
        """When it comes to a place of its journey; for what comes to none it is when it crosses or is stopped."""
        if movement.non_stop and movement.stops:
            return self.crosses(movement) + STOP_AFTER_CROSSING
        places = [call.place for call in movement.came]
        if place not in places:
            return self.crosses(movement)
        mode = movement.mode
        between = BETWEEN_CALLS.get(mode, timedelta(0)) * places.index(place)
        return self.crosses(movement) + TO_THE_FIRST_CALL[mode] + between

    def notified(self, movement: Movement) -> datetime:
        """When the administration told customs, whenever that is recorded."""
        arrives = self.arrives(movement, movement.came[0].place)
        match movement.notice:
            case "after crossing":
                return self.crosses(movement) + NOTICE_AFTER_CROSSING
            case "late":
                return arrives + LATE_NOTICE_AFTER_ARRIVAL
            case "short":
                return arrives - SHORT_NOTICE_BEFORE_ARRIVAL
            case _:
                return arrives - NOTICE_BEFORE_ARRIVAL[movement.mode]

    def changed(self, movement: Movement) -> datetime:
        """When it was told that the journey leads otherwise; of one that does not change, nothing is told."""
        crosses = self.crosses(movement)
        return (
            crosses - CHANGE_BEFORE_CROSSING
            if movement.changes == "before crossing"
            else crosses + CHANGE_AFTER_CROSSING
        )

    def shown(self, movement: Movement) -> datetime:
        return self.arrives(movement, movement.post) + AFTER_ARRIVAL["PresentVehicle"]

    def when(self, act: str, movement: Movement, goods: Goods) -> datetime:
        """When the act on goods is stated to have happened."""
        late = (act == "RecordPayment" and goods.payment == "after release") or (
            act == "RecordApproval" and goods.approval == "after release"
        )
        after = AFTER_RELEASE if late else AFTER_ARRIVAL[act]
        return self.arrives(movement, goods.post) + after + BETWEEN_CONSIGNMENTS * goods.number
