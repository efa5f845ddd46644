"""URLs of databases: making them, and showing them without their password."""

from urllib.parse import quote, urlsplit


def database_url(address: str, user: str, password: str, database: str) -> str:
    """Carries the password; keep it out of logs and answers."""
    return f"postgresql://{user}:{quote(password, safe='')}@{address}/{database}"


def for_login(admin: str, user: str, password: str) -> str:
    """The URL of a login's own database (of the same name) on the server of an admin's URL."""
    parts = urlsplit(admin)
    server = parts.netloc.rpartition("@")[2]
    return database_url(server, user, password, user) + (f"?{parts.query}" if parts.query else "")


def without_password(url: str) -> str:
    """The URL fit to be shown: neither password nor query."""
    parts = urlsplit(url)
    user, server = parts.username, parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{f'{user}@' if user else ''}{server}{parts.path}"
