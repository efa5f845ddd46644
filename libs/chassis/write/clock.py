"""The two clocks: the database's, by which everything is recorded, and this process's own, which watches over it.

No clock alone can say that it is wrong. Where the two are apart one of them is, and nobody here knows which.
"""

import time
from datetime import UTC, datetime

APART_SECONDS = 5.0
"""So far apart the clocks of two machines that are looked after never are."""


class ClocksApart(Exception):  # noqa: N818 - a state of the world, named as one
    """The database's clock and this process's own are apart: no position is given out."""


def now() -> datetime:
    """The process's clock: wherever the chassis asks what time it is, and not how long something took."""
    return datetime.fromtimestamp(time.time(), UTC)


def apart(database: datetime) -> str | None:
    """What to say where the database's clock, read just now, is too far from this process's own."""
    ahead = (database - now()).total_seconds()
    if abs(ahead) <= APART_SECONDS:
        return None
    which = "ahead of" if ahead > 0 else "behind"
    what = f"the database's clock is {abs(ahead):.0f} s {which} this process's: no position is given out"
    return f"{what} (docs/operating.md, Clocks)"
