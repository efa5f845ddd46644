"""A broker that lets in only whom it knows: TLS both ways, a password besides, and rights by topic and group."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chassis.tests.workbench import Bench
from deploy.local import kafka
from deploy.local.ports import HOST, Ports
from deploy.testing.stacks import local_stack
from servers.kafka import Kafka

GUARDED = 18_190
"""The port of the guarded door before the offset; the other one is the operator's own, and asks nothing."""
Right = tuple[str, str, str]
"""What may be done: (to a TOPIC or GROUP, its name, the operation)."""


@dataclass(frozen=True)
class Guarded:
    """The operator's bench at its broker, and what logins need to get in by the other door."""

    bench: Bench
    folder: Path
    address: str
    admin: Any

    def login(self, user: str, password: str, mechanism: Any = "SCRAM-SHA-512") -> Kafka:
        """What a client of that name gets in with; the password lies in a file of its own."""
        (file := self.folder / f"{user}.password").write_text(f"{password}\n")
        return Kafka(
            servers=self.address, protocol="SASL_SSL", mechanism=mechanism, user=user, password_file=file,
            ca=self.folder / "ca.pem", certificate=self.folder / "client.pem", key=self.folder / "client.key",
        )  # fmt: skip

    def password(self, user: str, password: str) -> None:
        """The broker knows the user by this password from now on."""
        info = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096)
        asked = UserScramCredentialUpsertion(user, info, password.encode())
        for answer in self.admin.alter_user_scram_credentials([asked]).values():
            answer.result(20)

    def grant(self, user: str, rights: Sequence[Right]) -> None:
        for answer in self.admin.create_acls([self._right(user, right) for right in rights]).values():
            answer.result(20)

    @staticmethod
    def _right(user: str, right: Right) -> Any:
        kind, name, operation = right
        return AclBinding(
            ResourceType[kind], name, ResourcePatternType.LITERAL, f"User:{user}", "*", AclOperation[operation],
            AclPermissionType.ALLOW,
        )  # fmt: skip


@contextmanager
def guarded(postgres: str, folder: Path) -> Iterator[Guarded]:
    """Such a broker, started; it takes the logins of PLAIN `keeper` and of whoever is given a password later."""
    make_certificates(folder)
    with pytest.MonkeyPatch.context() as configuring:
        configuring.setattr(kafka, "settings", partial(settings, folder, kafka.settings))
        with local_stack(postgres=postgres) as stack:
            admin = AdminClient({"bootstrap.servers": stack.kafka, "log_level": 0})
            yield Guarded(Bench(stack.kafka, postgres), folder, stack.ports.address(GUARDED), admin)


def settings(folder: Path, plain: Callable[[Path, Ports], dict[str, str]], data: Path, ports: Ports) -> dict[str, str]:
    """The local broker's settings, and the guarded door's."""
    found = plain(data, ports)
    modules = "org.apache.kafka.common.security"
    door = {
        "ssl.keystore.type": "PEM", "ssl.keystore.location": str(folder / "broker.store"),
        "ssl.truststore.type": "PEM", "ssl.truststore.location": str(folder / "ca.pem"), "ssl.client.auth": "required",
        "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-512",
        "plain.sasl.jaas.config": f'{modules}.plain.PlainLoginModule required user_keeper="keeper-in";',
        "scram-sha-512.sasl.jaas.config": f"{modules}.scram.ScramLoginModule required;",
    }  # fmt: skip
    return found | {f"listener.name.guarded.{name}": value for name, value in door.items()} | {
        "listeners": f"{found['listeners']},GUARDED://{ports.address(GUARDED)}",
        "advertised.listeners": f"{found['advertised.listeners']},GUARDED://{ports.address(GUARDED)}",
        "listener.security.protocol.map": f"{found['listener.security.protocol.map']},GUARDED:SASL_SSL",
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS",
    }  # fmt: skip


def make_certificates(folder: Path) -> None:
    """An authority, and what it signs for the broker and for its clients."""
    authority, key = _signed("authority", None)
    (folder / "ca.pem").write_bytes(_pem(authority))
    for name in ("broker", "client"):
        certificate, own = _signed(name, (authority, key))
        (folder / f"{name}.pem").write_bytes(_pem(certificate))
        (folder / f"{name}.key").write_bytes(_pem(own))
        (folder / f"{name}.store").write_bytes(_pem(own) + _pem(certificate) + _pem(authority))


def _signed(name: str, by: tuple[x509.Certificate, Any] | None) -> tuple[x509.Certificate, Any]:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by[0].subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
    )
    return builder.sign(by[1] if by else key, hashes.SHA256()), key


def _pem(what: Any) -> bytes:
    if isinstance(what, x509.Certificate):
        return what.public_bytes(serialization.Encoding.PEM)
    kind = serialization.PrivateFormat.PKCS8
    made: bytes = what.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
    return made
