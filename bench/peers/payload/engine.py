"""Payload 3 in a Next app built for production, over tables of its own in the schema `payload`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.engines.data import copy_rows
from bench.engines.running import Running, free_port, started
from bench.peers import node
from bench.peers.payload import documents


@contextmanager
def payload(url: str) -> Iterator[Running]:
    """Makes its tables, fills them, starts `next start`."""
    port = free_port()
    database = {"DATABASE_URL": url, "NEXT_TELEMETRY_DISABLED": "1"}
    node.run("payload", "prepare.mjs", environment=database)
    asyncio.run(copy_rows(url, Path(__file__).with_name("fill.sql").read_text()))
    command = [node.NODE, "node_modules/next/dist/bin/next", "start", "-p", str(port), "-H", "127.0.0.1"]
    environment = {**database, "NODE_ENV": "production"}
    with started(command, port, environment, "/api/graphql", node.place("payload")) as running:
        yield replace(running, documents=documents.DOCUMENTS, normal=documents.normal)
