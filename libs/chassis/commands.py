"""From the bytes of a request to commands: one (JSON) or many (NDJSON), each read, checked, and given its key."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from pydantic import AwareDatetime, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from chassis.answering import problem, told
from chassis.deciding import read_back
from chassis.entry import partition_of, write_time
from chassis.inputs import Answer, Given
from chassis.service import Door, Service
from chassis.tokens import Subject
from intake.documents import NoDocument, read_object
from intake.hasty import fitting
from law.calendar import EARLIEST, LATEST

KEY = "idempotency_key"
KEY_LENGTH = 200
STREAM_LENGTH = 500
READ_AT_ONCE = 50
"""So many commands are read before somebody else has a turn."""
MOMENT = TypeAdapter(AwareDatetime)


class Malformed(Exception):  # noqa: N818 - what the sender sent, not what went wrong here
    """What was sent is no command; `errors` point at what is wrong and say what to do."""

    def __init__(self, status: int, *errors: tuple[str, str]) -> None:
        super().__init__(errors)
        detail = "; ".join(f"{pointer or 'the document'}: {what}" for pointer, what in errors)
        listed = [{"pointer": pointer, "detail": what} for pointer, what in errors]
        self.answer = told(problem("malformed", status=status, what="command", detail=detail, errors=listed))


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where commands of one door are read: for one subject."""

    service: Service
    door: Door
    subject: Subject

    def read(self, text: bytes, key: str | None = None) -> Given:
        """The command in `text`; `key` is the request's own, else the document carries it. Raises Malformed."""
        try:
            document = read_object(text)
        except NoDocument as error:
            raise Malformed(error.status, ("", error.what)) from error
        stated = _checked_key(document.pop(KEY)) if KEY in document else None
        key = stated if key is None else key
        occurred = _moment(document.pop("occurred")) if "occurred" in document else None
        adapter = self.service.commands[self.door.command.__name__]
        try:
            command = fitting(adapter, len(text)).validate_python(document, extra="forbid")
            data = read_back(adapter.dump_json(command), adapter.validate_json, command)
        except ValidationError as error:
            raise Malformed(422, *((_pointer(wrong["loc"]), _advice(wrong)) for wrong in error.errors())) from error
        except ValueError as error:  # Such as half a surrogate pair.
            raise Malformed(422, ("", "holds a value that does not read back; write it plainly")) from error
        return self._given(command, data, occurred, _checked_key(key))

    async def read_all(self, texts: Sequence[bytes], key: str | None = None) -> list[Given | Answer]:
        """The same of many; what cannot be read keeps its place. In between others get their turn: it can take long."""
        read: list[Given | Answer] = []
        for number, text in enumerate(texts, start=1):
            try:
                read.append(self.read(text, key))
            except Malformed as error:
                read.append(error.answer)
            if number % READ_AT_ONCE == 0:
                await asyncio.sleep(0)
        return read

    def _given(self, command: Any, data: bytes, occurred: datetime | None, key: str) -> Given:
        stream = self.door.stream(command)
        if self.service.kind_of(stream) is None or len(stream) > STREAM_LENGTH:
            what = f"is no stream here; send {', '.join(self.service.kinds)}/<id>, at most {STREAM_LENGTH} letters"
            raise Malformed(422, ("/stream", what))
        name = self.door.command.__name__
        stated = write_time(occurred) if occurred else ""
        return Given(
            stream=stream, partition=partition_of(stream), type=name, content=command, data=data, occurred=occurred,
            authid=self.subject.id, authtype=self.subject.authtype, client=self.subject.client, key=key,
            requesthash=sha256(b"\n".join((name.encode(), stated.encode(), data))).hexdigest(),
        )  # fmt: skip


def _moment(text: Any) -> datetime:
    try:
        moment = MOMENT.validate_python(text if isinstance(text, str) and "T" in text else "")
        if not EARLIEST <= moment < LATEST:
            raise Malformed(422, ("/occurred", f"lies outside the years {EARLIEST.year} to {LATEST.year - 1}"))
        return moment.astimezone(UTC)
    except ValidationError as error:
        what = "is no time with its zone; send RFC 3339, such as 2026-01-31T09:30:00Z"
        raise Malformed(422, ("/occurred", what)) from error


def _checked_key(key: Any) -> str:
    if not isinstance(key, str) or not 0 < len(key) <= KEY_LENGTH or not (key.isascii() and key.isprintable()):
        what = f"send 1 to {KEY_LENGTH} printable ASCII characters, the same whenever you repeat the command"
        raise Malformed(400, (f"/{KEY}", f"{what}: the header Idempotency-Key, or in NDJSON the field {KEY}"))
    return key


def _advice(wrong: ErrorDetails) -> str:
    unknown = wrong["type"] in ("unexpected_keyword_argument", "extra_forbidden")
    return "is not a field of this command; leave it out" if unknown else wrong["msg"].removeprefix("Value error, ")


def _pointer(location: tuple[str | int, ...]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)
