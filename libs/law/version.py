"""The version of a service's rulebook: a number, and a digest of what it says. So it changes with what is decided.

The digest is over every function of the service's matters, with those of `contracts` and `law` that they call, as they
are written but for comments and docstrings, over the constants that these name, and over acts, posts, defaults and the
rules' dates. What is only moved to another file, or explained otherwise, is the same rulebook.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from types import CodeType, FunctionType, ModuleType
from typing import Any

from law import checkpoints, defaults, rules
from law.rulebook import RULEBOOK, loaded

PLAIN = (str, int, float, bool, type(None), date, datetime, timedelta, Decimal)
DIGITS = 8


def version(service: str) -> str:
    """Such as `2026.3+9f86d081`: of the rulebook by which the service of this name decides, with the acts on file."""
    said = sha256()
    for line in (*says(service), *dates(service), *on_file()):
        said.update(line.encode() + b"\n")
    return f"{RULEBOOK}+{said.hexdigest()[:DIGITS]}"


def says(service: str) -> Iterator[str]:
    """Each function with what it calls, as text, in one order whatever stands where."""
    found = _Closure((service, "contracts", "law"))
    for module in rules.modules(service):
        for function in vars(module).values():
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                found.add(function)
    yield from sorted(found.texts)


def dates(service: str) -> Iterator[str]:
    """What its rules declare, but for their sentences."""
    yield from sorted(repr(replace(rule, sentence="")) for rule in rules.declared(service))


def on_file() -> Iterable[str]:
    """What stands in files: what is left to an officer, defaults, posts, and the acts that apply."""
    return map(repr, (rules.load(rules.FILE), sorted(defaults.defaults().items()), checkpoints.checkpoints(), loaded()))


class _Closure:
    """Functions, and whatever they name that is ours."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        self._packages = packages
        self._seen: set[int] = set()
        self.texts: set[str] = set()

    def add(self, value: Any) -> None:
        value = inspect.unwrap(value) if callable(value) else value
        if id(value) in self._seen:
            return
        self._seen.add(id(value))
        match value:
            case FunctionType() if self._is_ours(value) and not value.__code__.co_filename.startswith("<"):
                self.texts.add(_written(value))
                self._add_named(value)
            case type() if self._is_ours(value):
                self._add_class(value)
            case dict() | tuple():
                for held in value.values() if isinstance(value, dict) else value:
                    self.add(held)
            case _ if _is_plain(value):
                self.texts.add(repr(value))

    def _add_class(self, of: type) -> None:
        self.texts.add(f"{of.__qualname__} {_defaults(of)}")
        for held in vars(of).values():
            if isinstance(held, FunctionType | property):
                self.add(held.fget if isinstance(held, property) else held)

    def _is_ours(self, value: Any) -> bool:
        return str(value.__module__).partition(".")[0] in self._packages

    def _add_named(self, function: FunctionType) -> None:
        """By its names in the module, and those of modules that it names, such as `terms.ends`; types of parameters."""
        names = {name for name in _names(function.__code__) if not name.startswith("__")}
        for name in names & {*function.__globals__}:
            value = function.__globals__[name]
            if not isinstance(value, ModuleType):
                self.add(value)
            elif value.__name__.partition(".")[0] in self._packages:
                for inner in names & {*vars(value)}:
                    self.add(getattr(value, inner))
        for hint in function.__annotations__.values():
            if isinstance(hint, type):
                self.add(hint)


def _defaults(of: type) -> list[tuple[str, str]]:
    """What its fields are where nothing is said of them, such as the article of an event."""
    stated = {field.name: field.default for field in fields(of)} if is_dataclass(of) else {}
    stated |= {name: field.default for name, field in getattr(of, "model_fields", {}).items()}
    return sorted((name, repr(default)) for name, default in stated.items() if _is_plain(default))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _names(const)


def _is_plain(value: Any) -> bool:
    """Something whose `repr` says all of it, and the same in every process."""
    return isinstance(value, PLAIN) or (is_dataclass(value) and not isinstance(value, type))


def _written(function: FunctionType) -> str:
    """The function's text without docstring, comments and layout."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    if isinstance(tree, ast.FunctionDef) and ast.get_docstring(tree) is not None:
        tree.body = tree.body[1:] or [ast.Pass()]
    return ast.unparse(tree)
