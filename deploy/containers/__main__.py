"""`python -m deploy.containers`: `keys` makes keys and passwords for a development stack, `token` prints a token."""

import argparse
import sys
from pathlib import Path

from deploy.containers.keys import make_keys
from deploy.local import issuer

KEYS = Path("/keys")


def keys(arguments: argparse.Namespace) -> None:
    make_keys(arguments.folder, arguments.services)


def token(arguments: argparse.Namespace) -> None:
    subject = arguments.subject or "@".join(("-".join(arguments.role), *arguments.checkpoint))
    print(
        issuer.make_token(
            arguments.folder,
            subject=subject,
            roles=arguments.role,
            checkpoints=arguments.checkpoint,
            party=arguments.party,
        )
    )


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="python -m deploy.containers", description=(__doc__ or "").strip())
    whole.add_argument("--folder", type=Path, default=KEYS, help=f"where keys lie; {KEYS} unless said")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    make = commands.add_parser("keys", help="make keys and passwords that are missing, and the services' tokens anew")
    make.add_argument("services", nargs="+")
    make.set_defaults(act=keys)
    asked = commands.add_parser("token", help="print a development token")
    asked.add_argument("--role", action="append", choices=issuer.ROLES, required=True)
    asked.add_argument("--checkpoint", action="append", default=[])
    asked.add_argument("--party")
    asked.add_argument("--subject")
    asked.set_defaults(act=token)
    return whole


def main() -> None:
    arguments = parser().parse_args()
    try:
        arguments.act(arguments)
    except FileNotFoundError:
        sys.exit(f"there are no keys in {arguments.folder} yet: `keys` makes them")


if __name__ == "__main__":
    main()
