"""`clearance`: is everything in hand that the law asks for (Chapters 4 to 7)?"""

import json
from functools import partial
from importlib.resources import files

from chassis.service import Route, Service
from clearance.approvals import RecordApproval
from clearance.consignment import consignment
from clearance.declaration import LodgeDeclaration
from clearance.export import RecordImmediateExport
from clearance.payments import RecordPayment
from clearance.permits import DecideOnPermit, PresentPermit
from contracts import arrival, asyncapi, clearance, presentation
from law.pages import PAGES
from law.version import version

SERVICE: Service = Service(
    name="clearance",
    port=8103,
    pages={**PAGES, "/asyncapi.json": asyncapi.page(lambda: SERVICE)},
    examples=json.loads(files("clearance").joinpath("examples.json").read_text(encoding="utf-8")),
    writes=clearance,
    hears={"arrival": arrival, "presentation": presentation},
    deciders={"consignment": consignment},
    routes=(
        Route(path="/declarations", command=LodgeDeclaration, kind="consignment", roles=("declarant", "broker")),
        Route(path="/permits", command=PresentPermit, kind="consignment", roles=("declarant", "broker", "agency")),
        Route(path="/permit-decisions", command=DecideOnPermit, kind="consignment", roles=("officer",)),
        Route(path="/approvals", command=RecordApproval, kind="consignment", roles=("agency",)),
        Route(
            path="/immediate-exports", command=RecordImmediateExport, kind="consignment", roles=("officer", "carrier")
        ),
        Route(path="/payments", command=RecordPayment, kind="consignment", roles=("treasury",)),
    ),
    rulebook=partial(version, "clearance"),
    state_version=7,
)
