"""Whose act it is: tokens that hold, and all the others."""

import base64
import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from rfc9457 import Problem
from structlog.testing import capture_logs

from access.tokens import ALGORITHM, AUDIENCE, DEVELOPMENT_ISSUER, TOKEN_LENGTH, Tokens
from access.watched import AGAIN_SECONDS, LOOK_SECONDS
from deploy.local.issuer import PRIVATE, make_issuer, make_token
from doors.problems import problem


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def test_without_a_token_that_holds_nothing_is_told_or_taken(door: httpx.AsyncClient, tmp_path: Path) -> None:
    make_issuer(tmp_path / "stranger")
    stranger = make_token(tmp_path / "stranger", subject="stranger")
    expired = make_token(tmp_path, subject="officer@here", seconds=-3600)
    agenda = make_token(tmp_path, subject="agenda")
    for headers in ({"authorization": ""}, bearer("nonsense"), bearer(stranger), bearer(expired), bearer(agenda)):
        sent = await door.post("/parcels", json={"parcel": "P1"}, headers=headers)
        asked = [
            await door.get(path, headers=headers)
            for path in ("/parcels/P1", "/parcels?waiting=Send", "/positions?partition=0")
        ]
        assert {answer.status_code for answer in (sent, *asked)} == {401}
        assert {answer.headers["content-type"] for answer in (sent, *asked)} == {"application/problem+json"}


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "a\x00"},
        {"sub": "x" * 300},
        {"sub": 7},
        {"sub": "a", "client_id": 7},
        {"sub": "a", "roles": 5},
        {"sub": "a", "roles": "service"},
        {"sub": "agenda"},
        {"sub": "a", "aud": "somebody else"},
        {"sub": "a", "iss": "somebody else"},
        {"sub": "a", "iss": None},
        {"sub": "a", "more": "x" * TOKEN_LENGTH},
    ],
)
async def test_a_signed_token_with_unfit_claims_does_not_hold(
    door: httpx.AsyncClient, tmp_path: Path, claims: dict[str, object]
) -> None:
    key = ECKey.import_key(json.loads((tmp_path / PRIVATE).read_text(encoding="utf-8")))
    whole = {"iss": DEVELOPMENT_ISSUER, "aud": AUDIENCE, "exp": 4102444800, **claims}
    token = jwt.encode({"alg": ALGORITHM, "kid": key.kid}, whole, key)
    answer = await door.post("/parcels", json={"parcel": "P1"}, headers=bearer(token))
    assert answer.status_code == 401


async def test_a_token_that_trips_its_reader_does_not_hold(door: httpx.AsyncClient) -> None:
    for head in ({"alg": "ES256", "crit": 5}, {"alg": "none"}, {"alg": "HS256"}, {"alg": "ES256", "b64": False}):
        text = base64.urlsafe_b64encode(json.dumps(head).encode()).rstrip(b"=").decode()
        assert (await door.get("/parcels/P1", headers=bearer(f"{text}.e30.x"))).status_code == 401


def test_production_refuses_the_development_issuer(tmp_path: Path) -> None:
    jwks = make_issuer(tmp_path)
    with pytest.raises(ValueError, match="development issuer"):
        Tokens(jwks, "production", "https://issuer.example", refuse=problem)


def test_production_does_not_begin_without_the_name_of_its_issuer(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SERHET_ISSUER"):
        Tokens(Keys(tmp_path, "own").jwks, "production", refuse=problem)


@dataclass
class Keys:
    """An issuer with keys by name; `jwks` is its file."""

    folder: Path
    first: str

    def __post_init__(self) -> None:
        self.jwks = self.folder / "keys.json"
        self._keys: dict[str, ECKey] = {}
        self.publish(self.first)

    def publish(self, *names: str) -> None:
        """Puts these keys in the place of the former ones, as `mv` does."""
        for name in names:
            self._keys.setdefault(name, ECKey.generate_key("P-256", {"kid": name}, private=True))
        keys = [self._keys[name].as_dict(private=False) for name in names]
        self.replace(json.dumps({"keys": keys}))

    def replace(self, text: str) -> None:
        (self.folder / "next.json").write_text(text, encoding="utf-8")
        (self.folder / "next.json").replace(self.jwks)

    def token(self, name: str, **more: object) -> str:
        claims = {"iss": "https://issuer.example", "aud": AUDIENCE, "sub": "somebody", "exp": 4102444800, **more}
        return jwt.encode({"alg": ALGORITHM, "kid": name}, claims, self._keys[name])


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path, "old")


