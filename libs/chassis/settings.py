"""The few things that every service is told from outside."""

from pathlib import Path
from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from the environment, each with the prefix `SERHET_`. A service's own knobs live in that service."""

    model_config = SettingsConfigDict(env_prefix="SERHET_", frozen=True, hide_input_in_errors=True)

    env: Literal["development", "production"]
    kafka: str = "127.0.0.1:19092"
    postgres: str
    """The service's own login at its own database: `postgresql://name:password@host:port/name`."""
    jwks: Path
    """The public keys of the token issuer (RFC 7517)."""
    issuer: str = ""
    """Who issues tokens, as their `iss` says. Development has an issuer of its own; production has to name one."""
    doors: dict[str, list[str]] = {}
    """Where the services that it hears have their doors, to ask how far they are: base URLs by name, as JSON."""
    token: Path | None = None
    """A file with the bearer token of role `service` that it asks with; read anew each time."""
    host: str = "127.0.0.1"
    """The address on which the doors listen: nobody else's machine reaches the loopback address."""
    port: int | None = None
    """Where they listen on it; the service's own port unless set."""
    origins: list[str] = []
    """From where pages in browsers may ask at these doors (CORS): origins such as `https://port.example`, as JSON."""
