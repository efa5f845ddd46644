"""What was sent is no command: where it is wrong, and what to do, for whoever sent it."""

from typing import Any

from doors.problems import problem

KEY = "idempotency_key"
KEY_LENGTH = 200
SAID_LENGTH = 300
"""So much is told of one error: the sender may have chosen its words."""


class Malformed(Exception):  # noqa: N818 - what the sender sent, not what went wrong here
    """What was sent is no command; `errors` point at what is wrong and say what to do."""

    def __init__(self, status: int, *errors: tuple[str, str]) -> None:
        super().__init__(errors)
        cut = [(pointer[:SAID_LENGTH], what[:SAID_LENGTH]) for pointer, what in errors]
        detail = "; ".join(f"{pointer or 'the document'}: {what}" for pointer, what in cut)
        listed = [{"pointer": pointer, "detail": what} for pointer, what in cut]
        self.problem = problem("malformed", status=status, what="command", detail=detail, errors=listed)


def checked_key(key: Any) -> str:
    if not isinstance(key, str) or not 0 < len(key) <= KEY_LENGTH or not (key.isascii() and key.isprintable()):
        what = f"send 1 to {KEY_LENGTH} printable ASCII characters, the same whenever you repeat the command"
        raise Malformed(400, (f"/{KEY}", f"{what}: in the header Idempotency-Key, or of many commands each in {KEY}"))
    return key


def pointer(location: tuple[str | int, ...]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)
