"""Posts at which a vehicle was by what is stated (Art. 37(1)): not open then, of another mode, or two at one time.

Where it may arrive the article says, and gives no consequence: so these are findings. Of two posts at one time no
article forbids what cannot be, so a finding on it is of no layer of the law but of ours, and stops nothing: which of
the two is wrong an officer finds out, and a correction or a withdrawal puts it right.
"""

from datetime import timedelta

from contracts.elsewhere import Elsewhere
from contracts.values import Instant, Mode
from contracts.whereabouts import Seen
from law import Facts, Finding, defaults
from law.checkpoints import find
from law.rule import Fact, rule

BY_WATER: tuple[Mode, ...] = ("sea", "river")


@rule()
def post_not_established(of: Fact, here: Seen, mode: Mode | None) -> Finding | None:
    """Art. 37(1) [A5]: arrival is at established checkpoints; at one that was not, that day or for its mode, is noted.

    By the day on which it was there, as posts were known when that was recorded. It did arrive, so it is recorded.
    Ports of the sea and of rivers are one to the Code, and what comes on a ferry arrives at its port.
    """
    post = find(here.place, occurred=of.occurred, recorded=of.recorded)
    if post is None and find(here.place):
        facts: Facts = (("at", here.at.isoformat()), ("checkpoint", here.place), ("not_open", "that day"))
        return Finding(rule="A5", article="37(1)", facts=facts)
    if post is None or mode is None or any(map(post.takes, BY_WATER if mode in BY_WATER else (mode,))):
        return None
    facts = (("at", here.at.isoformat()), ("checkpoint", here.place), ("mode", mode), ("modes", post.modes))
    return Finding(rule="A5", article="37(1)", facts=facts)


@rule()
def without_legal_basis(_: Fact, place: Elsewhere, at: Instant) -> Finding | None:
    """Art. 37(1) [A6]: elsewhere than at a checkpoint one arrives as the law provides; that nobody names it, is noted.

    It crossed or came there all the same: that is a fact, an import, and on record.
    """
    if place.legal_basis:
        return None
    facts = (("at", at.isoformat()), ("elsewhere", place.description), ("legal_basis", "not named"))
    return Finding(rule="A6", article="37(1)", facts=facts)


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
