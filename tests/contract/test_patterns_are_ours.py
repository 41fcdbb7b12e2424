"""No regular expression is made of what somebody sent: each is written out, or what goes into it is escaped.

So nobody chooses what is searched for, or how long that takes.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "masthead"

TAKING = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}

DECLARED = {SOURCES / "model" / "declaration.py"}
"""Patterns of fields are written in `content.py`, by whoever runs the publication."""


def made(code: str) -> list[str]:
    """The patterns that a function makes of something else than constants."""
    found = []
    for function in ast.walk(ast.parse(code)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for node in ast.walk(function):
                match node:
                    case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=[first, *_]):
                        found += [] if name not in TAKING or _is_ours(first) else [ast.unparse(node)]
                    case _:
                        pass
    return found


def test_no_pattern_is_made_of_what_somebody_sent() -> None:
    """In a function a pattern is a constant or escaped; outside of one there is nothing that was sent."""
    found = {
        str(path): wrong
        for path in sorted(SOURCES.rglob("*.py"))
        if path not in DECLARED and (wrong := made(path.read_text("utf-8")))
    }
    assert found == {}


def test_no_script_makes_a_pattern() -> None:
    """Those of the site are literals."""
    for folder in (ROOT / "web" / "apps" / "site", ROOT / "web" / "packages"):
        for path in (*folder.rglob("*.ts"), *folder.rglob("*.tsx")):
            if not {"node_modules", ".next", "dist", "tests"} & {*path.parts}:
                assert not re.search(r"\bRegExp\(", path.read_text("utf-8")), path


@pytest.mark.parametrize(
    "code",
    [
        "def f(a): re.search(a, b)",
        "def f(a): return re.compile(f'^{a}$')",
        "lambda a: re.sub(a + '$', '', b)",
    ],
)
def test_one_that_is_made_is_found(code: str) -> None:
    """The test of the sources can fail."""
    assert len(made(code)) == 1


def _is_ours(pattern: ast.expr) -> bool:
    match pattern:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name.isupper()
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr="escape")):
            return True
        case _:
            return False
