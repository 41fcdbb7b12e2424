"""`python -m masthead.roles`: the API role as `masthead up` starts it, on a socket that it inherits.

The database's address comes as a line on standard input, when there is one: until then this process loads.
"""

import argparse
from pathlib import Path

from masthead.roles.processes import run_inherited_api

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="masthead-api")
    parser.add_argument("--socket", type=int, required=True, help="file descriptor of the listening socket")
    parser.add_argument("--state", type=Path, required=True, help="file where the supervisor counts restarts")
    arguments = parser.parse_args()
    run_inherited_api(arguments.socket, arguments.state)
