"""A port that is chosen before its server is started."""

import socket

from deploy.local.ports import HOST


def reserved_port() -> int:
    """A port for a server that is started later; while this process lives, no other process is given it.

    The socket stays bound and does not listen. The kernel then gives its port neither to a process that binds port 0
    nor to one that connects, and a server that sets SO_REUSEADDR (uvicorn, asyncio, Kafka, Docker) may listen on it.
    """
    kept = socket.socket()
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    kept.bind((HOST, 0))
    port = int(kept.getsockname()[1])
    kept.detach()  # The descriptor stays open until the process ends.
    return port
