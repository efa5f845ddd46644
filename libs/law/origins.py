"""The origin by which acts name goods: a country, or what stands in its place (Art. 12(3))."""

from law.naming import same_name
from law.rule import rule

ANY = "*"


def of_origin(named: str, origin: str | None, area: str | None) -> bool:
    """Whether goods of this country, and of this group or part of countries, are of the origin that an act names.

    Goods of an unknown origin are of none.
    """
    return named in (ANY, origin) or (area is not None and area_is_an_origin(named, area))


@rule()
def area_is_an_origin(named: str, area: str) -> bool:
    """Art. 12(3) [O2]: a group or a union of countries, a region or a part of one is an origin where an act needs it.

    Each goes by its name, however it is spelt; which countries it consists of nobody concludes from that.
    """
    return same_name(named, area)
