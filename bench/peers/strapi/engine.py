"""Strapi 5, over tables of its own in the schema `strapi`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bench.engines.data import copy_rows, make_schema
from bench.engines.running import Running, free_port, started
from bench.peers import node
from bench.peers.strapi import documents


@contextmanager
def strapi(url: str) -> Iterator[Running]:
    """Makes its tables, fills them, starts the server without its admin panel."""
    port, address = free_port(), urlsplit(url)
    environment = {
        "NODE_ENV": "production",
        "STRAPI_TELEMETRY_DISABLED": "true",
        "PORT": str(port),
        "DATABASE_HOST": parse_qs(address.query)["host"][0],
        "DATABASE_NAME": address.path.strip("/"),
        "TZ": "UTC",  # its columns know no time zone
    }
    asyncio.run(make_schema(url, "strapi"))
    node.run("strapi", "prepare.js", environment=environment)
    asyncio.run(copy_rows(url, Path(__file__).with_name("fill.sql").read_text()))
    command = [node.NODE, "node_modules/@strapi/strapi/bin/strapi.js", "start"]
    with started(command, port, environment, cwd=node.place("strapi")) as running:
        yield replace(running, documents=documents.DOCUMENTS, normal=documents.normal)
