"""`arrival`: who announced what, where and when, and what crossed (Art. 37(1), 37(2-1), 37(3))."""

from arrival import consignment, movement
from chassis.service import Door, Service
from contracts import arrival
from law import RULEBOOK

SERVICE = Service(
    name="arrival",
    port=8101,
    writes=arrival,
    deciders={"movement": movement, "consignment": consignment},
    doors=(
        Door(path="/arrival-notices", command=movement.NotifyArrival, kind="movement"),
        Door(path="/border-crossings", command=movement.RecordCrossing, kind="movement"),
        Door(path="/arrivals", command=movement.RecordArrival, kind="movement"),
    ),
    followed=(
        consignment.AnnounceConsignment,
        consignment.RecordGoodsCrossing,
        consignment.RecordGoodsArrival,
    ),
    rulebook=RULEBOOK,
)
