"""`python -m contracts` writes the JSON Schema of every event into `schemas/`."""

import json
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import contracts
from contracts.asyncapi import as_written
from contracts.event import Event

SCHEMAS, EXAMPLES = (Path(__file__).with_name(name) for name in ("schemas", "examples"))


def topics() -> list[ModuleType]:
    """The modules that say what a service writes: those that name a topic."""
    named = sorted(each.name for each in iter_modules(contracts.__path__) if not each.name.startswith("_"))
    modules = [import_module(f"contracts.{name}") for name in named]
    return [each for each in modules if hasattr(each, "TOPIC")]


EVENTS: tuple[type[Event], ...] = tuple(dict.fromkeys(event for module in topics() for event in module.EVENTS))


def schema(event: type[Event]) -> str:
    """As it stands in its file."""
    drawn = as_written(event.model_json_schema(mode="validation"))
    return json.dumps(drawn, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def unshown() -> list[str]:
    """What is to be done about events of which no record is shown."""
    files = [EXAMPLES / f"{event.__name__}.json" for event in EVENTS]
    return [
        f"libs/contracts/examples/{file.name} is not there: write one record of it"
        for file in files
        if not file.is_file()
    ]


def main() -> None:
    """Write them all, and take away those of no event. Says which events have no example, for these are shown, too."""
    if missing := unshown():
        sys.exit("\n".join(missing))
    SCHEMAS.mkdir(exist_ok=True)
    for stale in {path.stem for path in SCHEMAS.glob("*.json")} - {event.__name__ for event in EVENTS}:
        (SCHEMAS / f"{stale}.json").unlink()
    for event in EVENTS:
        (SCHEMAS / f"{event.__name__}.json").write_text(schema(event), encoding="utf-8")


if __name__ == "__main__":
    main()
