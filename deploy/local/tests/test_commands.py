"""The commands as they are typed: start, Ctrl-C, status, logs, stop, clean."""

import json
import os
import signal
from pathlib import Path

import pytest

from deploy.local import status as statuses
from deploy.local.folder import Folder
from deploy.testing.programs import command, gone, left, typed, wait_for

pytestmark = pytest.mark.minutes

Place = tuple[Path, int]
SERVERS = ("up", "--servers")


def test_up_status_logs_and_down(place: Place) -> None:
    code, out, err = typed(place, *SERVERS)
    assert code == 0, err
    assert typed(place, *SERVERS)[0] == 0
    code, out, _ = typed(place, "status", "--json")
    told = json.loads(out)
    assert (code, told["up"], told["brokers"]) == (0, True, [f"127.0.0.1:{19092 + place[1]}"])
    secrets = json.loads((place[0] / "admin.json").read_text(encoding="utf-8")).values()
    assert not any(secret in out for secret in secrets)
    assert "Kafka Server started" in typed(place, "logs", "kafka", "-n", "100")[1]
    assert typed(place, "stop", "kafka")[0] == 0
    assert typed(place, "status")[0] == 1
    assert typed(place, "start", "kafka")[0] == 0
    assert typed(place, "down")[:2] == (0, "stopped\n")
    assert typed(place, "down")[:2] == (0, "nothing was running\n")
    assert typed(place, "status")[0] == 1
    assert typed(place, "clean")[0] == 0
    assert not place[0].exists()


def test_ctrl_c_while_it_starts_leaves_nothing(place: Place) -> None:
    folder = Folder(place[0])
    with command(place, *SERVERS) as process:
        wait_for(lambda: any(each.pid for each in statuses.read(folder).programs))
        pids = [each.pid for each in statuses.read(folder).programs if each.pid]
        process.send_signal(signal.SIGINT)
        assert process.wait(120) == 130
    assert left(pids) == []
    assert not statuses.read(folder).running
    assert not folder.status.exists()


def test_in_the_foreground_ctrl_c_stops_everything(place: Place) -> None:
    folder = Folder(place[0])
    with command(place, *SERVERS, "--foreground") as process:
        assert process.stdout is not None
        assert any("Ctrl-C stops it" in line for line in process.stdout)
        pids = [each.pid or 0 for each in statuses.read(folder).programs]
        process.send_signal(signal.SIGINT)
        assert process.wait(120) == 130
        assert left(pids) == []


def test_in_the_foreground_even_kill_9_stops_everything(place: Place) -> None:
    folder = Folder(place[0])
    with command(place, *SERVERS, "--foreground") as process:
        wait_for(lambda: statuses.read(folder).up, seconds=120)
        pids = [each.pid or 0 for each in statuses.read(folder).programs]
        os.kill(process.pid, signal.SIGKILL)
    wait_for(lambda: all(gone(pid) for pid in pids) and not statuses.read(folder).running)


def test_an_offset_that_is_no_number_is_a_clear_message(place: Place) -> None:
    code, _, err = typed(place, "status", SERHET_PORTS="many")
    assert (code, err) == (1, "SERHET_PORTS=many is not a whole number: it is added to every port\n")
