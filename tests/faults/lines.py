"""Lines between services and their servers, in a process of their own: they can die, or stand still for a while.

`python -m tests.faults.lines KAFKA POSTGRES` (host:port each) says at which ports it listens, as JSON, and then does
what it is told, a line each: `die`, `still` or `flow`, and the server's name. It ends with whoever started it.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass

from chassis.tests.wires import HERE, Wire
from deploy.local import ports
from deploy.local.child import ROOT
from deploy.local.ports import Ports

SERVERS = ("kafka", "postgres")


@dataclass
class Lines:
    """What a campaign tells its lines; without a process there are none."""

    process: "subprocess.Popen[str] | None" = None

    def do(self, what: str, server: str) -> None:
        """Lets the lines to a server `die`, stand `still`, or `flow` again."""
        assert self.process is not None, "a campaign without lines"
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what} {server}\n")
        self.process.stdin.flush()

    @contextmanager
    def laid(self, stack_ports: Ports) -> Iterator[Mapping[str, str]]:
        """Lays lines to the servers of the stack at these ports; where services find each end."""
        argv = [sys.executable, "-m", "tests.faults.lines"]
        argv += [stack_ports.address(ports.KAFKA), stack_ports.address(ports.POSTGRES)]
        with subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as self.process:
            try:
                assert self.process.stdout is not None
                told = json.loads(self.process.stdout.readline())
                yield {server: f"{HERE}:{told[server]}" for server in SERVERS}
            finally:
                self.process.kill()


async def serve(kafka: str, postgres: str) -> None:
    async with AsyncExitStack() as laid:
        wires = {
            "kafka": await laid.enter_async_context(_wire(kafka, kafka=True).laid()),
            "postgres": await laid.enter_async_context(_wire(postgres).laid()),
        }
        print(json.dumps({name: wire.own_port for name, wire in wires.items()}), flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            what, server = line.split()
            match what:
                case "die":
                    wires[server].die()
                case "still":
                    wires[server].stop()
                case "flow":
                    wires[server].flow()


def _wire(address: str, kafka: bool = False) -> Wire:
    host, _, port = address.rpartition(":")
    return Wire(host, int(port), kafka=kafka)


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
