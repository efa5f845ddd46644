"""Tokens that do not hold: each with what is wrong with it."""

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from access.tokens import ALGORITHM, AUDIENCE, DEVELOPMENT_ISSUER
from deploy.local.issuer import PRIVATE, PUBLIC

HEAD_BYTES_MAX = 60_000
"""Of a token that a request's head still has room for."""
DEEP_INSIDE = b'{"alg": ' + b"[" * 40_000
NOT_UTF8 = b'{"alg": "\xff"}'
HALF_A_PAIR = rb'{"alg": "ES256", "kid": "\ud800"}'
VERY_LARGE = b'{"alg": "ES256", "kid": ' + b"9" * 30_000 + b"}"


def forged(folder: Path) -> Iterator[tuple[str, str]]:
    """Every token, by what is wrong with it; `folder` holds the development issuer's keys."""
    ours = ECKey.import_key(json.loads((folder / PRIVATE).read_text(encoding="utf-8")))
    yield from _of_claims(ours)
    yield from _of_keys(ours, (folder / PUBLIC).read_bytes())
    yield from _of_texts(jwt.encode({"alg": ALGORITHM, "kid": ours.kid}, _claims(), ours))


def _claims(**more: Any) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": DEVELOPMENT_ISSUER,
        "aud": AUDIENCE,
        "sub": "hostile",
        "iat": now,
        "exp": now + 3600,
        "roles": ["officer"],
        **more,
    }


def _of_claims(ours: ECKey) -> Iterator[tuple[str, str]]:
    """Signed as they should be, and not to be accepted."""
    now = int(time.time())
    unfit: dict[str, dict[str, Any]] = {
        "expired": {"exp": now - 3600},
        "never expires": {"exp": None},
        "expires at no time": {"exp": "tomorrow"},
        "expires beyond all time": {"exp": [10**400]},
        "not yet valid": {"nbf": now + 3600},
        "valid from no time": {"nbf": "yesterday"},
        "issued in the future": {"iat": now + 3600},
        "by another issuer": {"iss": "another"},
        "by an issuer that is nearly ours": {"iss": f"{DEVELOPMENT_ISSUER}/"},
        "by no issuer": {"iss": None},
        "by a list of issuers": {"iss": [DEVELOPMENT_ISSUER]},
        "for somebody else": {"aud": "another"},
        "for nobody": {"aud": None},
        "for a list without us": {"aud": ["another", "third"]},
        "for a number": {"aud": 7},
        "of nobody": {"sub": None},
        "of an empty name": {"sub": ""},
        "of a number": {"sub": 7},
        "of a NUL": {"sub": "a\x00"},
        "of two lines": {"sub": "a\nb"},
        "of a long name": {"sub": "a" * 201},
        "of the agenda": {"sub": "agenda"},
        "by the agenda": {"client_id": "agenda"},
        "by a list": {"client_id": ["a"]},
        "with one role, not a list": {"roles": "officer"},
        "with a number of roles": {"roles": 5},
        "with roles by name": {"roles": {"officer": True}},
        "with a role that is a number": {"roles": [7]},
        "with an empty role": {"roles": [""]},
        "with no roles": {"roles": None},
    }
    for what, claims in unfit.items():
        yield what, jwt.encode({"alg": ALGORITHM, "kid": ours.kid}, _claims(**claims), ours)


def _of_keys(ours: ECKey, jwks: bytes) -> Iterator[tuple[str, str]]:
    """Signed with what anyone may have."""
    theirs = ECKey.generate_key("P-256", private=True)
    heads: dict[str, dict[str, Any]] = {
        "another key under our key's name": {"kid": ours.kid},
        "another key without a name": {},
        "another key under its own name": {"kid": "theirs"},
        "a key that comes along": {"kid": ours.kid, "jwk": theirs.as_dict(private=False)},
        "a key from an address": {"kid": ours.kid, "jku": "http://127.0.0.1:1/jwks.json"},
        "a key by certificate": {"kid": ours.kid, "x5u": "http://127.0.0.1:1/", "x5c": ["AAAA"]},
        "a key by path": {"kid": "../../../../dev/null"},
    }
    for what, head in heads.items():
        yield what, jwt.encode({"alg": ALGORITHM, **head}, _claims(), theirs)
    public = json.dumps(ours.as_dict(private=False)).encode()
    for secret in (jwks, public, public.strip(b"{}"), bytes(32)):
        key = OctKey.import_key(secret)
        text = jwt.encode({"alg": "HS256", "kid": ours.kid}, _claims(), key, algorithms=["HS256"])
        yield "our public key as a secret", text


def _of_texts(token: str) -> Iterator[tuple[str, str]]:
    """A good one, damaged; and what never was one."""
    head, claims, signature = token.split(".")
    for algorithm in ("none", "None", "NONE", "nOnE", "", "HS256", "ES384", "RS256", 7, None, ["ES256"]):
        for signed in ("", signature):
            yield f"signed by {algorithm!r}", f"{_coded({'alg': algorithm})}.{claims}.{signed}"
    yield "with other claims", f"{head}.{_coded(_claims(roles=['service']))}.{signature}"
    yield from {
        "cut off": token[:-10],
        "without a signature": f"{head}.{claims}.",
        "of two parts": f"{head}.{claims}",
        "of four parts": f"{token}.{signature}",
        "of five parts": f"{token}.{signature}.{signature}",
        "dots": "..",
        "very many dots": "." * HEAD_BYTES_MAX,
        "long": "A" * HEAD_BYTES_MAX,
        "twice": f"{token} {token}",
        "no base64": "§.§.§",
        "a deep head": f"{_raw(b'[' * 40_000)}.{claims}.{signature}",
        "a head deep inside": f"{_raw(DEEP_INSIDE)}.{claims}.{signature}",
        "a head that is a list": f"{_coded([])}.{claims}.{signature}",
        "a head that is no JSON": f"{_raw(b'{')}.{claims}.{signature}",
        "a head that is not UTF-8": f"{_raw(NOT_UTF8)}.{claims}.{signature}",
        "a head of half a surrogate pair": f"{_raw(HALF_A_PAIR)}.{claims}.{signature}",
        "a number of very many digits": f"{_raw(VERY_LARGE)}.{claims}.{signature}",
        "with unknown demands": f"{_coded({'alg': 'ES256', 'crit': ['x'], 'x': 1})}.{claims}.{signature}",
        "unencoded": f"{_coded({'alg': 'ES256', 'b64': False, 'crit': ['b64']})}.{claims}.{signature}",
    }.items()


def _coded(said: Any) -> str:
    return _raw(json.dumps(said).encode())


def _raw(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()
