"""What `make status` shows of a service that is not well."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

from rich.console import Console

from deploy.local import checks
from deploy.local.stack import Stack
from deploy.local.status import ProgramStatus, StackStatus, State, in_short
from deploy.local.table import as_json, as_table

TROUBLES = tuple(f"partition {number} stops: a fork (docs/operating.md)" for number in range(24))


@contextmanager
def answering(code: int, body: str) -> Iterator[str]:
    """A server that says this, whatever it is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(code)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/health"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def shown(status: StackStatus) -> str:
    console = Console(width=200, file=StringIO())
    with console.capture() as captured:
        console.print(as_table(status))
    return captured.get()


def one(state: State, *troubles: str) -> StackStatus:
    program = ProgramStatus(name="clearance", state=state, health=in_short(troubles), troubles=troubles)
    return StackStatus(running=True, programs=(program,))


async def test_a_troubled_service_says_each_of_its_troubles() -> None:
    with answering(503, json.dumps({"troubles": TROUBLES})) as url:
        assert await checks.condition(url) == checks.Condition(False, TROUBLES)


async def test_a_service_that_works_may_have_troubles_to_show() -> None:
    with answering(200, json.dumps({"troubles": ["3 streams are parked"]})) as url:
        assert await checks.condition(url) == checks.Condition(True, ("3 streams are parked",))


async def test_what_is_no_account_of_troubles_is_shown_as_it_is() -> None:
    with answering(500, "out of order") as url:
        assert await checks.condition(url) == checks.Condition(False, ("500 out of order",))


def test_many_troubles_are_counted_and_the_first_ones_shown() -> None:
    lines = shown(one(State.UNREADY, *TROUBLES)).splitlines()
    assert "see below" in lines[1]
    assert lines[2].rstrip() == "clearance: 24 troubles"
    assert [line.strip() for line in lines[3:6]] == list(TROUBLES[:3])
    assert lines[6].strip() == "and 21 more: make status JSON=1"


def test_one_trouble_takes_one_line_and_none_takes_none() -> None:
    assert f"clearance: {TROUBLES[0]}" in shown(one(State.UP, TROUBLES[0]))
    assert len(shown(one(State.UP)).splitlines()) == 2


def test_all_troubles_are_in_the_json_and_in_the_status_that_is_read_again(tmp_path: Path) -> None:
    status = StackStatus.from_json(one(State.UNREADY, *TROUBLES).to_json())
    (program,) = json.loads(as_json(Stack(tmp_path, 0, ()), status))["programs"]
    assert program["troubles"] == list(TROUBLES)
    assert program["health"] == f"{TROUBLES[0]} (and 23 more)"
