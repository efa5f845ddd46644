"""Prohibitions and restrictions, clearance and control (Arts 7, 8)."""

from dataclasses import replace
from datetime import date

from arrival.movement.crossing import RecordCrossing
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.export import RecordImmediateExport
from clearance.permit_decisions import DecideOnPermit
from clearance.permits import PresentPermit
from clearance.placement import PlaceInStorage
from contracts.tests.kit import sealed
from contracts.values import Company, Day, PermitLine
from law.findings import is_a_ground
from law.rulebook import loaded
from release.ground_decisions import DecideOnGroundAfterRelease
from release.release import Given
from tests.law.cases.case import Case, Question, on, until
from tests.law.cases.usual import (
    ACCEPT,
    C1_SHOWN,
    CARTRIDGES,
    CIGARETTES,
    GOLD,
    MEDICINE,
    WATER,
    declared,
    item,
    lorry,
    papers,
    release,
)

KIND, NUMBER = "medicine import permit", "P-1"
CARTRIDGES_CROSSED = on("2026-03-02 08:00", lorry(CARTRIDGES))
MEDICINE_CROSSED = on("2026-03-02 08:00", lorry(MEDICINE))
SHOWN = on("2026-03-02 09:00", C1_SHOWN)
MEDICINE_DECLARED = on("2026-03-02 10:00", declared(item(MEDICINE)))
RELEASE = on("2026-03-02 14:00", release())
NOT_EXPORTED = on("2026-03-02 13:00", RecordImmediateExport(consignment="C1", done=False, why="impossible"))
STORE = PlaceInStorage(consignment="C1", place="Farap, store 2")
STORED = on("2026-03-02 15:00", STORE)
GAS = RecordCrossing(movement="M1", direction="in", mode="pipeline", papers=(papers(WATER),))

GIVEN = replace(release(), given=Given(officer="FRP-0217", post="FRP-MIX", reason="the line to the post was cut"))
TAKEN_BACK = DecideOnGroundAfterRelease(
    consignment="C1", act="SAMPLE-PROHIBITIONS", consequence="they are taken back and leave", provision="Art. 7(1)"
)


def permit(*lines: PermitLine, by: Company = "Sample Health Authority", until: Day | None = None) -> PresentPermit:
    return PresentPermit(consignment="C1", permit=KIND, number=NUMBER, issued_by=by, lines=lines, valid_until=until)


LINE = PermitLine(code="3004 90 100", quantity="120", unit="kg")
COMPLETE = permit(LINE)
WITHOUT_QUANTITY = on("2026-03-02 12:00", permit(PermitLine(code="300490100")))
ACCEPTED = DecideOnPermit(consignment="C1", permit=KIND, number=NUMBER, accepted=True)

