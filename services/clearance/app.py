"""`clearance`: is everything in hand that the law asks for (Chapters 4 to 7)?"""

import json
from functools import partial
from importlib.resources import files

from chassis.service import Route, Service
from clearance.acceptance import (
    AcceptDeclaration,
    CorrectAcceptance,
    CorrectRegistration,
    RegisterDeclaration,
    WithdrawAcceptance,
    WithdrawRegistration,
)
from clearance.amendment import DecideAmendment
from clearance.approvals import CorrectApproval, RecordApproval, WithdrawApproval
from clearance.beginning import BeginClearance
from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration, CorrectDeclaration, LodgeDeclaration, WithdrawDeclaration
from clearance.disposal import DecideDisposal
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.export import CorrectImmediateExport, RecordImmediateExport, WithdrawImmediateExport
from clearance.payments import CorrectPayment, RecordPayment, ReversePayment, WithdrawPayment
from clearance.permit_decisions import CorrectPermitDecision, DecideOnPermit, WithdrawPermitDecision
from clearance.permits import CorrectPermit, PresentPermit, WithdrawPermit
from clearance.placement import CorrectPlacement, PlaceInStorage, WithdrawPlacement
from clearance.refusals import DecideOnRefusedApproval
from contracts import arrival, asyncapi, clearance, presentation
from contracts.found import numbers
from contracts.spelling import folded
from contracts.values import KnownCheckpoint
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
        Route(path="/clearance-beginnings", command=BeginClearance, kind="consignment", roles=("officer",)),
        Route(
            path="/declaration-registrations",
            command=RegisterDeclaration,
            kind="consignment",
            roles=("officer", "integrator"),
        ),
        Route(
            path="/registration-corrections",
            command=CorrectRegistration,
            kind="consignment",
            roles=("integrator", "officer"),
        ),
        Route(
            path="/registration-withdrawals",
            command=WithdrawRegistration,
            kind="consignment",
            roles=("integrator", "officer"),
        ),
        Route(path="/declaration-acceptances", command=AcceptDeclaration, kind="consignment", roles=("officer",)),
        Route(path="/acceptance-corrections", command=CorrectAcceptance, kind="consignment", roles=("officer",)),
        Route(path="/acceptance-withdrawals", command=WithdrawAcceptance, kind="consignment", roles=("officer",)),
        Route(
            path="/declaration-amendments", command=AmendDeclaration, kind="consignment", roles=("declarant", "broker")
        ),
        Route(
            path="/declaration-corrections",
            command=CorrectDeclaration,
            kind="consignment",
            roles=("declarant", "broker", "officer"),
        ),
        Route(
            path="/declaration-withdrawals",
            command=WithdrawDeclaration,
            kind="consignment",
            roles=("declarant", "broker", "officer"),
        ),
        Route(path="/amendment-decisions", command=DecideAmendment, kind="consignment", roles=("officer",)),
        Route(path="/goods-decisions", command=DecideOnGoodsInDoubt, kind="consignment", roles=("officer",)),
        Route(path="/permits", command=PresentPermit, kind="consignment", roles=("declarant", "broker", "agency")),
        Route(
            path="/permit-corrections",
            command=CorrectPermit,
            kind="consignment",
            roles=("declarant", "broker", "agency", "officer"),
        ),
        Route(
            path="/permit-withdrawals",
            command=WithdrawPermit,
            kind="consignment",
            roles=("declarant", "broker", "agency", "officer"),
        ),
        Route(path="/permit-decisions", command=DecideOnPermit, kind="consignment", roles=("officer",)),
        Route(
            path="/permit-decision-corrections", command=CorrectPermitDecision, kind="consignment", roles=("officer",)
        ),
        Route(
            path="/permit-decision-withdrawals", command=WithdrawPermitDecision, kind="consignment", roles=("officer",)
        ),
        Route(path="/approvals", command=RecordApproval, kind="consignment", roles=("agency",)),
        Route(path="/approval-corrections", command=CorrectApproval, kind="consignment", roles=("agency", "officer")),
        Route(path="/approval-withdrawals", command=WithdrawApproval, kind="consignment", roles=("agency", "officer")),
        Route(path="/refusal-decisions", command=DecideOnRefusedApproval, kind="consignment", roles=("officer",)),
        Route(path="/disposals", command=DecideDisposal, kind="consignment", roles=("officer",)),
        Route(path="/immediate-exports", command=RecordImmediateExport, kind="consignment", roles=("officer",)),
        Route(
            path="/immediate-export-corrections", command=CorrectImmediateExport, kind="consignment", roles=("officer",)
        ),
        Route(
            path="/immediate-export-withdrawals",
            command=WithdrawImmediateExport,
            kind="consignment",
            roles=("officer",),
        ),
        Route(path="/placements", command=PlaceInStorage, kind="consignment", roles=("officer",)),
        Route(path="/placement-corrections", command=CorrectPlacement, kind="consignment", roles=("officer",)),
        Route(path="/placement-withdrawals", command=WithdrawPlacement, kind="consignment", roles=("officer",)),
        Route(path="/payments", command=RecordPayment, kind="consignment", roles=("treasury",)),
        Route(path="/payment-reversals", command=ReversePayment, kind="consignment", roles=("treasury",)),
        Route(path="/payment-corrections", command=CorrectPayment, kind="consignment", roles=("treasury", "officer")),
        Route(path="/payment-withdrawals", command=WithdrawPayment, kind="consignment", roles=("treasury", "officer")),
    ),
    numbers=numbers,
    spelling=folded,
    places=KnownCheckpoint,
    names_found=True,
    rulebook=partial(version, "clearance"),
    state_version=31,
)
