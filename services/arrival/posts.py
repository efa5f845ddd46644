"""Two posts at which a vehicle was by what is stated, at times that cannot both be true (Art. 37(1)).

No article forbids what cannot be, so a finding on it is of no layer of the law but of ours, and stops nothing:
which of the two is wrong an officer finds out, and a correction or a withdrawal puts it right.
"""

from datetime import timedelta

from contracts.whereabouts import Seen
from law import Facts, Finding, defaults
from law.rule import Fact, rule


@rule()
def at_two_posts(of: Fact, here: Seen, there: Seen, told: Facts = ()) -> Finding | None:
    """Art. 37(1) [P10]: arrivals count as they happened, and that one vehicle was at two posts at once is shown.

    At once is whatever no vehicle does the way in: the minutes are ours, and no speed is assumed.
    """
    within = timedelta(minutes=defaults.apart(occurred=of.occurred, recorded=of.recorded))
    if here.place == there.place or abs(here.at - there.at) >= within:
        return None
    facts = (
        *(("at", here.at.isoformat()), ("checkpoint", here.place)),
        *(("elsewhere", there.place), ("elsewhere_at", there.at.isoformat())),
    )
    return Finding(
        rule="P10", article=f"default:{defaults.APART}", layer="default", facts=tuple(sorted((*facts, *told)))
    )


@rule()
def there_before_it_crossed(_: Fact, came: Seen, crossed: Seen) -> Finding | None:
    """Art. 37(1) [P10]: arrivals count as they happened, and one elsewhere before the border was crossed is shown."""
    if came.place == crossed.place or came.at >= crossed.at:
        return None
    facts = (
        ("arrived", came.at.isoformat()),
        ("checkpoint", came.place),
        ("crossed", crossed.at.isoformat()),
        ("crossed_at", crossed.place),
    )
    return Finding(rule="P10", article=f"default:{defaults.ORDER}", layer="default", facts=facts)
