"""`python -m deploy.api` writes docs/api and clients' routes anew, and says what breaks users of the last release."""

import argparse
import sys

from deploy.api.breaking import breaks
from deploy.api.documents import CLIENT, HERE, RELEASED, documents, read, routes_for_clients, text, write


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.api", description=(__doc__ or "").strip())
    parser.add_argument("--released", action="store_true", help="this is a release: hold what comes later against it")
    released = parser.parse_args().released
    now = documents()
    write(HERE, now)
    CLIENT.write_text(text(routes_for_clients()), encoding="utf-8")
    broken = [f"{name}: {each}" for name, before in read(RELEASED).items() for each in breaks(before, now.get(name))]
    print("\n".join([f"{len(now)} documents are in {HERE}", *broken]))
    if released:
        write(RELEASED, now)
        return 0
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
