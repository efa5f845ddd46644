"""Processes of this machine, known by pid and birth, so that a pid used again is never mistaken for ours."""

import psutil  # type: ignore[import-untyped]

SAME_BIRTH_SECONDS = 2.0


def born(pid: int) -> float | None:
    """When the process with this pid was started (Unix time); None when there is none, or it is only a zombie."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE and process.num_threads() <= 1:
            return None
        return float(process.create_time())  # Of a dying one, too, as long as one of its threads holds its ports.
    except psutil.NoSuchProcess:
        return None


def is_alive(pid: int, born_at: float) -> bool:
    """Whether this pid is still the process that was started then, and not another that got its number."""
    now = born(pid)
    return now is not None and abs(now - born_at) < SAME_BIRTH_SECONDS


def name(pid: int) -> str | None:
    """The program's name, None when there is no such process."""
    try:
        return str(psutil.Process(pid).name())
    except psutil.NoSuchProcess:
        return None


def listening(port: int) -> str:
    """Who listens on a TCP port, for a message."""
    try:
        sockets = [each for each in psutil.net_connections(kind="tcp") if each.status == psutil.CONN_LISTEN]
    except psutil.Error:
        return "another process"
    holders = {each.pid for each in sockets if each.laddr.port == port and each.pid}
    return ", ".join(f"{name(pid)} (pid {pid})" for pid in sorted(holders)) or "another user's process"
