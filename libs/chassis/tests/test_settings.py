"""What a process is told from outside, when it is told wrongly."""

import pytest
from pydantic import ValidationError

from chassis.settings import Settings


def test_a_setting_that_is_wrong_is_named_and_no_password_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERHET_ENV", "development")
    monkeypatch.setenv("SERHET_POSTGRES", "postgresql://arrival:secret@127.0.0.1/arrival")
    monkeypatch.setenv("SERHET_PORT", "secret")
    monkeypatch.delenv("SERHET_JWKS", raising=False)
    with pytest.raises(ValidationError) as wrong:
        Settings()
    assert "jwks" in str(wrong.value)
    assert "port" in str(wrong.value)
    assert "secret" not in str(wrong.value)
