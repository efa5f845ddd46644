"""`python -m tests.faults.auditing [HOOKS]`: `make verify`, of the versions of services that the folder names.

Its servers are those of SERHET_KAFKA and SERHET_POSTGRES (an admin's URL).
"""

import asyncio
import os
import sys
from pathlib import Path

from deploy.audit import verifying
from tests.faults import versions

if __name__ == "__main__":
    versions.follow(name for hooks in sys.argv[1:] for name in versions.ahead(Path(hooks)))
    sys.exit(asyncio.run(verifying.verify(os.environ["SERHET_KAFKA"], os.environ["SERHET_POSTGRES"])))
