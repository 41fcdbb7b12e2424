"""Neither our Python nor our TypeScript runs what it is given: no shell, and no code made from text.

The linter forbids it too, and lets a line except itself. This does not.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

EVALUATES = {"eval", "exec", "compile", "__import__"}
REVIVES = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "code", "codeop"}
"""Modules whose input is a program."""

SHELLS = {"system", "popen", "create_subprocess_shell", "getoutput", "getstatusoutput"}

IN_SCRIPTS = re.compile(
    r"\beval\(|\bnew Function\(|\bnode:vm\b|\bchild_process\b|\b(?:setTimeout|setInterval)\(\s*[\"'`]"
)


def sources() -> Iterator[Path]:
    """All of our Python that is installed."""
    yield from sorted((ROOT / "src" / "masthead").rglob("*.py"))


def scripts() -> Iterator[Path]:
    """The TypeScript of the site and of the packages that it is made of."""
    for folder in (ROOT / "web" / "apps" / "site", ROOT / "web" / "packages"):
        for path in sorted((*folder.rglob("*.ts"), *folder.rglob("*.tsx"))):
            if not {"node_modules", ".next", "dist", "tests"} & {*path.parts}:
                yield path


def evaluations(code: str) -> list[str]:
    """What makes code from text, or objects that may be code."""
    found = []
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in EVALUATES:
                found.append(f"line {node.lineno}: {name}")
            case ast.Import(names=names):
                found += [f"line {node.lineno}: {each.name}" for each in names if _root(each.name) in REVIVES]
            case ast.ImportFrom(module=str(module), level=0) if _root(module) in REVIVES:
                found.append(f"line {node.lineno}: {module}")
            case ast.Attribute(value=ast.Name(id="builtins"), attr=name) if name in EVALUATES:
                found.append(f"line {node.lineno}: builtins.{name}")
            case _:
                pass
    return found


def shells(code: str) -> list[str]:
    """What has a shell read a command."""
    found = []
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name) if name in SHELLS:
                found.append(f"line {node.lineno}: {name}")
            case ast.keyword(arg="shell"):
                found.append(f"line {node.lineno}: shell=")
            case _:
                pass
    return found


def test_no_code_is_made_from_text() -> None:
    """No eval, no exec, no pickle."""
    assert {str(path): wrong for path in sources() if (wrong := evaluations(path.read_text("utf-8")))} == {}


def test_no_shell_is_started() -> None:
    """A process is started from a list of arguments: nothing in one of them is a second command."""
    assert {str(path): wrong for path in sources() if (wrong := shells(path.read_text("utf-8")))} == {}


def test_no_script_of_the_site_makes_code_or_starts_a_process() -> None:
    """Neither on the server nor in the browser."""
    looked_at = [*scripts()]
    assert len(looked_at) > 20
    assert [str(path) for path in looked_at if IN_SCRIPTS.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "code",
    ["eval(text)", "exec(text)", "import pickle", "from marshal import loads", "builtins.eval(text)"],
)
def test_an_evaluation_is_found(code: str) -> None:
    """The test of the sources can fail."""
    assert len(evaluations(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        "os.system(text)",
        "from os import popen",
        "subprocess.run(text, shell=True)",
        "asyncio.create_subprocess_shell(text)",
        "subprocess.getoutput(text)",
    ],
)
def test_a_shell_is_found(code: str) -> None:
    """The other one too."""
    assert len(shells(code)) == 1


@pytest.mark.parametrize(
    "code",
    ["eval(x)", "new Function(x)", 'import("node:vm")', "from 'child_process'", "setTimeout('x()', 1)"],
)
def test_a_script_that_makes_code_is_found(code: str) -> None:
    """And that of the scripts."""
    assert IN_SCRIPTS.search(code)


def _root(module: str) -> str:
    return module.partition(".")[0]
