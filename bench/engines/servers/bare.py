"""The 30 lines: bare ASGI and asyncpg behind granian, one hand-written statement an operation."""

import os
from typing import Any

import asyncpg
import orjson

from bench.engines.asked import OPERATIONS

_pool: Any = None
_sql = {operation.name: operation for operation in OPERATIONS}


async def _connect(connection: Any) -> None:
    same = bytes
    await connection.set_type_codec("json", schema="pg_catalog", encoder=same, decoder=same, format="binary")


async def _keep(_: Any) -> None:
    pass


async def app(scope: Any, receive: Any, send: Any) -> None:
    global _pool  # noqa: PLW0603 - thirty lines
    if scope["type"] != "http":
        return
    if _pool is None:
        settings = {"jit": "off", "random_page_cost": "1.1"}
        _pool = await asyncpg.create_pool(
            os.environ["DATABASE_URL"],
            min_size=16,
            max_size=16,
            init=_connect,
            reset=_keep,
            server_settings=settings,
        )
    asked = orjson.loads((await receive())["body"])
    operation = _sql[asked["operationName"]]
    arguments = (asked["variables"]["slug"],) if operation.has_slug else ()
    body = b'{"data":' + await _pool.fetchval(operation.sql, *arguments) + b"}"
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
