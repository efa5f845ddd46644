"""Clearance: its beginning, its end, and goods whose clearance is not complete (Arts 29, 36)."""

from dataclasses import replace

from clearance.amendment import DecideAmendment
from clearance.approvals import RecordApproval
from clearance.beginning import BeginClearance
from clearance.declaration import AmendDeclaration
from release.regime import EndRegime
from release.use import ReportUse
from tests.law.cases.case import Case, instant, on
from tests.law.cases.usual import (
    ACCEPT,
    ADMISSION,
    BEEF,
    C1_SHOWN,
    FREE,
    SCREENS,
    WATER,
    declared,
    item,
    lorry,
    paid,
    release,
)

CROSSED = on("2026-03-02 08:00", lorry(WATER))
SHOWN = on("2026-03-02 09:00", C1_SHOWN)
ACCEPTED = on("2026-03-02 10:30", ACCEPT)
UNPAID = (CROSSED, SHOWN, on("2026-03-02 10:00", declared(item(WATER), duty="100.00")), ACCEPTED)
RELEASED = on("2026-03-02 11:00", release())
ADMITTED = (
    on("2026-03-02 08:00", lorry(SCREENS)),
    SHOWN,
    on("2026-03-02 10:00", declared(item(SCREENS), regime=ADMISSION)),
    ACCEPTED,
    on("2026-03-02 11:00", release(regime=ADMISSION, term=True)),
)
BEEF_CROSSED = on("2026-03-02 08:00", lorry(BEEF))
BEEF_DECLARED = (BEEF_CROSSED, SHOWN, on("2026-03-02 10:00", declared(item(BEEF))), ACCEPTED)


def word(granted: bool) -> RecordApproval:
    return RecordApproval(consignment="C1", agency="veterinary", granted=granted, reference="V-1")


REFUSED = on("2026-03-02 13:00", word(granted=False))

BEGINNING = (
    Case(
        under="29(1)(1)",
        title="A declaration is lodged",
        given=(CROSSED,),
        when=on("2026-03-02 10:00", declared(item(WATER))),
    ),
    Case(
        under="29(1)(1)",
        title="The documents of Art. 40 are lodged, and no declaration",
        given=(CROSSED,),
        when=on("2026-03-02 10:00", declared(item(WATER), form="article_40_documents")),
    ),
    Case(
        under="29(1)(1)",
        title="An officer takes the words of a person for a declaration, as a provision lets him",
        given=(CROSSED,),
        when=on(
            "2026-03-02 10:00",
            BeginClearance(
                consignment="C1",
                form="oral",
                provision="an act on what travellers carry",
                declarant="Sample Imports",
                items=(item(WATER),),
                regime=FREE,
            ),
        ),
    ),
    Case(
        under="29(1)(1)",
        title="A declaration was lodged before the documents of Art. 40 were, and is recorded after them",
        given=(CROSSED, on("2026-03-02 10:00", declared(item(WATER), form="article_40_documents"))),
        when=on("2026-03-02 09:00", declared(item(WATER)), recorded="2026-03-02 12:00"),
    ),
)
END = (
    Case(
        under="29(2)",
        title="The officer releases goods on which a duty is not paid",
        given=UNPAID,
        when=RELEASED,
    ),
    Case(
        under="29(2)",
        title="What is to be paid comes in after the release",
        given=(*UNPAID, RELEASED),
        when=on("2026-03-04 12:00", paid("100.00")),
    ),
    Case(
        under="29(2)",
        title="A regime that ran for a term ends",
        given=ADMITTED,
        when=on("2026-06-02 12:00", EndRegime(consignment="C1")),
    ),
)
APPROVALS = (
    Case(under="29(2) para 2", title="A lorry crosses with goods under a body's control", when=BEEF_CROSSED),
    Case(
        under="29(2) para 2",
        title="The body refuses its approval",
        given=BEEF_DECLARED,
        when=REFUSED,
    ),
    Case(
        under="29(2) para 2",
        title="The officer releases goods of which the body has not approved",
        given=(*BEEF_DECLARED, REFUSED),
        when=on("2026-03-02 14:00", release()),
    ),
    Case(
        under="29(2) para 2",
        title="In May the body takes back the approval that it gave in March, when all else was done",
        given=(*BEEF_DECLARED, on("2026-03-02 11:00", release()), on("2026-03-02 13:00", word(granted=True))),
        when=on("2026-05-04 10:00", replace(word(granted=False), reference="V-2")),
    ),
    Case(
        under="29(2) para 2",
        title="The body approves after the release",
        given=(*BEEF_DECLARED, on("2026-03-02 11:00", release())),
        when=on("2026-03-02 13:00", word(granted=True)),
    ),
)
ASKED_AT = "2026-03-02 11:00"
ASKED = on(
    ASKED_AT,
    AmendDeclaration(
        consignment="C1", declarant="Sample Imports", items=(item(SCREENS),), regime=FREE, reason="it is screens"
    ),
)
AMENDMENT = (
    Case(
        under="31(1)", title="A declaration that customs has accepted is to name other goods", given=UNPAID, when=ASKED
    ),
    Case(
        under="31(1)",
        title="The officer grants what was asked of it",
        given=(*UNPAID, ASKED),
        when=on("2026-03-02 12:00", DecideAmendment(consignment="C1", requested=instant(ASKED_AT), granted=True)),
    ),
)
USE = (
    Case(
        under="36",
        title="Goods are to be disposed of before they are released",
        given=UNPAID,
        when=on("2026-03-02 15:00", ReportUse(consignment="C1", use="disposal")),
    ),
    Case(
        under="36",
        title="The same goods are to be moved",
        given=UNPAID,
        when=on("2026-03-02 15:00", ReportUse(consignment="C1", use="movement")),
    ),
    Case(
        under="5(1)(20)",
        title="Goods are to be disposed of once they are released, while their payments are open",
        given=(*UNPAID, RELEASED),
        when=on("2026-03-02 15:00", ReportUse(consignment="C1", use="disposal")),
    ),
    Case(
        under="36",
        title="Goods are to be used as the regime that they are under for a term allows",
        given=ADMITTED,
        when=on("2026-03-02 15:00", ReportUse(consignment="C1", use="use", under_the_regime=True)),
    ),
)
CASES = (*BEGINNING, *END, *APPROVALS, *AMENDMENT, *USE)
