"""The processes of one `masthead up`: how each is made, kept, counted and stopped."""

import asyncio
import os
import secrets
import socket
import sys
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from masthead.kernel.settings import Settings
from masthead.roles.site import site_command
from masthead.roles.state import write_restarts
from masthead.roles.supervisor.child import Child, Command
from masthead.roles.supervisor.postgres import Postgres
from masthead.roles.supervisor.watchman_link import Watchman


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be up: the publication in `folder`, its data in `data`, the site on `site_port`."""

    folder: Path
    data: Path
    settings: Settings
    listener: socket.socket
    site_port: int

    @property
    def address(self) -> str:
        """The public address, as this machine reaches it."""
        host, port = self.listener.getsockname()[:2]
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def state_file(self) -> Path:
        """Where restarts are counted for /metrics."""
        return self.data / "restarts.json"


_WHILE_WRITING = {
    "MASTHEAD_GRAPHQL_INTROSPECTION": "true",
    "MASTHEAD_GRAPHIQL": "true",
    "MASTHEAD_SERVER_TIMING": "true",
}
"""What helps at a desk and is nobody's business in production. The environment may say otherwise."""


class House:
    """Makes children and keeps them; they stop in the reverse order when `stack` unwinds."""

    def __init__(
        self, plan: Plan, watchman: Watchman, stack: AsyncExitStack, keepers: asyncio.TaskGroup
    ) -> None:
        self.plan = plan
        self._watchman = watchman
        self._stack = stack
        self._keepers = keepers
        self._restarts: Counter[str] = Counter()
        self._site_secret = secrets.token_hex(16)
        write_restarts(plan.state_file, self._restarts)

    def keep(self, child: Child) -> Child:
        """Keep it running until the stack unwinds."""
        self._stack.push_async_callback(child.stop)
        self._keepers.create_task(child.run())
        return child

    def postgres(self) -> Postgres | None:
        """The embedded server, not started; none where DATABASE_URL names another."""
        if self.plan.settings.database_url is not None:
            return None
        postgres = Postgres(self.plan.data, self._count_restart)
        self._watchman.watch_server(self.plan.data)
        self._stack.push_async_callback(postgres.stop)
        return postgres

    def watch_postgres(self, postgres: Postgres) -> None:
        """Start it again when it dies."""
        self._keepers.create_task(postgres.keep_running())

    def site(self) -> Child:
        """Node, which finds us on the public port."""
        settings = self.plan.settings
        node = site_command(
            site_directory=settings.site_directory,
            api_url=self.plan.address,
            port=self.plan.site_port,
            memory_mb=settings.site_memory_mb,
            is_live=True,
        )
        return self._child(Command("site", node.arguments, node.environment, is_piped=True))

    def api(self, url: "asyncio.Future[str]", number: int) -> Child:
        """One process that answers on the public port, as soon as it is told the database's `url`."""
        plan, socket_number = self.plan, self.plan.listener.fileno()
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment = {**_WHILE_WRITING, **environment}
        environment |= {
            "MASTHEAD_DATA": str(plan.data),
            "MASTHEAD_PUBLICATION": str(plan.folder),
            "MASTHEAD_SITE_URL": f"http://127.0.0.1:{plan.site_port}",
            "MASTHEAD_LIVE_RELOAD": "true",
            "MASTHEAD_SITE_SECRET": self._site_secret,
        }
        arguments = (
            sys.executable, "-m", "masthead.roles",
            "--socket", str(socket_number), "--state", str(plan.state_file),
        )  # fmt: skip
        name = "api" if number == 0 else f"api-{number + 1}"
        return self._child(Command(name, arguments, environment, sockets=(socket_number,), word=url))

    def worker(self, url: "asyncio.Future[str]") -> Child:
        """Who does what is scheduled, as soon as it is told the database's `url`."""
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment["MASTHEAD_DATA"] = str(self.plan.data)
        arguments = (sys.executable, "-m", "masthead.roles.worker_process")
        return self._child(Command("worker", arguments, environment, word=url))

    def _child(self, command: Command) -> Child:
        return Child(command, self._watchman, self._count_restart)

    def _count_restart(self, process: str) -> None:
        self._restarts[process] += 1
        write_restarts(self.plan.state_file, self._restarts)
