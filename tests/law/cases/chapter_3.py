"""Informing: the rules, and where customs is, are open to everyone (Art. 10)."""

from datetime import date

from law import publishing
from tests.law.cases.case import Case, Question

DAY = date(2026, 3, 2)

CASES = (
    Case(
        under="10(1)",
        title="Anyone asks for the rules of a day",
        when=Question(
            words="Which rules hold on 2 March 2026, as known on that day?",
            answer=lambda: publishing.rules(DAY, DAY),
        ),
    ),
    Case(
        under="10(1)",
        title="Anyone looks up an article that a decision cites",
        when=Question(
            words="What stands under Art. 37(2) on 2 March 2026, as known on that day?",
            answer=lambda: publishing.under("37(2)", DAY, DAY),
        ),
    ),
    Case(
        under="10(1)",
        title="Anyone looks for a checkpoint by the name that it had once",
        when=Question(
            words="Which checkpoints go by the name Tashauz?", answer=lambda: publishing.checkpoints("Tashauz")
        ),
    ),
)
