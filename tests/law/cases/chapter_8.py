"""Arrival: presentation, notice, what is outside the chapter, and checkpoints (Arts 37, 38)."""

from dataclasses import replace

from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.elsewhere import RecordArrivalElsewhere
from arrival.movement.information import InformArrival
from arrival.movement.journey import ChangeJourney
from arrival.movement.notice import NotifyArrival
from arrival.movement.stops import RecordStop
from contracts.elsewhere import Elsewhere
from contracts.papers import Container
from contracts.seals import SealFound
from contracts.tests.kit import sealed
from contracts.values import Call, CheckpointCode, Mode, Work
from contracts.vehicle import MeansOfTransport
from presentation.consignment.examination import ExamineGoods
from presentation.consignment.presentation import PresentGoods
from presentation.movement.determination import DetermineCheckpoint
from presentation.movement.examination import ExamineVehicle
from presentation.movement.presentation import PresentVehicle
from tests.law.cases.case import Case, instant, on
from tests.law.cases.usual import C1_SHOWN, SCREENS, WATER, declared, item, lorry, papers, release

SEALED = on("2026-03-02 08:00", lorry(WATER, seals=sealed("S1", "S2")))
CROSSED = on("2026-03-02 08:00", lorry(WATER))
S1_INTACT = PresentVehicle(movement="M1", checkpoint="FRP-MIX", seals_found_intact=("S1",))
LOOKED = ExamineVehicle(
    movement="M1", checkpoint="FRP-MIX",
    seals=(SealFound(number="S1", state="damaged"), SealFound(number="S2", state="altered", noted_at_crossing=True)),
)  # fmt: skip
NOTED = replace(LOOKED, seals=(SealFound(number="S2", state="altered", noted_at_crossing=True),))
IN_A_CONTAINER = replace(papers(WATER), containers=(Container(number="SRHU1000019", seals=sealed("S1", "S2")),))
ELEVEN = PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=11)
POSTS: dict[Mode, CheckpointCode] = {"air": "ASB-AIR", "sea": "TKB-SEA", "road": "HWD-ROD"}
REGISTERED: dict[Mode, MeansOfTransport] = {
    "air": MeansOfTransport(kind="aircraft_registration", identity="EZ-A101"),
    "sea": MeansOfTransport(kind="ship_name", identity="Sample Star"),
    "road": MeansOfTransport(kind="registration_plate", identity="01 AG 1234"),
}


def notice(
    mode: Mode, *journey: Call, place: CheckpointCode | None = None, expected: str = "2026-03-02 12:00"
) -> NotifyArrival:
    return NotifyArrival(
        movement="M1", checkpoint=place or POSTS[mode], mode=mode, expected=instant(expected), vehicle=REGISTERED[mode],
        carrier="Sample Carrier", journey=journey, consignments=("C1",),
    )  # fmt: skip


def call(place: CheckpointCode, *work: Work, unloads: tuple[str, ...] = ()) -> Call:
    return Call(place=place, work=work, unloads=unloads)


def crossing(
    mode: Mode, place: CheckpointCode | None = None, *, non_stop: bool = False, elsewhere: Elsewhere | None = None
) -> RecordCrossing:
    """With C1 and C2 aboard."""
    both = (papers(WATER), papers(SCREENS, of="C2"))
    return RecordCrossing(
        movement="M1", direction="in", mode=mode, place=place, elsewhere=elsewhere, non_stop=non_stop, papers=both
    )


def arrival(place: CheckpointCode, *work: Work, unloads: tuple[str, ...] | None = None) -> RecordArrival:
    return RecordArrival(movement="M1", checkpoint=place, work=work or None, unloads=unloads)


