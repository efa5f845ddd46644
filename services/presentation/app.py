"""`presentation`: was it brought to its checkpoint unchanged, and shown (Art. 37(2), 38)?"""

import json
from functools import partial
from importlib.resources import files

from chassis.service import Route, Service
from contracts import arrival, asyncapi, presentation
from contracts.found import numbers
from contracts.spelling import folded
from contracts.values import KnownCheckpoint
from law.pages import PAGES
from law.version import version
from presentation.consignment import consignment
from presentation.consignment.decisions import (
    CorrectGoodsFindingDecision,
    DecideOnGoodsFinding,
    WithdrawGoodsFindingDecision,
)
from presentation.consignment.examination import (
    CorrectGoodsExamination,
    ExamineGoods,
    WithdrawGoodsExamination,
)
from presentation.consignment.presentation import CorrectGoodsPresentation, PresentGoods, WithdrawGoodsPresentation
from presentation.movement import movement
from presentation.movement.decisions import (
    CorrectVehicleFindingDecision,
    DecideOnVehicleFinding,
    WithdrawVehicleFindingDecision,
)
from presentation.movement.determination import (
    CorrectCheckpointDecision,
    DetermineCheckpoint,
    WithdrawCheckpointDecision,
)
from presentation.movement.examination import (
    CorrectVehicleExamination,
    ExamineVehicle,
    WithdrawVehicleExamination,
)
from presentation.movement.presentation import (
    CorrectVehiclePresentation,
    PresentVehicle,
    WithdrawVehiclePresentation,
)

WHO = ("carrier", "officer")
WHAT_AN_OFFICER_SAYS = (
    ("/vehicle-examinations", ExamineVehicle, "movement"),
    ("/vehicle-examination-corrections", CorrectVehicleExamination, "movement"),
    ("/vehicle-examination-withdrawals", WithdrawVehicleExamination, "movement"),
    ("/vehicle-finding-decisions", DecideOnVehicleFinding, "movement"),
    ("/vehicle-finding-decision-corrections", CorrectVehicleFindingDecision, "movement"),
    ("/vehicle-finding-decision-withdrawals", WithdrawVehicleFindingDecision, "movement"),
    ("/checkpoint-decisions", DetermineCheckpoint, "movement"),
    ("/checkpoint-decision-corrections", CorrectCheckpointDecision, "movement"),
    ("/checkpoint-decision-withdrawals", WithdrawCheckpointDecision, "movement"),
    ("/goods-examinations", ExamineGoods, "consignment"),
    ("/goods-examination-corrections", CorrectGoodsExamination, "consignment"),
    ("/goods-examination-withdrawals", WithdrawGoodsExamination, "consignment"),
    ("/goods-finding-decisions", DecideOnGoodsFinding, "consignment"),
    ("/goods-finding-decision-corrections", CorrectGoodsFindingDecision, "consignment"),
    ("/goods-finding-decision-withdrawals", WithdrawGoodsFindingDecision, "consignment"),
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
        Route(path="/vehicle-presentations", command=PresentVehicle, kind="movement", roles=WHO),
        Route(path="/goods-presentations", command=PresentGoods, kind="consignment", roles=WHO),
        Route(path="/vehicle-presentation-corrections", command=CorrectVehiclePresentation, kind="movement", roles=WHO),
        Route(
            path="/vehicle-presentation-withdrawals", command=WithdrawVehiclePresentation, kind="movement", roles=WHO
        ),
        Route(path="/goods-presentation-corrections", command=CorrectGoodsPresentation, kind="consignment", roles=WHO),
        Route(path="/goods-presentation-withdrawals", command=WithdrawGoodsPresentation, kind="consignment", roles=WHO),
        *(
            Route(path=path, command=command, kind=kind, roles=("officer",))
            for path, command, kind in WHAT_AN_OFFICER_SAYS
        ),
    ),
    numbers=numbers,
    spelling=folded,
    places=KnownCheckpoint,
    names_found=True,
    rulebook=partial(version, "presentation"),
    state_version=16,
)