@pytest.fixture
def tokens(keys: Keys) -> Tokens:
    return Tokens(keys.jwks, "production", "https://issuer.example", refuse=problem, reserved={"agenda"})


def holds(tokens: Tokens, token: str) -> bool:
    with suppress(Problem):
        return tokens.subject(bearer(token)).id == "somebody"
    return False


@pytest.mark.parametrize(
    ("claims", "now", "so"),
    [
        ({"exp": 1_000}, 1_029, True), ({"exp": 1_000}, 1_030, False), ({"nbf": 1_000}, 970, True),
        ({"nbf": 1_000}, 969, False), ({"iat": 1_000}, 970, True), ({"iat": 1_000}, 969, False),
    ],
)  # fmt: skip
def test_a_token_holds_in_its_time_and_half_a_minute_more_however_often_it_held(
    keys: Keys, tokens: Tokens, claims: dict[str, int], now: int, so: bool
) -> None:
    token = keys.token("old", **{"exp": 2_000, **claims})
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(time, "time", lambda: 1_000)
        assert [holds(tokens, token) for _ in range(2)] == [True, True]
        clock.setattr(time, "time", lambda: now)
        assert holds(tokens, token) == so


def test_new_keys_count_as_soon_as_a_token_is_signed_by_one(keys: Keys, tokens: Tokens) -> None:
    tokens._decode._looked_at -= AGAIN_SECONDS
    keys.publish("old", "new")
    assert holds(tokens, keys.token("new"))
    assert holds(tokens, keys.token("old"))


def test_what_former_keys_have_signed_does_not_hold_though_it_did(keys: Keys, tokens: Tokens) -> None:
    token = keys.token("old")
    assert holds(tokens, token)
    keys.publish("new")
    assert holds(tokens, token)
    tokens._decode._looked_at -= LOOK_SECONDS
    assert (holds(tokens, token), holds(tokens, keys.token("new"))) == (False, True)


UNREADABLE = ("", "{", "{}", "[]", '{"keys": []}', '{"keys": [{"kty": "EC"}]}', "development", None)


@pytest.mark.parametrize("text", UNREADABLE)
def test_keys_that_cannot_be_read_leave_the_old_ones_and_it_is_said(
    keys: Keys, tokens: Tokens, tmp_path: Path, text: str | None
) -> None:
    if text == "development":
        text = make_issuer(tmp_path / "development").read_text(encoding="utf-8")
    keys.replace(text or "")
    if text is None:
        keys.jwks.unlink()
    with capture_logs() as said:
        for _ in range(2):
            tokens._decode._looked_at -= LOOK_SECONDS
            assert holds(tokens, keys.token("old"))
    assert ["keys cannot be read anew" in each["event"] for each in said] == [True, True]
    keys.publish("new")
    tokens._decode._looked_at -= LOOK_SECONDS
    assert holds(tokens, keys.token("new"))


def test_tokens_that_do_not_hold_make_nobody_look_at_the_file_all_the_time(
    keys: Keys, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    def look(path: Path) -> os.stat_result:
        nonlocal looks
        looks += 1
        return os.stat(path)

    monkeypatch.setattr(Path, "stat", look)
    tokens._decode._looked_at -= AGAIN_SECONDS
    assert not any(holds(tokens, f"{keys.token('old')[:-10]}{number:010}") for number in range(200))
    assert looks <= 2
