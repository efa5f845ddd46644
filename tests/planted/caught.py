"""What was caught so far, so that a run that was ended goes on where it was."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Self

from tests.planted.defects import Defect


@dataclass(frozen=True, kw_only=True)
class Caught:
    """A file that names the defects that were caught, each with what it was then: its patch, and its test's file."""

    path: Path
    root: Path
    names: dict[str, str] = field(default_factory=dict)
    writing: Lock = field(default_factory=Lock)

    @classmethod
    def begun(cls, path: Path, root: Path, resumed: bool) -> Self:
        """Anew, or as the file says."""
        names = json.loads(path.read_text(encoding="utf-8")) if resumed and path.is_file() else {}
        return cls(path=path, root=root, names=names)

    def holds(self, defect: Defect) -> bool:
        """Whether it was caught, and neither it nor its test's file has changed since."""
        return self.names.get(defect.name) == self._digest(defect)

    def add(self, defect: Defect) -> None:
        """It is written at once: the run may end at any moment."""
        with self.writing:
            self.names[defect.name] = self._digest(defect)
            self.path.write_text(json.dumps(self.names, indent=0, sort_keys=True), encoding="utf-8")

    def _digest(self, defect: Defect) -> str:
        test = self.root / defect.test.partition("::")[0]
        return sha256(defect.patch.read_bytes() + test.read_bytes()).hexdigest()
