"""The ports of one stack, all on 127.0.0.1 and all moved by one offset."""

import socket
from dataclasses import dataclass

from deploy.local import processes
from deploy.local.failure import StackError

HOST = "127.0.0.1"
KAFKA = 19092
CONTROLLER = 19093
POSTGRES = 15432
PORT_MAX = 65535


@dataclass(frozen=True)
class Ports:
    """What a stack listens on; `offset` is SERHET_PORTS."""

    offset: int = 0

    def at(self, port: int) -> int:
        """The port after the move; StackError when there is no such port."""
        if not 0 < port + self.offset <= PORT_MAX:
            raise StackError(f"SERHET_PORTS={self.offset} moves port {port} beyond {PORT_MAX}: choose a smaller offset")
        return port + self.offset

    def address(self, port: int) -> str:
        return f"{HOST}:{self.at(port)}"


def require_free(wanted: dict[int, str]) -> None:
    """StackError naming every port that is taken, what wanted it, and who holds it where that can be known."""
    taken = [(port, name) for port, name in wanted.items() if not is_free(port)]
    if taken:
        lines = [f"port {port} is taken: {name} wants it, {processes.listening(port)} holds it" for port, name in taken]
        raise StackError("\n".join([*lines, "End that process, or move all ports: SERHET_PORTS=1000 make up"]))


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
            attempt.listen(1)
        except OSError:
            return False
    return True
