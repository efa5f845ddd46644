"""Where reference data stands: beside this module, and in the folder that SERHET_REFERENCE names, where it is set."""

import os
from pathlib import Path

VARIABLE = "SERHET_REFERENCE"


def folders() -> tuple[Path, ...]:
    """Each may hold `acts/*.toml` and `checkpoints.csv`; what was read once stays until the process ends."""
    own, named = Path(__file__).parent, os.environ.get(VARIABLE)
    if not named:
        return (own,)
    if not Path(named).is_dir():
        raise ValueError(f"{VARIABLE} names {named}, which is no folder: make it, or unset {VARIABLE}")
    return (own, Path(named))
