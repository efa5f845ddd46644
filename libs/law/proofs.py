"""A proof of origin under whatever name, so that no act asks for one as something else (Art. 20(2))."""

import re

from law.act import Layer
from law.naming import plain
from law.rule import rule

SAYS_ORIGIN = re.compile(r"\b(origins?|origine|origen|ursprung\w*|mense\w*|происхожден\w*)\b|gelip cyk")
"""In plain names, in English, Turkmen and Russian, and as papers from further away say it."""
OF_NATURE = re.compile(
    r"\b(animal|plant|vegetable|mineral|biological) origin\b|\borigine (animale|vegetale)\b"
    r"|\b(haywan|osumlik)\w* gelip cyk\w*|\b(животн|растительн|минеральн|биологическ)\w* происхожден\w*"
)
"""What goods are made of is called an origin, too, and is not the country of theirs."""
PERMIT = re.compile(r"\b(permits?|licen[cs]es?|rugsatnama\w*|ygtyyarnama\w*|разрешен\w*|лиценз\w*)\b")
"""What lets goods in that an act restricts, by their origin, too, and proves nothing."""
FORMS = re.compile(
    r"\b(form a|форма а|gsp|[csс][tт] ?1|eur ?1|eur ?med|coo|c o o|c of o)\b|^c ?o( form| certificate| cert)?$"
)
"""What proofs of origin are called after their forms, in Latin letters and in Cyrillic ones that look the same."""


@rule()
def proof_of_origin_is_left_alone(layer: Layer, required: str) -> bool:
    """Art. 20(2) [L8]: no act below a treaty makes a release wait for a proof of origin, whatever it calls it.

    A proof is not to be missed as a permit either, nor as the approval of a body that gives it.
    """
    name = OF_NATURE.sub("", plain(required))
    proves = SAYS_ORIGIN.search(name) and not PERMIT.search(name)
    return layer == "treaty" or not (proves or FORMS.search(name))
