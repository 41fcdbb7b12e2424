"""`python -m masthead.roles.worker_process`: the worker role as `masthead up` starts it.

The database's address comes as a line on standard input: no environment shows it.
"""

from masthead.roles.processes import run_inherited_worker

if __name__ == "__main__":
    run_inherited_worker()
