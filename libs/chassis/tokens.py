"""Whose act it is: OAuth 2 bearer tokens (RFC 6750), signed JWTs (RFC 7519) checked against a set of public keys.

Keys of a development issuer carry a name that production refuses.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import StringConstraints, TypeAdapter

from chassis.answering import problem
from chassis.inputs import AGENDA

ALGORITHM = "ES256"
AUDIENCE = "serhet"
DEVELOPMENT = "development-"
"""How the names of the development issuer's keys begin."""
CLAIMS = jwt.JWTClaimsRegistry(
    leeway=30, sub={"essential": True}, exp={"essential": True}, aud={"essential": True, "value": AUDIENCE}
)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Who acts; `client` is the scope of its idempotency keys."""

    id: str
    client: str
    roles: tuple[str, ...] = ()

    @property
    def authtype(self) -> str:
        """In the words of CloudEvents' extension for authentication contexts."""
        return "service_account" if "service" in self.roles else "user"


Name = Annotated[str, StringConstraints(strict=True, pattern=r"^[ -~\u00a1-\ud7ff]{1,200}$")]


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """The claims that are read."""

    sub: Name
    client_id: Name | None = None
    roles: tuple[Name, ...] = ()


CLAIMED = TypeAdapter(Claimed)
UNFIT = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a token may raise, however it was made."""


class Tokens:
    """Reads subjects from tokens. Raises the problem `not-authenticated` for every token that does not hold."""

    def __init__(self, jwks: Path, env: str) -> None:
        keys = json.loads(jwks.read_text(encoding="utf-8"))
        if env != "development" and any(str(key.get("kid", "")).startswith(DEVELOPMENT) for key in keys["keys"]):
            raise ValueError(f"{jwks} holds keys of the development issuer, which {env} refuses: use your own issuer's")
        read = partial(jwt.decode, key=KeySet.import_key_set(keys), algorithms=[ALGORITHM])
        self._decode = lru_cache(maxsize=1024)(read)

    def subject(self, headers: Mapping[str, str]) -> Subject:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise problem("not-authenticated", detail="Send a bearer token in the Authorization header.")
        try:
            claims = self._decode(token).claims
            CLAIMS.validate(claims)
            read = CLAIMED.validate_python(claims)
            client = read.client_id or read.sub
            if client == AGENDA:
                raise ValueError(f"the client {AGENDA!r} is the services' own")
            return Subject(id=read.sub, client=client, roles=read.roles)
        except UNFIT as error:
            detail = f"This token does not hold: {str(error)[:200]!a}. Ask your issuer for a new one."
            raise problem("not-authenticated", detail=detail) from error
