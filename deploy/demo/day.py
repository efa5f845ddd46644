"""One run of the script: its ids, its keys, and when everything is stated to have happened."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from deploy.demo.script import Goods, Truck

LENGTH = timedelta(hours=14)
BETWEEN_CONSIGNMENTS = timedelta(minutes=3)
AFTER_CROSSING = {
    "NotifyArrival": -timedelta(hours=3),
    "RecordCrossing": timedelta(0),
    "RecordArrival": timedelta(minutes=10),
    "PresentVehicle": timedelta(minutes=25),
    "PresentGoods": timedelta(minutes=40),
    "LodgeDeclaration": timedelta(minutes=60),
    "RecordPayment": timedelta(minutes=100),
    "ReleaseGoods": timedelta(minutes=140),
    "RecordImmediateExport": timedelta(minutes=200),
    "EndRegime": timedelta(minutes=240),
}
PAYMENT_AFTER_RELEASE = timedelta(minutes=190)


@dataclass(frozen=True)
class Day:
    """A day that ends now. `stamp` begins every id, so that the days of several runs live side by side."""

    ends: datetime

    @classmethod
    def today(cls) -> Self:
        return cls(datetime.now(UTC).replace(microsecond=0))

    @property
    def stamp(self) -> str:
        return self.ends.strftime("%y%m%d-%H%M%S")

    def id(self, key: str) -> str:
        """The id in this run of the script's truck or consignment."""
        return f"{self.stamp}-{key}"

    def key(self, id_: str) -> str | None:
        """The script's key of an id, None for what is not of this run."""
        return id_.removeprefix(f"{self.stamp}-") if id_.startswith(f"{self.stamp}-") else None

    def idempotency_key(self, act: str, key: str) -> str:
        """The same act on the same thing in the same run: the same key, however often it is sent."""
        return f"demo-{self.stamp}-{act}-{key}"

    def when(self, act: str, truck: Truck, goods: Goods | None = None) -> datetime:
        """When the act is stated to have happened."""
        late = act == "RecordPayment" and goods is not None and goods.payment == "after release"
        after = PAYMENT_AFTER_RELEASE if late else AFTER_CROSSING[act]
        apart = BETWEEN_CONSIGNMENTS * goods.number if goods else timedelta(0)
        return self.ends - LENGTH + truck.comes + after + apart
