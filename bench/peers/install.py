"""Install the peers: `python -m bench.peers.install [NAME …]`, by default all. Versions are locked.

No package runs a script of its own. Those on Node go to the cache (bench.peers.node.place), the others to a
virtual environment beside their files.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from bench.peers import node

HERE = Path(__file__).parent
PYTHON_PEERS = tuple(path.parent.name for path in sorted(HERE.glob("*/requirements.txt")))
NODE_PEERS = tuple(path.parent.name for path in sorted(HERE.glob("*/package.json")))


def main() -> None:
    """Install those that the command line names."""
    for name in sys.argv[1:] or (*PYTHON_PEERS, *NODE_PEERS):
        print(f"installing {name}", flush=True)
        if name in PYTHON_PEERS:
            _install_python(HERE / name)
        elif name in NODE_PEERS:
            _install_node(name)
        else:
            sys.exit(f"No peer is called {name}. There are {', '.join((*PYTHON_PEERS, *NODE_PEERS))}.")


def is_installed(name: str) -> bool:
    """Whether the peer can be started."""
    return any(folder.is_dir() for folder in (HERE / name / ".venv", node.place(name) / "node_modules"))


def _install_python(folder: Path) -> None:
    venv.create(folder / ".venv", with_pip=True)
    pip = [str(folder / ".venv" / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*pip, "-r", str(folder / "requirements.txt")], check=True)


def _install_node(name: str) -> None:
    place = node.place(name)
    own = shutil.ignore_patterns("*.py", "__pycache__", "node_modules")
    shutil.copytree(HERE / name, place, dirs_exist_ok=True, ignore=own)
    # Not `ci`: it refuses a lock that lacks the optional packages of systems that a mirror does not hold.
    node.run(name, node.NPM, "install", "--no-save", "--ignore-scripts", "--loglevel", "error")
    node.run(name, node.NPM, "run", "build", "--if-present")


if __name__ == "__main__":
    main()
