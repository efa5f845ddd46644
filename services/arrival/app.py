"""`arrival`: who announced what, where and when, and what crossed (Art. 37(1), 37(2-1), 37(3))."""

import json
from importlib.resources import files

from arrival import commands, consignment, movement, told
from chassis.service import Door, Service
from contracts import arrival, asyncapi
from law import RULEBOOK
from law.pages import PAGES

SERVICE: Service = Service(
    name="arrival",
    port=8101,
    pages={**PAGES, "/asyncapi.json": asyncapi.page(lambda: SERVICE)},
    examples=json.loads(files("arrival").joinpath("examples.json").read_text(encoding="utf-8")),
    writes=arrival,
    deciders={"movement": movement, "consignment": consignment},
    doors=(
        Door(path="/arrival-notices", command=commands.NotifyArrival, kind="movement"),
        Door(path="/journeys", command=commands.ChangeJourney, kind="movement"),
        Door(path="/border-crossings", command=commands.RecordCrossing, kind="movement"),
        Door(path="/arrivals", command=commands.RecordArrival, kind="movement"),
        Door(path="/stops", command=commands.RecordStop, kind="movement"),
    ),
    followed=(
        told.AnnounceConsignment,
        told.RecordGoodsJourney,
        told.RecordGoodsCrossing,
        told.RecordGoodsArrival,
        told.RecordGoodsStop,
        told.LoseGoodsExemption,
    ),
    rulebook=RULEBOOK,
    shape=3,
)
