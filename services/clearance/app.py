"""`clearance`: is everything in hand that the law asks for (Chapters 4 to 7)?"""

import json
from importlib.resources import files

from chassis.service import Door, Service
from clearance import consignment
from contracts import arrival, asyncapi, clearance, presentation
from law import RULEBOOK
from law.pages import PAGES

SERVICE: Service = Service(
    name="clearance",
    port=8103,
    pages={**PAGES, "/asyncapi.json": asyncapi.page(lambda: SERVICE)},
    examples=json.loads(files("clearance").joinpath("examples.json").read_text(encoding="utf-8")),
    writes=clearance,
    hears={"arrival": arrival, "presentation": presentation},
    deciders={"consignment": consignment},
    doors=(
        Door(path="/declarations", command=consignment.LodgeDeclaration, kind="consignment"),
        Door(path="/permits", command=consignment.PresentPermit, kind="consignment"),
        Door(path="/permit-decisions", command=consignment.DecideOnPermit, kind="consignment"),
        Door(path="/approvals", command=consignment.RecordApproval, kind="consignment"),
        Door(path="/immediate-exports", command=consignment.RecordImmediateExport, kind="consignment"),
        Door(path="/payments", command=consignment.RecordPayment, kind="consignment"),
    ),
    rulebook=RULEBOOK,
    shape=4,
)
