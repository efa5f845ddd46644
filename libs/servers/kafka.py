"""How every client gets to Kafka, and what of a topic it is given: one place, so that none is forgotten."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Self

from aiokafka.consumer import fetcher
from aiokafka.errors import CorruptRecordException
from aiokafka.helpers import create_ssl_context
from pydantic import model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from telemetry.logs import log

REQUEST_MS = 9000
"""Within this Kafka answers; beyond, the line is taken for dead. More than a session with the group lasts."""


class Kafka(BaseSettings):
    """Where Kafka is, and with what its clients get in. What is not said here stands in the environment.

    There each has the prefix `SERHET_KAFKA_`: `SERHET_KAFKA_PROTOCOL`, `SERHET_KAFKA_USER` and so on.
    """

    model_config = SettingsConfigDict(env_prefix="SERHET_KAFKA_", frozen=True)

    servers: str
    """`host:port`, several with commas in between."""
    protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    ca: Path | None = None
    """Whose signature a broker's certificate must bear (PEM); the system's authorities unless set."""
    certificate: Path | None = None
    """The client's own certificate (PEM), where brokers want one."""
    key: Path | None = None
    mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    user: str = ""
    password_file: Path | None = None
    """A file with the user's password; read anew for each client that is made."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.protocol.startswith("SASL") and not (self.user and self.password_file):
            raise ValueError(f"{self.protocol} needs SERHET_KAFKA_USER and SERHET_KAFKA_PASSWORD_FILE")
        return self

    def options(self) -> dict[str, Any]:
        """What a client of aiokafka is made with. Raises OSError where a file is not there."""
        options: dict[str, Any] = {"bootstrap_servers": self.servers, "security_protocol": self.protocol}
        options["request_timeout_ms"] = REQUEST_MS
        if self.protocol.endswith("SSL"):
            options["ssl_context"] = create_ssl_context(cafile=self.ca, certfile=self.certificate, keyfile=self.key)
        if self.protocol.startswith("SASL") and self.password_file:
            password = self.password_file.read_text(encoding="utf-8").strip()
            options |= {"sasl_mechanism": self.mechanism, "sasl_plain_username": self.user}
            options["sasl_plain_password"] = password
        return options


def options(kafka: str | Kafka) -> dict[str, Any]:
    """The same; who knows no more than an address gets in by the environment's settings."""
    return (Kafka(servers=kafka) if isinstance(kafka, str) else kafka).options()


class Readable(fetcher.PartitionRecords):  # type: ignore[misc]  # aiokafka ships no types
    """What was fetched of a partition, without what no relay of ours wrote: whatever stands there, reading goes on.

    Ours are plain batches. A compressed one is a stranger's and stays packed: what it would unpack to knows no bound,
    and not every method is known here. A damaged one, and what follows in one that cannot be read on, is passed over,
    too: was it ours, then it is missed, as a hole.
    """

    _records: Any
    next_fetch_offset: int

    def _unpack_records(self) -> Iterator[Any]:
        while self._records.has_next():
            onward = self.next_fetch_offset + 1
            try:
                batch = self._records.next_batch()
                if not batch.validate_crc():
                    raise CorruptRecordException("its checksum is another one")
                onward = max(onward, batch.next_offset)
                if not batch.is_control_batch and not batch.compression_type:
                    for record in batch:
                        if record.offset >= self.next_fetch_offset:
                            self.next_fetch_offset = record.offset + 1
                            yield self._consumer_record(self._tp, record)
            except Exception as error:  # noqa: BLE001 - whatever a stranger's bytes lead to
                log.warning("a batch is passed over", at=(*self._tp, self.next_fetch_offset), error=repr(error))
                self._records = fetcher.MemoryRecords(b"")  # Who cannot read this one does not know where it ends.
            self.next_fetch_offset = max(self.next_fetch_offset, onward)


fetcher.PartitionRecords = Readable  # Every consumer of this process reads through it, FastStream's too.
