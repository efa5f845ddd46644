"""The state folder: what may be deleted, and who may read it."""

import stat
from pathlib import Path

import pytest

from deploy.local.failure import StackError
from deploy.local.folder import Folder, locked


def test_a_folder_without_our_marker_is_never_deleted(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StackError, match="carries no marker"):
        Folder(tmp_path).delete()
    assert (tmp_path / "thesis.txt").exists()


def test_a_folder_that_holds_other_files_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StackError, match="holds other files"):
        Folder(tmp_path).make()


def test_deleting_leaves_a_running_test_stack_alone(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "state")
    folder.make()
    (folder / "kafka").mkdir()
    lock = folder / "test" / "20000" / "supervisor.lock"
    with locked(lock, busy="taken"):
        assert folder.delete() == ("test",)
        assert lock.exists()
        assert not (folder / "kafka").exists()
    assert folder.delete() == ()
    assert not folder.path.exists()


def test_passwords_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "state")
    folder.make()
    first = folder.secret("logins.json", ("arrival",))
    both = folder.secret("logins.json", ("arrival", "release"))
    assert both["arrival"] == first["arrival"] != both["release"]
    assert stat.S_IMODE((folder / "logins.json").stat().st_mode) == 0o600


def test_two_commands_do_not_work_on_one_folder_at_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "state")
    folder.make()
    with folder.locked(), pytest.raises(StackError, match="another command is at work"), folder.locked():
        pass
