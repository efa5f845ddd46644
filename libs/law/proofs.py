"""A proof of origin under whatever name, so that no act asks for one as something else (Art. 20(2))."""

import re

from law.act import Layer
from law.naming import plain
from law.rule import rule

NAMED = re.compile(
    r"(?=.*(origin\b|gelip cyk|происхожд))"
    r".*(certif|declar|proof|prove|statement|confirm|evidence|attest"
    r"|sertifikat|guwanama|sahadatnama|beyan|jar ?nama|delil|tassyk"
    r"|сертификат|деклар|подтвержд|доказ|свидетельств|справк|заявлен)"
)
"""In plain names: what says origin and proof, in English, Turkmen and Russian."""
FORMS = re.compile(r"\b(form a|ct 1|st 1|ст 1|eur 1|eur med|gsp form|форма а)\b")
"""What proofs of origin are called after their forms."""


@rule()
def proof_of_origin_is_left_alone(layer: Layer, required: str) -> bool:
    """Art. 20(2) [L8]: no act below a treaty makes a release wait for a proof of origin, whatever it calls it.

    A proof is not to be missed as a permit either, nor as the approval of a body that gives it.
    """
    name = plain(required)
    return layer == "treaty" or not (NAMED.search(name) or FORMS.search(name))
