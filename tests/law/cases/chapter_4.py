"""Where the origin of goods bars them, where its proof is missing, and what counts from acceptance (Art. 20)."""

from law.proofs import proof_of_origin_is_left_alone
from tests.law.cases.case import Case, Question, on
from tests.law.cases.usual import ACCEPT, C1_SHOWN, CIGARETTES, WATER, declared, found, item, lorry, release

CROSSED = on("2026-03-02 08:00", lorry(CIGARETTES, origin="XA"))
WATER_CROSSED = on("2026-03-02 08:00", lorry(WATER, origin="XC"))
SHOWN = on("2026-03-02 09:00", C1_SHOWN)
NO_PROOF = on("2026-03-02 10:00", declared(item(WATER, origin="XC", proof="none")))
ELSEWHERE = on("2026-03-02 10:00", declared(item(CIGARETTES)))

BARRED = (
    Case(
        under="20(1)",
        title="Goods are declared from whose origin an act lets none in",
        given=(CROSSED,),
        when=on("2026-03-02 10:00", declared(item(CIGARETTES, origin="XA"))),
    ),
    Case(
        under="20(1)",
        title="The release of goods of a barred origin is asked for",
        given=(CROSSED, SHOWN, on("2026-03-02 10:00", declared(item(CIGARETTES, origin="XA")))),
        when=on("2026-03-02 14:00", release()),
    ),
    Case(
        under="20(1)",
        title="The same goods are declared to be of another origin, and an officer finds that they are",
        given=(CROSSED, SHOWN, ELSEWHERE),
        when=on("2026-03-02 11:00", found(origin="UZ", evidence=("origin_proof", "shipping_papers"))),
    ),
)
DUE = (
    Case(
        under="19(1)",
        title="Goods of an origin that has a preference are declared without a proof of it",
        given=(WATER_CROSSED, SHOWN),
        when=NO_PROOF,
    ),
    Case(
        under="19(1)",
        title="Goods of an origin that has none are declared without a proof of it",
        given=(on("2026-03-02 08:00", lorry(WATER)), SHOWN),
        when=on("2026-03-02 10:00", declared(item(WATER, proof="none"))),
    ),
)
DOUBTFUL = (
    Case(
        under="19(1) para 2",
        title="Goods are declared of another origin than their papers name",
        given=(CROSSED, SHOWN),
        when=ELSEWHERE,
    ),
    Case(
        under="19(1) para 2",
        title="Goods are declared of the origin that their papers name",
        given=(on("2026-03-02 08:00", lorry(CIGARETTES)), SHOWN),
        when=ELSEWHERE,
    ),
    Case(
        under="19(1) para 2",
        title="The release of goods whose origin is in doubt is asked for",
        given=(CROSSED, SHOWN, ELSEWHERE),
        when=on("2026-03-02 14:00", release()),
    ),
    Case(under="19(3)", title="Papers name an origin from which an act lets no goods in", when=CROSSED),
    Case(
        under="19(3)",
        title="An officer establishes the origin of goods that were in doubt",
        given=(CROSSED, SHOWN, ELSEWHERE),
        when=on("2026-03-02 11:00", found(origin="XA", evidence=("origin_proof", "shipping_papers"))),
    ),
)
UNPROVEN = (
    Case(
        under="20(2)",
        title="Goods are declared without a proof of their origin",
        given=(WATER_CROSSED, SHOWN),
        when=NO_PROOF,
    ),
    Case(
        under="20(2)",
        title="The release of goods without a proof of origin is asked for",
        given=(WATER_CROSSED, SHOWN, NO_PROOF),
        when=on("2026-03-02 14:00", release()),
    ),
    Case(
        under="20(2)",
        title="An act below a treaty would have a certificate of origin presented as a permit",
        when=Question(
            words="Is a by-law loaded that lets goods in with a certificate of origin only?",
            answer=lambda: proof_of_origin_is_left_alone("by-law", "certificate of origin"),
        ),
    ),
)
ACCEPTANCE = (
    Case(
        under="20(4)",
        title="Customs accepts a declaration of goods without a proof of origin",
        given=(WATER_CROSSED, SHOWN, NO_PROOF),
        when=on("2026-03-02 10:30", ACCEPT),
    ),
    Case(
        under="20(4)",
        title="An acceptance is recorded, and the declaration is not on record yet",
        given=(WATER_CROSSED, SHOWN),
        when=on("2026-03-02 10:30", ACCEPT),
    ),
)
CASES = (*DUE, *DOUBTFUL, *BARRED, *UNPROVEN, *ACCEPTANCE)
