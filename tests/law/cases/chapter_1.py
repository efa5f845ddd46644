"""Basic provisions: which law goes first, and what goods, import, release and payments are (Arts 3, 5)."""

from dataclasses import replace

from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.notice import NotifyArrival
from clearance.declaration import AmendDeclaration
from clearance.placement import PlaceInStorage
from contracts.vehicle import MeansOfTransport
from release.release import Given
from tests.law.cases.case import Case, instant, on
from tests.law.cases.usual import (
    ACCEPT,
    ADMISSION,
    C1_SHOWN,
    FREE,
    SCREENS,
    SHELLS,
    WASTE,
    WATER,
    declared,
    item,
    lorry,
    papers,
    release,
)

LORRY = MeansOfTransport(kind="registration_plate", identity="01 AG 1234")

SHIP = RecordCrossing(
    movement="M1", direction="in", mode="sea", place="TKB-SEA", papers=(papers(WATER), papers(SCREENS, of="C2"))
)
CROSSED = on("2026-03-02 08:00", lorry(WATER))
SHOWN = on("2026-03-02 09:00", C1_SHOWN)
DECLARED = on("2026-03-02 10:00", declared(item(WATER), duty="100.00"))
ACCEPTED = on("2026-03-02 10:30", ACCEPT)
BY_HAND = replace(release(), given=Given(officer="FRP-0217", post="FRP-MIX", reason="the line to the post was cut"))

STORED = on("2026-03-02 15:00", PlaceInStorage(consignment="C1", place="Farap, store 2"))

TREATIES = (
    Case(
        under="3(2)",
        title="Goods are declared whose import an act prohibits, and from one party of a treaty they may come in",
        given=(on("2026-03-02 08:00", lorry(WASTE, origin="XT")),),
        when=on("2026-03-02 09:00", declared(item(WASTE, origin="XT"))),
    ),
    Case(
        under="3(2)",
        title="The same goods of another origin are declared, of which the treaty says nothing",
        given=(on("2026-03-02 08:00", lorry(WASTE, origin="XA")),),
        when=on("2026-03-02 09:00", declared(item(WASTE, origin="XA"))),
    ),
    Case(
        under="3(2)",
        title="Goods are placed in storage for which an act sets a term, and a treaty another one",
        given=(
            on("2026-03-02 08:00", lorry(SHELLS, origin="XT")),
            on("2026-03-02 09:00", declared(item(SHELLS, origin="XT"))),
        ),
        when=STORED,
    ),
)
PAYMENTS = (
    Case(
        under="5(1)(18)",
        title="Goods are accepted that were declared with a duty, a tax, an excise and a fee",
        given=(
            CROSSED,
            on("2026-03-02 10:00", declared(item(WATER), duty="100.00", tax="45.00", excise="20.00", fee="5.00")),
        ),
        when=ACCEPTED,
    ),
    Case(
        under="5(1)(18)",
        title="Goods are accepted that were declared with a fee alone",
        given=(CROSSED, on("2026-03-02 10:00", declared(item(WATER), fee="5.00"))),
        when=ACCEPTED,
    ),
)
VEHICLES_AND_GOODS = (
    Case(
        under="5(1)(19), 5(1)(28)",
        title="A lorry comes with other goods on its papers than were announced",
        given=(
            on(
                "2026-03-01 18:00",
                NotifyArrival(
                    movement="M1", checkpoint="FRP-MIX", mode="road", expected=instant("2026-03-02 08:00"),
                    vehicle=LORRY, carrier="Sample Haulage", consignments=("C2",),
                ),
            ),
        ),
        when=CROSSED,
    ),
    Case(
        under="5(1)(19), 5(1)(28)",
        title="A ship with C1 and C2 aboard unloads C1",
        given=(on("2026-03-02 08:00", SHIP),),
        when=on("2026-03-02 11:00", RecordArrival(movement="M1", checkpoint="TKB-SEA", unloads=("C1",))),
    ),
)  # fmt: skip
RELEASE = (
    Case(
        under="5(1)(20)",
        title="Goods that were shown are declared, and nothing is paid yet",
        given=(CROSSED, SHOWN),
        when=DECLARED,
    ),
    Case(
        under="5(1)(20)",
        title="The officer releases goods under the regime that was declared",
        given=(CROSSED, SHOWN, DECLARED),
        when=on("2026-03-02 11:00", release()),
    ),
    Case(
        under="5(1)(20)",
        title="The officer releases goods under another regime than the declared one",
        given=(CROSSED, SHOWN, DECLARED),
        when=on("2026-03-02 11:00", release(regime=ADMISSION, term=True)),
    ),
    Case(
        under="5(1)(20)",
        title="That an officer at Farap released goods by hand is stated a day later, by somebody of no post",
        given=(CROSSED, SHOWN, DECLARED),
        when=on("2026-03-02 11:00", BY_HAND, recorded="2026-03-03 09:00"),
    ),
    Case(
        under="5(1)(20)",
        title="The officer releases items 1 and 2 where item 1 alone was declared",
        given=(CROSSED, SHOWN, DECLARED),
        when=on("2026-03-02 11:00", release(1, 2)),
    ),
    Case(
        under="5(1)(20)",
        title="The declarant amends his declaration after the release, and customs has not accepted it yet",
        given=(CROSSED, SHOWN, DECLARED, on("2026-03-02 11:00", release())),
        when=on(
            "2026-03-02 12:00",
            AmendDeclaration(consignment="C1", declarant="Sample Imports", items=(item(SCREENS),), regime=FREE),
        ),
    ),
)
IMPORT = (
    Case(under="5(1)(21)(a)", title="A lorry crosses of which nobody gave notice", when=CROSSED),
    Case(
        under="5(1)(21)(a)",
        title="Goods are released of which no crossing is on record",
        given=(DECLARED,),
        when=on("2026-03-02 11:00", release()),
    ),
    Case(
        under="5(1)(21)(a)",
        title="The crossing comes on record after the release, and was before it",
        given=(DECLARED, on("2026-03-02 11:00", release())),
        when=on("2026-03-02 08:00", lorry(WATER), recorded="2026-03-03 09:00"),
    ),
)
CASES = (*TREATIES, *PAYMENTS, *VEHICLES_AND_GOODS, *RELEASE, *IMPORT)
