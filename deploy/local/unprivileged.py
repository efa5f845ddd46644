"""`python -I unprivileged.py PROGRAM ARGUMENTS...`: become PROGRAM, as nobody if started as root.

PostgreSQL refuses to run as root. The account `nobody` owns the database files then. Where a folder on the way to
them is closed to others (a clone below /root), the process keeps the one capability that lets it pass, and no
folder's permissions are changed.
"""

import ctypes
import os
import pwd
import sys
from pathlib import Path

ACCOUNT = "nobody"
PR_SET_PDEATHSIG, PR_GET_PDEATHSIG, PR_SET_SECUREBITS = 1, 2, 28
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
CAP_DAC_OVERRIDE = 1
NO_SETUID_FIXUP = 1 << 2  # With it, access(2) heeds capabilities too: PostgreSQL asks that way for its own programs.
CAPABILITY_VERSION_3 = 0x20080522


def needed() -> bool:
    """Whether this process is root."""
    return os.geteuid() == 0


def own(path: Path) -> None:
    """Give a file or folder to the account that the program will run as."""
    if needed():
        account = pwd.getpwnam(ACCOUNT)
        os.chown(path, account.pw_uid, account.pw_gid)


def open_to_others(path: Path) -> bool:
    """Whether anybody may pass every folder on the way to `path`, and read it."""
    real = path.resolve()
    return all(parent.stat().st_mode & 0o001 for parent in real.parents) and bool(real.stat().st_mode & 0o004)


def drop_root(keep_passage: bool) -> None:
    """Stop being root for good; with `keep_passage`, file permissions still do not apply. Ends if that cannot be."""
    libc = ctypes.CDLL(None, use_errno=True)
    death_signal = ctypes.c_int(0)
    libc.prctl(PR_GET_PDEATHSIG, ctypes.byref(death_signal))
    account = pwd.getpwnam(ACCOUNT)
    if keep_passage:
        _require(libc.prctl(PR_SET_SECUREBITS, NO_SETUID_FIXUP, 0, 0, 0) == 0)
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    if keep_passage:
        _raise_capability(libc, CAP_DAC_OVERRIDE)
    libc.prctl(PR_SET_PDEATHSIG, death_signal.value)  # The change of user has cleared it.


def _raise_capability(libc: ctypes.CDLL, capability: int) -> None:
    """Keep one capability over the change of user and the next exec (capset(2), version 3: two sets of three)."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    bit = 1 << capability
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)  # Effective, permitted, inheritable.
    _require(libc.capset(header, sets) == 0)
    _require(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0)


def _require(done: bool) -> None:
    if not done:
        reason = os.strerror(ctypes.get_errno())
        sys.exit(
            f"PostgreSQL does not run as root, and {ACCOUNT} cannot get at its files ({reason}): "
            "put the clone, and SERHET_FOLDER, below folders that others may pass"
        )


def main(argv: list[str]) -> None:
    """`--reach PATH` (any number of them) names what the program must get at."""
    reach: list[Path] = []
    while argv[:1] == ["--reach"]:
        reach.append(Path(argv[1]))
        argv = argv[2:]
    if needed():
        drop_root(keep_passage=not all(open_to_others(path) for path in [Path(argv[0]), *reach]))
    os.execv(argv[0], argv)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
