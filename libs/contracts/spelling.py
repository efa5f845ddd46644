"""One spelling for what two people write differently and mean alike: numbers of seals, papers and vehicles.

What it makes of a text stands in the names of streams and under comparisons on record, so it never changes: where it
proves too narrow, another fold is added beside it.
"""

from unicodedata import normalize

_CYRILLIC, _LATIN = "АВЕЁКМНОРСТУҮХІЇЈЅ", "ABEEKMHOPCTYYXIIJS"
"""Capital letters that look alike, and those that they are taken for."""
_WRITTEN_OUT = str.maketrans(_CYRILLIC + "İ", _LATIN + "I")
_HYPHENS = frozenset("-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d")


def folded(text: str) -> str:
    """The text in capitals, without blanks and hyphens, Cyrillic letters that look Latin written as such.

    Nothing else is taken away: a slash, a dot and a leading nought tell numbers apart, and so do letters and digits.
    A text of nothing but blanks and hyphens stays as it is.
    """
    if text.isascii():  # Its own normal form, and nothing in it looks like something else: the same, at once.
        return "".join(text.upper().replace("-", "").split()) or text
    capitals = normalize("NFKC", normalize("NFKC", text).upper()).translate(_WRITTEN_OUT)
    closed = "".join(each for each in capitals if not each.isspace() and each not in _HYPHENS)
    return normalize("NFKC", closed).translate(_WRITTEN_OUT) or text


def alike(one: str, other: str) -> bool:
    """Whether the two are one number."""
    return folded(one) == folded(other)


def in_short(measured: str) -> str:
    """Digits without the noughts that say nothing: what is measured as 11870.0 is 11870."""
    whole, _, part = measured.partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")
