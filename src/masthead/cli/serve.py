"""`masthead serve`: one role alone, for those who run each as a service of its own."""

from cyclopts import App

serve = App(name="serve", help="Run one role by itself; settings come from the environment.")


@serve.command
def api() -> None:
    """Serve the APIs and the cached pages on HOST:PORT.

    Needs DATABASE_URL with a publication in it; pages need a site role at MASTHEAD_SITE_URL.
    """
    from masthead.roles import run_api

    run_api()


@serve.command
def worker() -> None:
    """Do what is scheduled when it is due, and remove what has expired.

    Needs DATABASE_URL with a publication in it. Any number may run; each thing is done once.
    """
    from masthead.roles import run_worker

    run_worker()


@serve.command
def relay() -> None:
    """Give events their order, as every worker does too.

    Needs DATABASE_URL with a publication in it. Any number may run; one of all of them works at a time.
    """
    from masthead.roles import run_relay

    run_relay()


@serve.command
def site() -> None:
    """Render pages with Node on 127.0.0.1:MASTHEAD_SITE_PORT, for the API at MASTHEAD_API_URL."""
    from masthead.roles import run_site

    run_site()
