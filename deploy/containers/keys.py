"""Keys, passwords and tokens of a development stack, in a folder for each reader: nobody reads another's password."""

import json
from collections.abc import Sequence
from pathlib import Path

from deploy.local import issuer
from deploy.local.folder import Folder, write_private, write_whole

ADMIN = "admin"
"""The folder of those who make databases; PostgreSQL itself reads `password` there."""
SUPERUSER = "postgres"
LOGINS = "logins.json"
TOKEN_SECONDS = 30 * 24 * 3600


def make_keys(folder: Path, services: Sequence[str]) -> None:
    """Makes what is missing, and each service's token anew; it can run again.

    A service finds in its own folder `jwks.json`, `token`, and `passwords`, in the form that PGPASSFILE names.
    """
    known = Folder(folder).secret(LOGINS, tuple(services))
    admin = Folder(folder).secret("admin.json", (SUPERUSER,))[SUPERUSER]
    public = issuer.make_issuer(folder).read_text(encoding="utf-8")
    (folder / ADMIN).mkdir(exist_ok=True)
    write_whole(folder / ADMIN / "password", admin)  # PostgreSQL's own user reads it, and is not ours.
    write_private(folder / ADMIN / "passwords", password_line(SUPERUSER, admin))
    write_private(folder / ADMIN / LOGINS, json.dumps(known))
    for service in services:
        own = folder / service
        own.mkdir(exist_ok=True)
        write_whole(own / "jwks.json", public)
        write_private(own / "passwords", password_line(service, known[service]))
        token = issuer.make_token(folder, subject=f"{service}@containers", roles=["service"], seconds=TOKEN_SECONDS)
        write_private(own / "token", token)


def password_line(login: str, password: str) -> str:
    """For any server and database; the passwords made here hold neither a colon nor a backslash."""
    return f"*:*:*:{login}:{password}\n"
