"""Sizes that keep the tail short: the longest function and the largest file are what a reader meets."""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FUNCTION_LINES_MAX = 40
CHASSIS_LINES_MAX = 300
CHASSIS_CODE_LINES_MAX = 2900
"""Of all its modules together: a budget that forces simplicity."""
APP_LINES_MAX = 140
COMPOSITION_LINES_MAX, MATTER_LINES_MAX = 120, 300
NO_CODE = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER,
}  # fmt: skip
ROOMS = ("libs", "services", "deploy", "tests", "docs", "benchmarks")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every function's name and its lines, decorators apart."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node.name, node.end_lineno - node.lineno + 1


def code_lines(source: str) -> int:
    """Lines that hold code: no blanks, no comments, no docstrings, those of values among them."""
    texts: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            texts |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    held = (range(token.start[0], token.end[0] + 1) for token in tokens if token.type not in NO_CODE)
    return len({line for lines_ in held for line in lines_} - texts)


def too_long(source: str) -> list[str]:
    return [name for name, size in functions(ast.parse(source)) if size > FUNCTION_LINES_MAX]


def test_no_function_is_longer_than_forty_lines() -> None:
    found = {str(path.relative_to(ROOT)): too_long(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_long_function_is_noticed() -> None:
    body = "\n".join("    pass" for _ in range(FUNCTION_LINES_MAX))
    assert too_long(f"def long():\n{body}") == ["long"]


def test_no_file_of_the_chassis_is_longer_than_three_hundred_lines() -> None:
    assert [p.name for p in (ROOT / "libs/chassis").rglob("*.py") if lines(p) > CHASSIS_LINES_MAX] == []


def chassis_modules(root: Path) -> list[Path]:
    """In all its folders, but for tests."""
    return [path for path in (root / "libs/chassis").rglob("*.py") if "tests" not in path.parts]


def test_a_module_in_a_folder_of_the_chassis_counts(tmp_path: Path) -> None:
    for name in ("write/batch.py", "tests/test_batch.py"):
        path = tmp_path / "libs/chassis" / name
        path.parent.mkdir(parents=True)
        path.touch()
    assert [path.name for path in chassis_modules(tmp_path)] == ["batch.py"]


def test_the_chassis_stays_within_its_budget() -> None:
    modules = {str(path): code_lines(path.read_text(encoding="utf-8")) for path in chassis_modules(ROOT)}
    assert len(modules) > 20
    assert sum(modules.values()) <= CHASSIS_CODE_LINES_MAX, sorted(modules.items(), key=lambda pair: -pair[1])


def test_blanks_comments_and_docstrings_are_no_code() -> None:
    said = '"""Says what\nit is."""\n\n# Why.\nLIMIT = 7\n"""Of things."""\n'
    source = f"{said}\n\ndef twice(\n    n: int,\n) -> int:\n    return n * 2\n"
    assert code_lines(source) == 5


def test_matters_their_compositions_and_apps_stay_small() -> None:
    rooms = [p for p in (ROOT / "services").rglob("*.py") if "tests" not in p.parts]
    composed = [p for p in rooms if "= Aggregate(" in p.read_text(encoding="utf-8")]
    assert len(composed) >= 6
    assert [str(p) for p in composed if lines(p) > COMPOSITION_LINES_MAX] == []
    assert [str(p) for p in rooms if lines(p) > MATTER_LINES_MAX] == []
    assert [str(p) for p in (ROOT / "services").glob("*/app.py") if lines(p) > APP_LINES_MAX] == []
