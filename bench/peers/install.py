"""Install the peers: `python -m bench.peers.install [NAME …]`, by default all. Versions are locked."""

import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
PYTHON_PEERS = tuple(path.parent.name for path in sorted(HERE.glob("*/requirements.txt")))
NODE_PEERS = tuple(path.parent.name for path in sorted(HERE.glob("*/package-lock.json")))


def main() -> None:
    """Install those that the command line names."""
    for name in sys.argv[1:] or (*PYTHON_PEERS, *NODE_PEERS):
        print(f"installing {name}", flush=True)
        if name in PYTHON_PEERS:
            _install_python(HERE / name)
        elif name in NODE_PEERS:
            npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
            subprocess.run(npm, cwd=HERE / name, check=True)
        else:
            sys.exit(f"No peer is called {name}. There are {', '.join((*PYTHON_PEERS, *NODE_PEERS))}.")


def is_installed(name: str) -> bool:
    """Whether the peer can be started."""
    return any((HERE / name / folder).is_dir() for folder in (".venv", "node_modules"))


def _install_python(folder: Path) -> None:
    venv.create(folder / ".venv", with_pip=True)
    pip = [str(folder / ".venv" / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*pip, "-r", str(folder / "requirements.txt")], check=True)


if __name__ == "__main__":
    main()
