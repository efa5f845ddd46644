"""The development issuer: signs tokens for a local stack. Production refuses its keys."""

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from access.tokens import ALGORITHM, AUDIENCE, DEVELOPMENT, DEVELOPMENT_ISSUER

ROLES = (
    "administration",
    "carrier",
    "consignee",
    "declarant",
    "broker",
    "officer",
    "agency",
    "treasury",
    "operations",
    "supervisor",
    "integrator",
    "auditor",
    "service",
)
PRIVATE, PUBLIC = Path("issuer") / "private.json", Path("issuer") / "jwks.json"


def make_issuer(folder: Path) -> Path:
    """Creates the development issuer's key pair under `folder` if there is none; the path of its public keys."""
    private, public = folder / PRIVATE, folder / PUBLIC
    if not public.exists():
        private.parent.mkdir(parents=True, exist_ok=True)
        key = ECKey.generate_key("P-256", {"kid": f"{DEVELOPMENT}{int(time.time())}"}, private=True)
        with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(key.as_dict(private=True), file)
        public.write_text(json.dumps({"keys": [key.as_dict(private=False)]}), encoding="utf-8")
    return public


def make_token(
    folder: Path,
    *,
    subject: str,
    roles: Sequence[str] = (),
    checkpoints: Sequence[str] = (),
    party: str | None = None,
    seconds: int = 12 * 3600,
) -> str:
    """A development token; a `party` is its number, `@`, and who gave it that number, as far as that is said.

    Raises FileNotFoundError where no development issuer was made.
    """
    key = ECKey.import_key(json.loads((folder / PRIVATE).read_text(encoding="utf-8")))
    claims: dict[str, Any] = {
        "iss": DEVELOPMENT_ISSUER, "aud": AUDIENCE, "sub": subject, "iat": int(time.time()),
        "exp": int(time.time()) + seconds, "roles": list(roles), "checkpoints": list(checkpoints),
    }  # fmt: skip
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims | ({"party": _party(party)} if party else {}), key)


def _party(text: str) -> dict[str, str]:
    number, _, issuer = text.partition("@")
    return {"number": number} | ({"issuer": issuer} if issuer else {})
