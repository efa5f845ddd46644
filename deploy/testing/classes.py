"""Kafka's classes in an archive, which Java maps instead of loading them one by one (AppCDS): a third less work.

`python -m deploy.testing.classes FILE` makes it of what one start of a broker loads. It is asked for by
`SERHET_JVM=-XX:SharedArchiveFile=FILE`; a Java passes over one that is not there, or is of another Java or other jars.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from deploy.local import jars, java, kafka
from deploy.local.failure import StackError
from deploy.testing.stacks import local_stack


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    path: Path = parser.parse_args().file
    print(f"making {path}, from which Kafka starts faster")
    try:
        make(path)
    except StackError as error:
        print(f"there is no such archive, and Kafka starts without it: {error}")
        return 1
    return 0


def make(path: Path) -> None:
    """Starts a broker and ends it, then has Java write what it loaded. Raises StackError where Java does not."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        loaded, fresh = Path(folder) / "loaded", Path(folder) / path.name
        given = os.environ.get("SERHET_JVM", "")
        os.environ["SERHET_JVM"] = f"{given} -XX:DumpLoadedClassList={loaded}"
        with local_stack():
            pass
        os.environ["SERHET_JVM"] = (
            f"{given} -Xshare:dump -XX:SharedClassListFile={loaded} -XX:SharedArchiveFile={fresh}"
        )
        written = kafka.run(java.find(), jars.fetch(), "kafka.Kafka", ())
        if written.returncode or not fresh.exists():
            raise StackError(f"Java writes none: {written.stderr or written.stdout}")
        fresh.replace(path)


if __name__ == "__main__":
    sys.exit(main())
