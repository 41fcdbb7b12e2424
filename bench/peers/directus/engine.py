"""Directus 12, over tables and system tables of its own in the schema `directus`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bench.engines.data import copy_rows, make_schema
from bench.engines.running import Running, free_port, started
from bench.peers import node
from bench.peers.directus import documents

_SETTINGS = {
    "NODE_ENV": "production",
    "SECRET": "a secret of thirty-two bytes, for the bench",
    "ADMIN_EMAIL": "bench@example.com",
    "ADMIN_PASSWORD": "only for the bench",
    "TELEMETRY": "false",
    "SERVE_APP": "false",
    "LOG_LEVEL": "error",
    # It would refuse requests while it is busy, which is all that this bench does.
    "PRESSURE_LIMITER_ENABLED": "false",
}
# Isolates need it on Node 20 and later (isolated-vm's README).
_CLI = ("--no-node-snapshot", "node_modules/@directus/api/dist/cli/run.js")


@contextmanager
def directus(url: str) -> Iterator[Running]:
    """Makes its system tables, adds the bench's collections, starts the server."""
    port, address = free_port(), urlsplit(url)
    environment = {
        **_SETTINGS,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DB_CLIENT": "pg",
        "DB_HOST": parse_qs(address.query)["host"][0],
        "DB_PORT": "5432",
        "DB_USER": "postgres",
        "DB_PASSWORD": "none",
        "DB_DATABASE": address.path.strip("/"),
        "DB_SEARCH_PATH": "array:directus",
        "DB_POOL__MAX": "16",
    }
    asyncio.run(make_schema(url, "directus"))
    node.run("directus", *_CLI, "bootstrap", environment=environment)
    asyncio.run(copy_rows(url, Path(__file__).with_name("fill.sql").read_text()))
    with started([node.NODE, *_CLI, "start"], port, environment, cwd=node.place("directus")) as running:
        yield replace(running, documents=documents.DOCUMENTS, normal=documents.normal)
