"""A port that was reserved is its server's alone."""

import errno
import socket
import subprocess
import sys

from deploy.local.ports import HOST, is_free
from deploy.testing.ports import reserved_port

TAKES_A_PORT = """
import socket, sys
with socket.socket() as one:
    try:
        one.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError as refused:
        sys.exit(refused.errno)
"""


def test_nobody_else_is_given_a_reserved_port_and_its_server_may_listen_there() -> None:
    port = reserved_port()
    other = subprocess.run([sys.executable, "-c", TAKES_A_PORT, str(port)], check=False)
    assert other.returncode == errno.EADDRINUSE
    for _ in range(2):
        assert is_free(port)
        with socket.create_server((HOST, port)), socket.create_connection((HOST, port)):
            assert not is_free(port)


def test_no_port_is_reserved_twice() -> None:
    ports = [reserved_port() for _ in range(50)]
    assert len(set(ports)) == len(ports)