AT_ONCE = (
    Case(
        under="37(1)",
        title="A lorry comes to Talimarjan in the minute after it crossed at Farap",
        given=(on("2026-03-02 08:00", lorry(WATER)),),
        when=on("2026-03-02 08:01", RecordArrival(movement="M1", checkpoint="TLM-ROD")),
    ),
    Case(
        under="37(1)",
        title="It was at Talimarjan an hour before it crossed at Farap",
        given=(on("2026-03-02 07:00", RecordArrival(movement="M1", checkpoint="TLM-ROD")),),
        when=on("2026-03-02 08:00", lorry(WATER)),
    ),
    Case(
        under="37(1)",
        title="Two journeys are said to be made with one lorry, which crosses at Farap and at Talimarjan at once",
        given=(on("2026-03-02 08:00", replace(lorry(WATER), vehicle=REGISTERED["road"])),),
        when=on(
            "2026-03-02 08:02",
            replace(lorry(WATER, place="TLM-ROD"), movement="M2", vehicle=REGISTERED["road"]),
        ),
    ),
)
PRESENTATION = (
    Case(under="37(2)", title="A lorry crosses", when=CROSSED),
    Case(
        under="37(2)",
        title="Of two seals one is intact when the lorry is shown",
        given=(SEALED,),
        when=on("2026-03-02 09:00", S1_INTACT),
    ),
    Case(
        under="37(2)",
        title="The officer finds one seal damaged, and another as was noted at the crossing",
        given=(SEALED, on("2026-03-02 09:00", PresentVehicle(movement="M1", checkpoint="FRP-MIX"))),
        when=on("2026-03-02 09:30", LOOKED),
    ),
    Case(
        under="37(2)",
        title="Of two seals one is intact when the lorry is shown, and of the other it was noted at the crossing",
        given=(SEALED, on("2026-03-02 08:30", NOTED)),
        when=on("2026-03-02 09:00", S1_INTACT),
    ),
    Case(
        under="37(2)",
        title="A seal that was intact when the lorry was shown is found damaged the next day",
        given=(SEALED, on("2026-03-02 09:00", S1_INTACT), on("2026-03-02 09:00", NOTED)),
        when=on("2026-03-03 09:00", LOOKED),
    ),
    Case(
        under="37(2)",
        title="The officer finds the goods in packaging that is open",
        given=(CROSSED, on("2026-03-02 09:00", C1_SHOWN)),
        when=on("2026-03-02 09:30", ExamineGoods(consignment="C1", checkpoint="FRP-MIX", packaging="breached")),
    ),
    Case(
        under="37(2)",
        title="Packages are missing, the packaging is open, and the goods are not as they were",
        given=(CROSSED,),
        when=on(
            "2026-03-02 09:00",
            PresentGoods(
                consignment="C1", checkpoint="FRP-MIX", packages_found=10, packaging_breached=True,
                condition_changed=True,
            ),
        ),
    ),
    Case(
        under="37(2)",
        title="Goods are released that were declared, and not shown",
        given=(CROSSED, on("2026-03-02 10:00", declared(item(WATER)))),
        when=on("2026-03-02 11:00", release()),
    ),
    Case(
        under="37(2)",
        title="Of two seals that the papers name on a container one is intact",
        given=(on("2026-03-02 08:00", replace(lorry(WATER), papers=(IN_A_CONTAINER,))),),
        when=on("2026-03-02 09:00", replace(C1_SHOWN, container_seals_intact=("S1",))),
    ),
    Case(
        under="37(2)",
        title="Of goods that came with two lorries those of the first are shown, and of the other none",
        given=(CROSSED, on("2026-03-02 08:30", replace(lorry(WATER, place="TLM-ROD"), movement="M2"))),
        when=on("2026-03-02 09:00", C1_SHOWN),
    ),
    Case(
        under="37(2)",
        title="An aircraft unloads them at two airports, and at both together fewer are shown than its papers say",
        given=(
            on("2026-03-02 08:00", replace(lorry(WATER, place="ASB-AIR"), mode="air")),
            on("2026-03-02 09:00", arrival("ASB-AIR", unloads=("C1",))),
            on("2026-03-02 12:00", arrival("MRY-AIR", unloads=("C1",))),
            on("2026-03-02 13:00", PresentGoods(consignment="C1", checkpoint="ASB-AIR", packages_found=7)),
        ),
        when=on("2026-03-02 14:00", PresentGoods(consignment="C1", checkpoint="MRY-AIR", packages_found=4)),
    ),
    Case(
        under="37(2)",
        title="A vehicle was shown before it crossed, which comes on record only then",
        given=(on("2026-03-02 07:00", S1_INTACT),),
        when=SEALED,
    ),
    Case(
        under="37(2)",
        title="Goods that were shown are shown once more: how they were found first counts",
        given=(CROSSED, on("2026-03-02 09:00", C1_SHOWN)),
        when=on("2026-03-02 10:00", ELEVEN),
    ),
    Case(
        under="37(2)",
        title="It comes on record that a lorry had been shown an hour before, with both its seals",
        given=(SEALED, on("2026-03-02 10:00", S1_INTACT)),
        when=on(
            "2026-03-02 09:00", replace(S1_INTACT, seals_found_intact=("S1", "S2")), recorded="2026-03-02 12:00"
        ),
    ),
    Case(
        under="37(2)",
        title="It comes on record that goods had been shown an hour before they were shown",
        given=(CROSSED, on("2026-03-02 10:00", ELEVEN)),
        when=on("2026-03-02 09:00", C1_SHOWN, recorded="2026-03-02 12:00"),
    ),
)  # fmt: skip
POST = (
    Case(
        under="37(1)",
        title="A ship is said to have come to Farap, a post of road and rail",
        when=on("2026-03-02 09:00", RecordArrival(movement="M1", checkpoint="FRP-MIX", mode="sea")),
    ),
)
RIVER = Elsewhere(description="a winter road across the river", latitude="39.204", longitude="63.552")
BY_ORDER = replace(RIVER, legal_basis="an order on crossings in emergencies")
ELSEWHERE = (
    Case(
        under="37(1)",
        title="A lorry crosses where no checkpoint is, and no legal basis is named",
        when=on("2026-03-02 09:00", crossing("road", elsewhere=RIVER)),
    ),
    Case(
        under="37(1)",
        title="A lorry comes to a place that is no checkpoint, as an order lets it",
        when=on("2026-03-02 09:00", RecordArrivalElsewhere(movement="M1", elsewhere=BY_ORDER, mode="road")),
    ),
)
AT_ASHGABAT, AT_MARY = (
    NotifyArrival(movement="M1", checkpoint=place, expected=instant("2026-03-02 12:00"))
    for place in ("ASB-AIR", "MRY-AIR")
)
NOTICE = (
    Case(
        under="37(2-1)",
        title="Notice is given of a lorry, at a post that has agreed a procedure",
        when=on("2026-03-02 08:00", notice("road")),
    ),
    Case(
        under="37(2-1)",
        title="A notice says where and when and nothing else, at a post whose procedure asks for the vehicle",
        when=on("2026-03-02 08:00", replace(AT_ASHGABAT, checkpoint="HWD-ROD", mode="road")),
    ),
    Case(
        under="37(2-1)",
        title="An aircraft comes to two airports, and the second gives no notice",
        given=(
            on("2026-03-01 08:00", AT_ASHGABAT),
            on("2026-03-02 09:00", replace(arrival("ASB-AIR", "unload"), mode="air")),
        ),
        when=on("2026-03-02 11:00", replace(arrival("MRY-AIR", "unload"), mode="air")),
    ),
    Case(
        under="37(2-1)",
        title="Each of two airports gives notice of an aircraft",
        given=(
            on("2026-03-01 08:00", AT_ASHGABAT),
            on("2026-03-01 09:00", AT_MARY),
            on("2026-03-02 09:00", replace(arrival("ASB-AIR", "unload"), mode="air")),
        ),
        when=on("2026-03-02 11:00", replace(arrival("MRY-AIR", "unload"), mode="air")),
    ),
    Case(
        under="37(2-1)",
        title="A notice is recorded after the aircraft came, and is said to be of the day before",
        given=(on("2026-03-02 09:00", replace(arrival("ASB-AIR", "unload"), mode="air")),),
        when=on("2026-03-01 08:00", AT_ASHGABAT, recorded="2026-03-02 10:00"),
    ),
    Case(
        under="37(2-1)",
        title="The carrier says where and when an aircraft arrives",
        when=on(
            "2026-03-01 08:00", InformArrival(movement="M1", checkpoint="ASB-AIR", expected=instant("2026-03-02 12:00"))
        ),
    ),
    Case(
        under="37(2-1)",
        title="An aircraft crosses of which no notice was given",
        when=on("2026-03-02 08:00", crossing("air", "ASB-AIR")),
    ),
    Case(
        under="37(2-1)",
        title="An aircraft arrives of which no notice was given",
        given=(on("2026-03-02 08:00", crossing("air", "ASB-AIR")),),
        when=on("2026-03-02 09:00", arrival("ASB-AIR", "unload")),
    ),
    Case(
        under="37(2-1)",
        title="A lorry arrives without notice, at a post that the article does not name and that agreed to none",
        given=(CROSSED,),
        when=on("2026-03-02 08:30", RecordArrival(movement="M1", checkpoint="FRP-MIX")),
    ),
    Case(
        under="37(2-1)",
        title="Notice of an aircraft is given at the moment in which it arrives",
        given=(
            on("2026-03-02 09:00", arrival("ASB-AIR", "unload")),
            on("2026-03-02 09:00", crossing("air", "ASB-AIR")),
        ),
        when=on("2026-03-02 09:00", notice("air")),
    ),
    Case(
        under="37(2-1)",
        title="A ship arrives three hours after its notice, and no lead is agreed",
        given=(on("2026-03-02 08:00", notice("sea")),),
        when=on("2026-03-02 11:00", arrival("TKB-SEA", "unload")),
    ),
)
NOT_TO_STOP = on("2026-03-02 06:00", crossing("air", non_stop=True))
LANDS = on("2026-03-02 07:00", arrival("MRY-AIR", "unload", unloads=("C1",)))
UNDECIDED = (
    Case(
        under="37(3)",
        title="An aircraft that was not to stop lands at Mary and unloads goods",
        given=(NOT_TO_STOP,),
        when=LANDS,
    ),
    Case(
        under="37(3)",
        title="Goods are declared that such an aircraft unloaded, and of the stop nothing is decided",
        given=(NOT_TO_STOP, LANDS),
        when=on("2026-03-02 08:00", declared(item(WATER))),
    ),
)
OUTSIDE = (
    Case(
        under="37(3)",
        title="An aircraft crosses the country without a stop",
        when=on("2026-03-02 08:00", crossing("air", non_stop=True)),
    ),
    Case(
        under="37(3)",
        title="It lands all the same",
        given=(on("2026-03-02 08:00", crossing("air", non_stop=True)),),
        when=on("2026-03-02 09:00", arrival("MRY-AIR")),
    ),
    Case(
        under="37(3)",
        title="The officer decides that the chapter applies after the landing",
        given=(
            on("2026-03-02 08:00", crossing("air", non_stop=True)),
            on("2026-03-02 09:00", arrival("MRY-AIR")),
        ),
        when=on(
            "2026-03-02 09:00",
            RecordStop(movement="M1", place="MRY-AIR", exemption_lost=True, present_at="MRY-AIR"),
            recorded="2026-03-02 11:00",
        ),
    ),
    Case(
        under="37(3)",
        title="Goods aboard an aircraft that does not stop are declared, and were shown nowhere",
        given=(on("2026-03-02 08:00", crossing("air", non_stop=True)),),
        when=on("2026-03-02 10:00", declared(item(WATER))),
    ),
)
DETERMINED = (
    Case(
        under="38",
        title="A flight that was to unload at Ashgabat is told anew: it goes to Mary",
        given=(on("2026-03-02 06:00", notice("air", call("ASB-AIR", unloads=("C1",)))),),
        when=on(
            "2026-03-02 07:00",
            ChangeJourney(movement="M1", mode="air", journey=(call("MRY-AIR", unloads=("C1",)),)),
        ),
    ),
    Case(
        under="38",
        title="A flight that was to unload at Ashgabat unloads at Mary",
        given=(
            on("2026-03-02 06:00", notice("air", call("ASB-AIR", unloads=("C1",)))),
            on("2026-03-02 08:00", crossing("air", "MRY-AIR")),
        ),
        when=on("2026-03-02 09:00", arrival("MRY-AIR", unloads=("C1",))),
    ),
    Case(
        under="38",
        title="A flight that was to unload goods at Ashgabat and at Mary unloads some of them at Dashoguz",
        given=(
            on("2026-03-02 06:00", notice("air", call("ASB-AIR", unloads=("C1",)), call("MRY-AIR", unloads=("C1",)))),
            on("2026-03-02 08:00", crossing("air", "DSH-AIR")),
        ),
        when=on("2026-03-02 09:00", arrival("DSH-AIR", unloads=("C1",))),
    ),
    Case(
        under="38",
        title="The same arrival is stated once more",
        given=(on("2026-03-02 09:00", arrival("MRY-AIR", unloads=("C1",))),),
        when=on("2026-03-02 09:30", arrival("MRY-AIR", unloads=("C1",))),
    ),
)
OF_EACH = (
    Case(
        under="38(1)",
        title="A flight is announced that lands at Ashgabat, and loads and unloads at Mary",
        when=on("2026-03-02 06:00", notice("air", call("ASB-AIR"), call("MRY-AIR", "load", "unload"))),
    ),
    Case(
        under="38(1)",
        title="An aircraft lands, and nothing is done with its goods",
        given=(on("2026-03-02 08:00", crossing("air", "ASB-AIR")),),
        when=on("2026-03-02 09:00", arrival("ASB-AIR", unloads=())),
    ),
    Case(
        under="38(1)",
        title="Baggage alone left the aircraft, and the officer says where its checkpoint is",
        given=(
            on("2026-03-02 08:00", crossing("air", "ASB-AIR")),
            on("2026-03-02 09:00", arrival("ASB-AIR", unloads=())),
        ),
        when=on("2026-03-02 09:30", DetermineCheckpoint(movement="M1", checkpoint="ASB-AIR", reason="baggage")),
    ),
    Case(
        under="38(1)",
        title="Goods are shown at another post than that where they crossed",
        given=(CROSSED,),
        when=on("2026-03-02 15:00", PresentGoods(consignment="C1", checkpoint="TLM-ROD", packages_found=12)),
    ),
)
AIRCRAFT = (
    Case(
        under="38(1)(1)",
        title="A flight is announced that loads at Ashgabat, and then unloads at Mary",
        when=on(
            "2026-03-02 06:00",
            notice("air", call("ASB-AIR", "load"), call("MRY-AIR", unloads=("C1",))),
        ),
    ),
    Case(
        under="38(1)(1)",
        title="An aircraft has landed at Mary without any goods work, and unloads at Ashgabat",
        given=(
            on("2026-03-02 08:00", crossing("air", "MRY-AIR")),
            on("2026-03-02 09:00", arrival("MRY-AIR", unloads=())),
        ),
        when=on("2026-03-02 11:00", arrival("ASB-AIR", unloads=("C1",))),
    ),
    Case(
        under="38(1)(2)",
        title="A flight is announced that unloads C1 at Ashgabat and at Mary",
        when=on(
            "2026-03-02 06:00",
            notice("air", call("ASB-AIR", unloads=("C1",)), call("MRY-AIR", unloads=("C1",))),
        ),
    ),
    Case(
        under="38(1)(2)",
        title="Of C1 and C2 an aircraft unloads C1, and C2 stays aboard",
        given=(on("2026-03-02 08:00", crossing("air", "ASB-AIR")),),
        when=on("2026-03-02 09:00", arrival("ASB-AIR", unloads=("C1",))),
    ),
)
SHIPS = (
    Case(
        under="38(1)(3)",
        title="A ship is announced that loads at Turkmenbashi",
        when=on("2026-03-02 06:00", notice("sea", call("TKB-SEA", "load"))),
    ),
    Case(
        under="38(1)(3)",
        title="A ship calls at Turkmenbashi, and nothing is done with its goods",
        given=(on("2026-03-02 06:00", notice("sea", call("TKB-SEA", "load"))),),
        when=on("2026-03-02 12:00", arrival("TKB-SEA", unloads=())),
    ),
    Case(
        under="38(1)(4)",
        title="Of C1 and C2 a ship unloads C2",
        given=(on("2026-03-02 08:00", crossing("sea", "TKB-SEA")),),
        when=on("2026-03-02 09:00", arrival("TKB-SEA", unloads=("C2",))),
    ),
    Case(
        under="38(1)(4)",
        title="A ship is announced that reloads at Turkmenbashi what stays aboard",
        when=on("2026-03-02 06:00", notice("sea", call("TKB-SEA", "reload"))),
    ),
)
ON_LAND = (
    Case(
        under="38(1)(5)",
        title="A lorry is announced whose way leads by Farap",
        when=on("2026-03-02 06:00", notice("road", call("FRP-MIX"), call("TLM-ROD"), place="FRP-MIX")),
    ),
    Case(
        under="38(1)(5)",
        title="It crosses at Talimarjan",
        given=(on("2026-03-02 06:00", notice("road", call("FRP-MIX"), call("TLM-ROD"), place="FRP-MIX")),),
        when=on("2026-03-02 12:00", lorry(WATER, place="TLM-ROD")),
    ),
)
CASES = (
    *AT_ONCE,
    *POST,
    *ELSEWHERE,
    *PRESENTATION,
    *NOTICE,
    *UNDECIDED,
    *OUTSIDE,
    *DETERMINED,
    *OF_EACH,
    *AIRCRAFT,
    *SHIPS,
    *ON_LAND,
)
