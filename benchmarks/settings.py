"""How long and how often is measured: in full, or quick, which shows that everything runs and says little."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Rounds of everything; seconds of warming up and of measuring of each side; entries of the larger journal."""

    rounds: int = 3
    warm_seconds: float = 18.0
    """Until the convoys that began together have come to their ends, and others are at every step."""
    seconds: float = 15.0
    convoys: int = 24
    vehicles: int = 5
    """So many convoys of so many vehicles each are under way at once."""
    entries: int = 1_000_000
    partitions: int = 4
    """So many partitions are verified in a replay."""
    idle_seconds: float = 10.0


FULL = Settings()
QUICK = Settings(
    rounds=1, warm_seconds=3.0, seconds=6.0, convoys=6, vehicles=2, entries=50_000, partitions=2, idle_seconds=4.0
)
