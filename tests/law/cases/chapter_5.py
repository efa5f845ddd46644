"""Which goods they are, where papers and declaration differ about it (Art. 22)."""

from clearance.declaration import AmendDeclaration
from tests.law.cases.case import Case, on
from tests.law.cases.usual import C1_SHOWN, MEDICINE, STILL_WATER, WATER, declared, found, item, lorry, release

CROSSED = on("2026-03-02 08:00", lorry(MEDICINE))
SHOWN = on("2026-03-02 09:00", C1_SHOWN)
AS_WATER = on("2026-03-02 10:00", declared(item(WATER)))
FOUND = on("2026-03-02 11:00", found(MEDICINE, evidence=("samples",)))
IN_DOUBT = (CROSSED, SHOWN, AS_WATER)

CASES = (
    Case(
        under="22(2)",
        title="An officer finds that goods were declared under a wrong code, and an act asks a permit of them",
        given=IN_DOUBT,
        when=FOUND,
    ),
    Case(
        under="22(2)",
        title="An officer finds that goods were declared under the right code",
        given=IN_DOUBT,
        when=on("2026-03-02 11:00", found(WATER, evidence=("samples",))),
    ),
    Case(
        under="22(3)",
        title="Goods on which customs has decided are declared as others again",
        given=(*IN_DOUBT, FOUND),
        when=on(
            "2026-03-02 12:00",
            AmendDeclaration(
                consignment="C1", declarant="Sample Imports", items=(item(STILL_WATER),), regime="free circulation"
            ),
        ),
    ),
    Case(
        under="22(3)",
        title="Goods on which customs has decided are declared as it did",
        given=(*IN_DOUBT, FOUND),
        when=on(
            "2026-03-02 12:00",
            AmendDeclaration(
                consignment="C1", declarant="Sample Imports", items=(item(MEDICINE),), regime="free circulation"
            ),
        ),
    ),
    Case(
        under="22(4)",
        title="Goods are declared under another code than their papers name",
        given=(CROSSED, SHOWN),
        when=AS_WATER,
    ),
    Case(
        under="22(4)",
        title="An officer decides by shipping papers alone",
        given=IN_DOUBT,
        when=on("2026-03-02 11:00", found(MEDICINE, evidence=("shipping_papers",))),
    ),
    Case(
        under="22(4)",
        title="The release of goods whose code is in doubt is asked for",
        given=IN_DOUBT,
        when=on("2026-03-02 14:00", release()),
    ),
)
