"""`python -m deploy.follow ID`: prints one shipment's life, from all services, in order and with articles."""

import argparse
import asyncio
import json
import sys

from rich.console import Console

from deploy.follow.page import show
from deploy.follow.reading import Life, Unknown, read
from deploy.local.failure import StackError
from deploy.local.issuer import make_token
from deploy.local.stack import Stack
from deploy.local.telling import Silent


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.follow", description="One shipment's life, in order")
    parser.add_argument("id", metavar="ID", help="a consignment's or a movement's id; movement/ID where both exist")
    parser.add_argument("--json", action="store_true", help="print the merged entries, unfolded")
    given = parser.parse_args()
    try:
        life = _read(given.id)
    except (StackError, Unknown) as error:
        print(error, file=sys.stderr)
        return 1
    if given.json:
        print(json.dumps(life.entries, indent=1, ensure_ascii=False))
    else:
        show(life, Console(highlight=False))
    return 1 if life.silent else 0


def _read(id_: str) -> Life:
    stack = Stack.from_environment(Silent())
    if not stack.status().running:
        raise StackError("the stack is not running: start it (make up)")
    doors = {service.name: stack.door(service.name) for service in stack.services}
    try:
        token = make_token(stack.folder.path, subject="auditor", roles=("auditor",))
    except FileNotFoundError as error:
        raise StackError(f"there is no development issuer in {stack.folder.path}, so no token to ask with") from error
    return asyncio.run(read(doors, token, id_))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.exit(1)
