"""From the bytes of a request to commands: one (JSON) or many (NDJSON), each read, checked, and given its key."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from access.tokens import Subject
from chassis.service import Route, Service
from chassis.write.answering import as_answer
from chassis.write.effects import written
from chassis.write.inputs import Answer, CommandEnvelope
from decider import instants
from doors.problems import problem
from entries.entry import partition_of, write_time
from intake.advice import ERRORS_MAX, advice
from intake.documents import NoDocument, read_object
from intake.hasty import fitting
from intake.turns import LARGE_BYTES, in_turns

KEY = "idempotency_key"
KEY_LENGTH = 200
STREAM_LENGTH = 500
ERRORS_OF_ALL = 1_000
"""So many errors are told of all commands that come together; of the rest the first one each."""
SAID_LENGTH = 300
"""So much is told of one error: the sender may have chosen its words."""


class Malformed(Exception):  # noqa: N818 - what the sender sent, not what went wrong here
    """What was sent is no command; `errors` point at what is wrong and say what to do."""

    def __init__(self, status: int, *errors: tuple[str, str]) -> None:
        super().__init__(errors)
        cut = [(pointer[:SAID_LENGTH], what[:SAID_LENGTH]) for pointer, what in errors]
        detail = "; ".join(f"{pointer or 'the document'}: {what}" for pointer, what in cut)
        listed = [{"pointer": pointer, "detail": what} for pointer, what in cut]
        self.answer = as_answer(problem("malformed", status=status, what="command", detail=detail, errors=listed))


@dataclass(kw_only=True)
class CommandReader:
    """Where commands of one door are read: for one subject, those of one request."""

    service: Service
    route: Route
    subject: Subject
    errors: int = 0
    """So many were told of."""

    def read(self, text: bytes, key: str | None = None) -> CommandEnvelope:
        """The command in `text`, under the `key` beside it, or the one that it carries. Raises Malformed."""
        try:
            document = read_object(text)
        except NoDocument as error:
            raise Malformed(error.status, ("", error.what)) from error
        key = _checked_key(document.pop(KEY, None) if key is None else key)
        occurred = _moment(document.pop("occurred")) if "occurred" in document else None
        adapter = self.service.commands[self.route.command.__name__]
        listing = self.errors < ERRORS_OF_ALL
        try:
            command = fitting(adapter, len(text) if listing else None).validate_python(
                document, extra="forbid", context=document
            )
            data = written(command, adapter)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
            told_of = errors[: ERRORS_MAX if listing else 1]
            self.errors += len(told_of)
            raise Malformed(422, *((_pointer(wrong["loc"]), advice(wrong)) for wrong in told_of)) from error
        except ValueError as error:  # Such as half a surrogate pair.
            raise Malformed(422, ("", "holds a value that does not read back; write it plainly")) from error
        return self._given(command, data, occurred, key)._replace(statedtimes=instants.stated_elsewhere(text))

    async def read_all(self, texts: Sequence[bytes], key: str | None = None) -> list[CommandEnvelope | Answer]:
        """The same of many; what cannot be read keeps its place. In between others get their turn: it can take long.

        A large one is read beside the loop, which so goes on: reading calls back here often enough.
        """
        read: list[CommandEnvelope | Answer] = []
        async for text in in_turns(texts, len):
            try:
                large = len(text) > LARGE_BYTES
                read.append(await asyncio.to_thread(self.read, text, key) if large else self.read(text, key))
            except Malformed as error:
                read.append(error.answer)
        return read

    def _given(self, command: Any, data: bytes, occurred: datetime | None, key: str) -> CommandEnvelope:
        stream = self.route.stream(command)
        if self.service.kind_of(stream) is None or len(stream) > STREAM_LENGTH:
            what = f"is no stream here; send {', '.join(self.service.kinds)}/<id>, at most {STREAM_LENGTH} letters"
            raise Malformed(422, ("/stream", what))
        name = self.route.command.__name__
        stated = write_time(occurred) if occurred else ""
        return CommandEnvelope(
            stream=stream, partition=partition_of(stream), type=name, content=command, data=data, occurred=occurred,
            actor=self.subject.actor, client=self.subject.client, key=key,
            requesthash=sha256(b"\n".join((name.encode(), stated.encode(), data))).hexdigest(),
        )  # fmt: skip


def _moment(text: Any) -> datetime:
    try:
        return instants.read(text)
    except ValueError as error:
        raise Malformed(422, ("/occurred", str(error))) from error


def _checked_key(key: Any) -> str:
    if not isinstance(key, str) or not 0 < len(key) <= KEY_LENGTH or not (key.isascii() and key.isprintable()):
        what = f"send 1 to {KEY_LENGTH} printable ASCII characters, the same whenever you repeat the command"
        raise Malformed(400, (f"/{KEY}", f"{what}: in the header Idempotency-Key, or of many commands each in {KEY}"))
    return key


def _pointer(location: tuple[str | int, ...]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)
