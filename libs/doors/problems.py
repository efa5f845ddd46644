"""Problem documents (RFC 9457): what a door answers where it does not do what it was asked.

They stand in `problems.json` by name: their status, their texts, and which of what is said are members. The `type` of
each leads to its page at the same door.
"""

import json
import re
from html import escape
from importlib.resources import files
from typing import Any

from rfc9457 import Problem

PROBLEMS: dict[str, Any] = json.loads(files("doors").joinpath("problems.json").read_text(encoding="utf-8"))
PLACE = "/problems/"
_SAID = re.compile(r"\{[^}]*\}")
_PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }}</style>
<h1>{title}</h1>
{body}
</html>
"""


def problem(name: str, **said: Any) -> Problem:
    """A problem document, to be raised at a door: what is `said` fills its texts, and its members."""
    known = PROBLEMS[name]
    title, detail = known["title"].format(**said), known["detail"].format(**said)
    members = {member: said[member] for member in known.get("members", ())}
    return Problem(title, PLACE + name, detail, said.get("status", known["status"]), **members)


def page(name: str) -> str | None:
    """What a problem means and what to do, in HTML; None where there is none of that name."""
    if (known := PROBLEMS.get(name)) is None:
        return None
    body = [f"<p>HTTP status {known['status']}</p>", f"<p>{_plain(known['detail'])}</p>"]
    if members := known.get("members"):
        body.append(f"<p>Besides, it says: {', '.join(f'<code>{escape(each)}</code>' for each in members)}.</p>")
    body.append(f'<p><a href="{PLACE.rstrip("/")}">All problems</a></p>')
    return _PAGE.format(title=_plain(known["title"]), body="\n".join(body))


def pages() -> str:
    """The list of all, each with its page, in HTML."""
    rows = (
        f'<li><a href="{PLACE}{name}">{name}</a> ({known["status"]}): {_plain(known["title"])}</li>'
        for name, known in sorted(PROBLEMS.items())
    )
    return _PAGE.format(title="Problems", body="\n".join(["<ul>", *rows, "</ul>"]))


def _plain(text: str) -> str:
    """A text of which nothing is said yet."""
    return escape(_SAID.sub("…", text))
