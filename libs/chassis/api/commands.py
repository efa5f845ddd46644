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
from doors.malformed import KEY, Malformed, checked_key, pointer
from entries.entry import partition_of, write_time
from intake.advice import ERRORS_MAX, advice
from intake.documents import NoDocument, read_object
from intake.hasty import fitting
from intake.turns import LARGE_BYTES, in_turns

STREAM_LENGTH = 500
ERRORS_OF_ALL = 1_000
"""So many errors are told of all commands that come together; of the rest the first one each."""


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
        key = checked_key(document.pop(KEY, None) if key is None else key)
        occurred = _moment(document.pop("occurred")) if "occurred" in document else None
        adapter = self.service.commands[self.route.command.__name__]
        listing = self.errors < ERRORS_OF_ALL
        context = {"document": document, "sender": self.subject.sender, "keeper": self.subject.keeper}
        founds = not self.service.names_found or isinstance(document.get(self.route.kind), dict) or self.route.founds
        try:
            command = fitting(adapter, len(text) if listing else None).validate_python(
                document, extra="forbid", context=context
            )
            data = written(command, adapter)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
            told_of = errors[: ERRORS_MAX if listing else 1]
            self.errors += len(told_of)
            raise Malformed(422, *((pointer(wrong["loc"]), advice(wrong)) for wrong in told_of)) from error
        except ValueError as error:  # Such as half a surrogate pair.
            raise Malformed(422, ("", "holds a value that does not read back; write it plainly")) from error
        stated = instants.stated_elsewhere(text)
        return self._given(command, data, occurred, key)._replace(founds=founds, statedtimes=stated)

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
                read.append(as_answer(error.problem))
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