FOUND = on(
    "2026-03-02 08:30", DecideOnGoodsInDoubt(consignment="C1", code=CARTRIDGES, origin="UZ", evidence=("examination",))
)
PROHIBITED = (
    Case(
        under="7(1)",
        title="An officer finds that goods are such as an act prohibits",
        given=(CARTRIDGES_CROSSED,),
        when=FOUND,
    ),
    Case(
        under="7(1)",
        title="The release of prohibited goods is asked for",
        given=(CARTRIDGES_CROSSED, FOUND, SHOWN),
        when=RELEASE,
    ),
    Case(
        under="7(1)",
        title="Papers that name prohibited goods come on record after the release",
        given=(on("2026-03-02 10:00", declared(item(WATER))), on("2026-03-02 11:00", release())),
        when=on("2026-03-02 08:00", lorry(CARTRIDGES), recorded="2026-03-03 09:00"),
    ),
    Case(
        under="7(1)",
        title="A release is stated that was given before such papers came on record",
        given=(
            on("2026-03-02 10:00", declared(item(WATER))),
            on("2026-03-02 08:00", lorry(CARTRIDGES), recorded="2026-03-03 09:00"),
        ),
        when=on("2026-03-02 11:00", GIVEN, recorded="2026-03-03 10:00"),
    ),
    Case(
        under="7(1)",
        title="A release is stated that was given of goods which were prohibited on record",
        given=(CARTRIDGES_CROSSED, SHOWN),
        when=on("2026-03-02 14:00", GIVEN, recorded="2026-03-03 09:00"),
    ),
    Case(
        under="7(1)",
        title="Somebody decides what becomes of prohibited goods that were released",
        given=(CARTRIDGES_CROSSED, SHOWN, on("2026-03-02 14:00", GIVEN, recorded="2026-03-03 09:00")),
        when=on("2026-03-03 12:00", TAKEN_BACK),
    ),
)
STORAGE = (
    Case(
        under="7(1) para 2",
        title="The officer states that prohibited goods cannot leave at once",
        given=(CARTRIDGES_CROSSED, FOUND),
        when=NOT_EXPORTED,
    ),
    Case(
        under="7(1) para 2",
        title="They are placed in storage",
        given=(CARTRIDGES_CROSSED, FOUND, NOT_EXPORTED),
        when=STORED,
    ),
    Case(
        under="7(1) para 2",
        title="Goods are said to have been placed before they had crossed",
        given=(CARTRIDGES_CROSSED,),
        when=on("2026-03-01 15:00", STORE, recorded="2026-03-02 09:00"),
    ),
    Case(
        under="7(1) para 2",
        title="The same, of goods for which an act sets a term of one month, on 31 January",
        given=(
            on("2026-01-31 08:00", lorry(CIGARETTES, origin="XA")),
            on("2026-01-31 08:30", declared(item(CIGARETTES, origin="XA"))),
        ),
        when=on("2026-01-31 15:00", STORE),
    ),
    Case(
        under="7(1) para 2",
        title="Three days pass, and the goods are still there",
        given=(CARTRIDGES_CROSSED, FOUND, STORED),
        when=until("2026-03-06 09:00"),
    ),
    Case(
        under="7(1) para 2",
        title="The goods leave in the last hour of the third day, and that is recorded after it",
        given=(CARTRIDGES_CROSSED, FOUND, STORED),
        when=on("2026-03-05 23:30", RecordImmediateExport(consignment="C1"), recorded="2026-03-06 09:00"),
    ),
)
RESTRICTED = (
    Case(
        under="7(1) para 3",
        title="A lorry crosses with goods that an act lets in with a permit only",
        when=MEDICINE_CROSSED,
    ),
    Case(
        under="7(1) para 3",
        title="Their release is asked for without a permit",
        given=(MEDICINE_CROSSED, SHOWN, MEDICINE_DECLARED),
        when=RELEASE,
    ),
    Case(
        under="7(1) para 3",
        title="A permit that names them is presented",
        given=(MEDICINE_CROSSED, SHOWN, MEDICINE_DECLARED),
        when=on("2026-03-02 12:00", COMPLETE),
    ),
    Case(
        under="7(1) para 3",
        title="A release is stated that was given before the permit was presented",
        given=(MEDICINE_CROSSED, SHOWN, MEDICINE_DECLARED, on("2026-03-02 15:00", COMPLETE)),
        when=on("2026-03-02 14:00", GIVEN, recorded="2026-03-03 09:00"),
    ),
    Case(
        under="7(1) para 3",
        title="A permit that names them was given by another body than the act names",
        given=(MEDICINE_CROSSED,),
        when=on("2026-03-02 12:00", permit(LINE, by="Sample Trade Office")),
    ),
    Case(
        under="7(1) para 3",
        title="A permit that names them was valid until the day before they crossed",
        given=(MEDICINE_CROSSED,),
        when=on("2026-03-02 12:00", permit(LINE, until=date(2026, 3, 1))),
    ),
)
COSTS = (
    Case(
        under="7(4)",
        title="Goods are ordered out of the country, which costs something",
        given=(CARTRIDGES_CROSSED,),
        when=FOUND,
    ),
)
PERMITS = (
    Case(
        under="7(5)",
        title="A permit names the goods, and no quantity and no unit",
        given=(MEDICINE_CROSSED,),
        when=WITHOUT_QUANTITY,
    ),
    Case(
        under="7(5)",
        title="A permit of the right kind names other goods",
        given=(MEDICINE_CROSSED,),
        when=on("2026-03-02 12:00", permit(PermitLine(code="300410000", quantity="120", unit="kg"))),
    ),
    Case(
        under="7(5)",
        title="A permit is for 120 kilograms, and 200 are declared",
        given=(
            MEDICINE_CROSSED,
            on("2026-03-02 10:00", declared(replace(item(MEDICINE), quantity="200", unit="kg"))),
        ),
        when=on("2026-03-02 12:00", COMPLETE),
    ),
    Case(
        under="7(5)",
        title="The officer accepts a permit that states no quantity",
        given=(MEDICINE_CROSSED, WITHOUT_QUANTITY),
        when=on("2026-03-02 13:00", ACCEPTED),
    ),
)
CLEARANCE = (
    Case(under="8(1)", title="Goods flow in by pipeline", when=on("2026-03-02 08:00", GAS)),
    Case(
        under="8(1)",
        title="Goods that flowed in by pipeline are declared, and were shown nowhere",
        given=(on("2026-03-02 08:00", GAS),),
        when=on("2026-03-02 10:00", declared(item(WATER))),
    ),
)


def ground(rule: str, article: str, words: str) -> Question:
    return Question(
        words=f"May customs say no under rule {rule} of Art. {article}, {words}?",
        answer=lambda: is_a_ground(rule, article, "code", loaded()),
    )


GROUNDS = (
    Case(
        under="8(2)",
        title="Somebody would refuse goods because a seal was broken",
        when=ground("P2", "37(2)", "for a broken seal"),
    ),
    Case(
        under="8(2)",
        title="Somebody would refuse goods because their import is prohibited",
        when=ground("L2", "7(1)", "for a prohibition"),
    ),
    Case(
        under="8(2)",
        title="A seal was broken, a duty is not paid, and the release is asked for",
        given=(
            on("2026-03-02 08:00", lorry(WATER, seals=sealed("S1", "S2"))),
            SHOWN,
            on("2026-03-02 10:00", declared(item(WATER), duty="100.00")),
        ),
        when=RELEASE,
    ),
    Case(
        under="8(2)",
        title="A duty is not paid, and an act lets such goods go only once it is",
        given=(
            on("2026-03-02 08:00", lorry(GOLD)),
            SHOWN,
            on("2026-03-02 10:00", declared(item(GOLD), duty="100.00")),
            on("2026-03-02 10:30", ACCEPT),
        ),
        when=RELEASE,
    ),
)
CASES = (*PROHIBITED, *STORAGE, *RESTRICTED, *COSTS, *PERMITS, *CLEARANCE, *GROUNDS)
