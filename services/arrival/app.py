"""`arrival`: who announced what, where and when, and what crossed (Art. 37(1), 37(2-1), 37(3))."""

import json
from functools import partial
from importlib.resources import files

from arrival.consignment import consignment
from arrival.consignment.linking import LinkConsignment
from arrival.movement import movement
from arrival.movement.arrivals import CorrectArrival, RecordArrival, WithdrawArrival
from arrival.movement.crossing import CorrectCrossing, RecordCrossing, WithdrawCrossing
from arrival.movement.elsewhere import CorrectArrivalElsewhere, RecordArrivalElsewhere, WithdrawArrivalElsewhere
from arrival.movement.information import InformArrival
from arrival.movement.journey import ChangeJourney, CorrectJourney, WithdrawJourney
from arrival.movement.linking import LinkMovement
from arrival.movement.notice import AmendNotice, CorrectNotice, NotifyArrival, WithdrawNotice
from arrival.movement.stops import CorrectStop, RecordStop, WithdrawStop
from arrival.vehicle import vehicle
from chassis.service import Route, Service
from contracts import arrival, asyncapi
from contracts.found import numbers
from contracts.spelling import folded
from contracts.values import KnownCheckpoint
from law.pages import PAGES
from law.version import version

WHO_STATE = ("officer", "administration", "carrier", "declarant", "broker")
"""Who may have stated something of a vehicle or of goods; whether they did is seen there."""
AT_POSTS, ANYWHERE = ("administration", "officer"), ("officer", "carrier")
SERVICE: Service = Service(
    name="arrival",
    port=8101,
    pages={**PAGES, "/asyncapi.json": asyncapi.page(lambda: SERVICE)},
    examples=json.loads(files("arrival").joinpath("examples.json").read_text(encoding="utf-8")),
    writes=arrival,
    deciders={"movement": movement, "consignment": consignment, "vehicle": vehicle},
    routes=(
        Route(path="/arrival-notices", command=NotifyArrival, kind="movement", roles=AT_POSTS),
        Route(
            path="/arrival-information",
            command=InformArrival,
            kind="movement",
            roles=("carrier", "consignee", "declarant", "broker"),
        ),
        Route(path="/arrival-notice-amendments", command=AmendNotice, kind="movement", roles=AT_POSTS),
        Route(path="/arrival-notice-corrections", command=CorrectNotice, kind="movement", roles=AT_POSTS),
        Route(path="/arrival-notice-withdrawals", command=WithdrawNotice, kind="movement", roles=AT_POSTS),
        Route(path="/journeys", command=ChangeJourney, kind="movement", roles=("administration", "carrier")),
        Route(
            path="/journey-corrections",
            command=CorrectJourney,
            kind="movement",
            roles=("administration", "carrier", "officer"),
        ),
        Route(
            path="/journey-withdrawals",
            command=WithdrawJourney,
            kind="movement",
            roles=("administration", "carrier", "officer"),
        ),
        Route(path="/border-crossings", command=RecordCrossing, kind="movement", roles=("officer", "carrier")),
        Route(
            path="/border-crossing-corrections", command=CorrectCrossing, kind="movement", roles=("officer", "carrier")
        ),
        Route(
            path="/border-crossing-withdrawals", command=WithdrawCrossing, kind="movement", roles=("officer", "carrier")
        ),
        Route(path="/arrivals", command=RecordArrival, kind="movement", roles=AT_POSTS),
        Route(path="/arrival-corrections", command=CorrectArrival, kind="movement", roles=AT_POSTS),
        Route(path="/arrival-withdrawals", command=WithdrawArrival, kind="movement", roles=AT_POSTS),
        Route(path="/arrivals-elsewhere", command=RecordArrivalElsewhere, kind="movement", roles=ANYWHERE),
        Route(path="/arrival-elsewhere-corrections", command=CorrectArrivalElsewhere, kind="movement", roles=ANYWHERE),
        Route(path="/arrival-elsewhere-withdrawals", command=WithdrawArrivalElsewhere, kind="movement", roles=ANYWHERE),
        Route(path="/stops", command=RecordStop, kind="movement", roles=("officer",)),
        Route(path="/stop-corrections", command=CorrectStop, kind="movement", roles=("officer",)),
        Route(path="/stop-withdrawals", command=WithdrawStop, kind="movement", roles=("officer",)),
        Route(path="/movement-links", command=LinkMovement, kind="movement", roles=WHO_STATE, founds=True),
        Route(path="/consignment-links", command=LinkConsignment, kind="consignment", roles=WHO_STATE, founds=True),
    ),
    internal_commands=(
        *movement.internal_commands,
        *consignment.internal_commands,
        *vehicle.internal_commands,
    ),
    numbers=numbers,
    spelling=folded,
    places=KnownCheckpoint,
    names_found=True,
    rulebook=partial(version, "arrival"),
    state_version=14,
)
