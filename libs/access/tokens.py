"""Whose act it is: OAuth 2 bearer tokens (RFC 6750), signed JWTs (RFC 7519) checked against a set of public keys.

Keys of a development issuer carry a name that production refuses.
"""

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Annotated

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import StringConstraints, TypeAdapter
from rfc9457 import Problem

from access.watched import AGAIN_SECONDS, Watched
from entries.actor import Actor
from telemetry.logs import log

Refuse = Callable[..., Problem]
"""Makes a problem document from its name and what is said of it."""
ALGORITHM = "ES256"
AUDIENCE = "serhet"
DEVELOPMENT = "development-"
"""How the names of the development issuer's keys begin."""
DEVELOPMENT_ISSUER = "serhet-development"
LEEWAY_SECONDS = 30
NOT_READ = "keys cannot be read anew, and those until now still count: look at the file of SERHET_JWKS"
ACTING_AS = "acting-as"
"""The header by which somebody of several roles names the one that counts."""
TOKEN_LENGTH = 8192
"""Whatever is longer is not read: it would be kept, too."""


Name = Annotated[str, StringConstraints(strict=True, pattern=r"^[ -~\u00a1-\ud7ff]{1,200}$")]
Code = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9._-]{1,40}$")]


@dataclass(frozen=True, kw_only=True)
class Party:
    """A company or a person by number; `issuer` is who gave it that number."""

    number: Name
    issuer: Name | None = None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Who acts; `client` is the scope of its idempotency keys."""

    id: str
    client: str
    roles: tuple[str, ...] = ()
    role: str | None = None
    """In which it acts, if it acts."""
    party: Party | None = None
    checkpoints: tuple[str, ...] = ()

    @property
    def sender(self) -> str:
        """For whom it speaks: the number of its party or, where it names none, its client; whoever works for it."""
        return self.party.number if self.party else self.client

    @property
    def keeper(self) -> str:
        """Whose own references its are: another party may have the same number of somebody else."""
        party = self.party
        return f"{party.issuer}_{party.number}" if party and party.issuer else self.sender

    @property
    def authtype(self) -> str:
        """In the words of CloudEvents' extension for authentication contexts."""
        return "service_account" if "service" in self.roles else "user"

    @cached_property
    def actor(self) -> Actor:
        """As entries say it."""
        number, issuer = (self.party.number, self.party.issuer) if self.party else (None, None)
        return Actor(self.id, self.authtype, self.role, number, issuer, ",".join(self.checkpoints) or None)


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """The claims that are read."""

    sub: Name
    client_id: Name | None = None
    roles: tuple[Name, ...] = ()
    party: Party | None = None
    checkpoints: tuple[Code, ...] = ()


CLAIMED = TypeAdapter(Claimed)
UNFIT = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a token may raise, however it was made."""


class Tokens:
    """Reads subjects from tokens. Raises the problem `not-authenticated` for every token that does not hold.

    The issuer may change its keys at any time: then the file is another one, and nothing is left of former keys.
    """

    def __init__(
        self, jwks: Path, env: str, issuer: str = "", *, refuse: Refuse, reserved: Container[str] = ()
    ) -> None:  # fmt: skip
        """`refuse` makes a problem document; no client may bear a `reserved` name.

        Raises ValueError where production has no issuer of its own.
        """
        self._refuse = refuse
        self._reserved = reserved
        self._development = env == "development"
        issuer = issuer or (DEVELOPMENT_ISSUER if self._development else "")
        if not issuer:
            raise ValueError(f"SERHET_ISSUER is not set: {env} needs to know by whom tokens are issued (`iss`)")
        self._claims = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS, sub={"essential": True}, exp={"essential": True},
            aud={"essential": True, "value": AUDIENCE}, iss={"essential": True, "value": issuer},
        )  # fmt: skip
        self._decode = Watched(jwks, self._by_keys, UNFIT, lambda error: log.error(NOT_READ, error=repr(error)))

    def _by_keys(self, text: bytes) -> Callable[[str], jwt.Token]:
        """What decodes tokens by these keys, and remembers them as long as these are the keys."""
        keys = json.loads(text)
        if not self._development and any(str(key.get("kid", "")).startswith(DEVELOPMENT) for key in keys["keys"]):
            raise ValueError(
                "there are keys of the development issuer, which production refuses: use your own issuer's"
            )
        return lru_cache(maxsize=1024)(partial(jwt.decode, key=KeySet.import_key_set(keys), algorithms=[ALGORITHM]))

    def subject(self, headers: Mapping[str, str], acts: Sequence[str] = ()) -> Subject:
        """Who sends a request: in the role of its own that it names, else in the first of `acts`, or of its own.

        Raises the problem `not-your-role`, too.
        """
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise self._refuse("not-authenticated", detail="Send a bearer token in the Authorization header.")
        try:
            claims = self._decoded(token).claims
            self._claims.validate(claims)
            read = CLAIMED.validate_python(claims)
            client = read.client_id or read.sub
            if client in self._reserved:
                raise ValueError(f"the client {client!r} is the services' own")
            role = next((each for each in (*acts, *read.roles) if each in read.roles), None)
        except UNFIT as error:
            detail = f"This token does not hold: {str(error)[:200]!a}. Ask your issuer for a new one."
            raise self._refuse("not-authenticated", detail=detail) from error
        if (named := headers.get(ACTING_AS, role)) not in (*read.roles, role):
            raise self._refuse("not-your-role", role=f"{str(named)[:40]!a}")
        return Subject(
            id=read.sub, client=client, roles=read.roles, role=named, party=read.party, checkpoints=read.checkpoints
        )

    def _decoded(self, token: str) -> jwt.Token:
        if len(token) > TOKEN_LENGTH:
            raise ValueError(f"it is longer than {TOKEN_LENGTH} characters")
        known = self._decode.now()
        try:
            return known(token)
        except UNFIT:
            if (newer := self._decode.now(after=AGAIN_SECONDS)) is known:
                raise
            return newer(token)  # By a key that has just come.
