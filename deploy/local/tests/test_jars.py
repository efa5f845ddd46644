"""Kafka's jars: what is broken is named and fetched again, from a real repository on this machine."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from deploy.local import jars
from deploy.local.failure import StackError
from deploy.local.telling import Silent


class Heard(Silent):
    """Remembers what was said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, text: str) -> None:
        self.lines.append(text)


@contextmanager
def repository(files: Path, broken_answers: int) -> Iterator[str]:
    """Serves jars by their names; the first answers are half of what they promise."""
    left = [broken_answers]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = files / Path(self.path).name
            if not path.exists():
                self.send_error(404)
                return
            content = path.read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            left[0] -= 1
            self.wfile.write(content[: len(content) // 2] if left[0] >= 0 else content)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the cache, which is then the cache; the original stays to serve from."""
    jars.fetch()
    original = jars.cache()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(original, jars.cache())
    return original


def use(address: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "jgo.conf").write_text(f"[repositories]\ncentral = {address}\n", encoding="utf-8")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(folder / "jgo.conf"))


def shorten(name: str) -> Path:
    path = next(jars.cache().glob(f"{name}-*.jar"))
    path.write_bytes(path.read_bytes()[:1000])
    return path


def test_a_truncated_jar_is_named_and_fetched_again(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, heard = shorten("kafka-raft"), Heard()
    with repository(whole, broken_answers=1) as address:
        use(address, tmp_path, monkeypatch)
        jars.fetch(heard)
    assert short.read_bytes() == (whole / short.name).read_bytes()
    assert any(str(short) in line and "broken" in line for line in heard.lines)
    assert any(line.startswith(f"{short.name}: attempt 1 of 3 failed") for line in heard.lines)
    assert not (jars.cache() / "incoming").exists()


def test_a_jar_with_other_bytes_is_refused_by_name_and_the_rest_is_kept(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served, short, missing = tmp_path / "served", shorten("kafka-raft"), shorten("re2j")
    shutil.copytree(whole, served)
    (served / short.name).write_bytes(b"another jar")
    missing.unlink()
    with repository(served, broken_answers=0) as address:
        use(address, tmp_path, monkeypatch)
        with pytest.raises(StackError, match=r"could not fetch org\.apache\.kafka:kafka-raft:.*its SHA-256 is"):
            jars.fetch()
    assert missing.read_bytes() == (whole / missing.name).read_bytes()
    assert not (jars.cache() / "incoming").exists()


def test_nothing_is_fetched_when_every_jar_is_whole(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use("http://127.0.0.1:1", tmp_path, monkeypatch)
    assert len(jars.fetch()) == len(jars.pinned(jars.BROKER_DIGESTS))
