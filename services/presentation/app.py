"""`presentation`: was it brought to its checkpoint unchanged, and shown (Art. 37(2), 38)?"""

from chassis.service import Door, Service
from contracts import arrival, presentation
from law import RULEBOOK
from law.pages import PAGES
from presentation import consignment, movement

SERVICE = Service(
    name="presentation",
    port=8102,
    pages=PAGES,
    writes=presentation,
    hears={"arrival": arrival},
    deciders={"movement": movement, "consignment": consignment},
    doors=(
        Door(path="/vehicle-presentations", command=movement.PresentVehicle, kind="movement"),
        Door(path="/goods-presentations", command=consignment.PresentGoods, kind="consignment"),
    ),
    rulebook=RULEBOOK,
    shape=3,
)
