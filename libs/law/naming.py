"""One spelling for names in words: of posts, of bodies, of kinds of permits, of regimes."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name without case, accents and punctuation, so that Daşoguz, DASOGUZ and dasoguz are one.

    A name of nothing but punctuation stays as it is.
    """
    letters = (each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
    return re.sub(r"\W+", " ", "".join(letters)).strip() or name


def same_name(one: str | None, other: str | None) -> bool:
    """Whether the two are one name; None is the same as nothing else."""
    return one == other or (one is not None and other is not None and plain(one) == plain(other))
