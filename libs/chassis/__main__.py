"""`python -m chassis serve NAME` runs one service, `prepare` makes topics and databases for all; it can run again."""

import asyncio
import json
import os
import sys
from pathlib import Path

from chassis.provision import prepare
from chassis.service import find_services
from chassis.serving import serve
from servers.logins import require_sessions
from telemetry import logs


def main() -> None:
    logs.take_over()
    match sys.argv[1:]:
        case ["serve", name]:
            serve(name)
        case ["prepare"]:
            logins = json.loads(Path(os.environ["SERHET_LOGINS"]).read_text(encoding="utf-8"))
            asyncio.run(_prepare(logins))
        case _:
            sys.exit(__doc__)


async def _prepare(logins: dict[str, str]) -> None:
    services = find_services()
    if missing := sorted(set(services) - set(logins)):
        sys.exit(f"SERHET_LOGINS names no password for {', '.join(missing)}: add them and run this again")
    await require_sessions(os.environ["SERHET_POSTGRES"], int(os.environ.get("SERHET_SESSIONS", "0")))
    for service in services.values():
        await prepare(service, os.environ["SERHET_KAFKA"], os.environ["SERHET_POSTGRES"], logins[service.name])


if __name__ == "__main__":
    main()
