"""`presentation`: was it brought to its checkpoint unchanged, and shown (Art. 37(2), 38)?"""

import json
from functools import partial
from importlib.resources import files

from chassis.service import Route, Service
from contracts import arrival, asyncapi, presentation
from contracts.found import numbers
from contracts.spelling import folded
from law.pages import PAGES
from law.version import version
from presentation.consignment import consignment
from presentation.consignment.presentation import CorrectGoodsPresentation, PresentGoods, WithdrawGoodsPresentation
from presentation.movement import movement
from presentation.movement.presentation import (
    CorrectVehiclePresentation,
    PresentVehicle,
    WithdrawVehiclePresentation,
)

SERVICE: Service = Service(
    name="presentation",
    port=8102,
    pages={**PAGES, "/asyncapi.json": asyncapi.page(lambda: SERVICE)},
    examples=json.loads(files("presentation").joinpath("examples.json").read_text(encoding="utf-8")),
    writes=presentation,
    hears={"arrival": arrival},
    deciders={"movement": movement, "consignment": consignment},
    routes=(
        Route(path="/vehicle-presentations", command=PresentVehicle, kind="movement", roles=("carrier", "officer")),
        Route(path="/goods-presentations", command=PresentGoods, kind="consignment", roles=("carrier", "officer")),
        Route(
            path="/vehicle-presentation-corrections",
            command=CorrectVehiclePresentation,
            kind="movement",
            roles=("carrier", "officer"),
        ),
        Route(
            path="/vehicle-presentation-withdrawals",
            command=WithdrawVehiclePresentation,
            kind="movement",
            roles=("carrier", "officer"),
        ),
        Route(
            path="/goods-presentation-corrections",
            command=CorrectGoodsPresentation,
            kind="consignment",
            roles=("carrier", "officer"),
        ),
        Route(
            path="/goods-presentation-withdrawals",
            command=WithdrawGoodsPresentation,
            kind="consignment",
            roles=("carrier", "officer"),
        ),
    ),
    numbers=numbers,
    spelling=folded,
    names_found=True,
    rulebook=partial(version, "presentation"),
    state_version=9,
)
