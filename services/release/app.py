"""`release`: may the goods go, under which regime, and is customs done with them (Arts 5(1)(20), 7, 20, 29(2))?"""

import json
from functools import partial
from importlib.resources import files

from chassis.service import Route, Service
from contracts import arrival, asyncapi, clearance, presentation, release
from contracts.found import numbers
from contracts.spelling import folded
from contracts.values import KnownCheckpoint
from law.pages import PAGES
from law.version import version
from release.consignment import consignment
from release.ground_decisions import CorrectGroundDecision, DecideOnGroundAfterRelease, WithdrawGroundDecision
from release.regime import CorrectRegimeEnd, EndRegime, WithdrawRegimeEnd
from release.release import ReleaseGoods
from release.use import ReportUse

SERVICE: Service = Service(
    name="release",
    port=8104,
    pages={**PAGES, "/asyncapi.json": asyncapi.page(lambda: SERVICE)},
    examples=json.loads(files("release").joinpath("examples.json").read_text(encoding="utf-8")),
    writes=release,
    hears={"arrival": arrival, "presentation": presentation, "clearance": clearance},
    deciders={"consignment": consignment},
    routes=(
        Route(path="/releases", command=ReleaseGoods, kind="consignment", reads_latest=True, roles=("officer",)),
        Route(
            path="/ground-decisions",
            command=DecideOnGroundAfterRelease,
            kind="consignment",
            roles=("officer", "supervisor"),
        ),
        Route(
            path="/ground-decision-corrections",
            command=CorrectGroundDecision,
            kind="consignment",
            roles=("officer", "supervisor"),
        ),
        Route(
            path="/ground-decision-withdrawals",
            command=WithdrawGroundDecision,
            kind="consignment",
            roles=("officer", "supervisor"),
        ),
        Route(path="/regime-ends", command=EndRegime, kind="consignment", roles=("officer",)),
        Route(path="/regime-end-corrections", command=CorrectRegimeEnd, kind="consignment", roles=("officer",)),
        Route(path="/regime-end-withdrawals", command=WithdrawRegimeEnd, kind="consignment", roles=("officer",)),
        Route(path="/uses", command=ReportUse, kind="consignment", reads_latest=True, roles=("officer", "declarant")),
    ),
    numbers=numbers,
    spelling=folded,
    places=KnownCheckpoint,
    names_found=True,
    rulebook=partial(version, "release"),
    state_version=26,
)
