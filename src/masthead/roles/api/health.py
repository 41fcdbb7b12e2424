"""Is it alive, is it ready: what load balancers and supervisors ask."""

import asyncio

import orjson
from starlette.requests import Request
from starlette.responses import Response

from masthead.access import Policies
from masthead.kernel import MastheadError
from masthead.model import ContentModel
from masthead.roles.api.upstream import Upstream
from masthead.store import Database, read_applied_model, read_applied_policies


class Health:
    """The endpoints `/healthz` and `/readyz`."""

    def __init__(
        self,
        database: Database,
        model: ContentModel,
        upstream: Upstream | None,
        policies: Policies | None = None,
    ) -> None:
        self._database = database
        self._model = model
        self._upstream = upstream
        self._policies = policies or Policies(model)

    async def healthz(self, _: Request) -> Response:
        """The process answers: nothing else is asked."""
        return _json(200, {"status": "ok"})

    async def readyz(self, _: Request) -> Response:
        """Every part that an answer needs: `{status, parts: {name: "ok" or what is wrong}}`, 200 or 503."""
        names = ("database", "model", "site")
        states = await asyncio.gather(self._database_state(), self._model_state(), self._site_state())
        parts = dict(zip(names, states, strict=True))
        is_ready = all(state in ("ok", "none") for state in states)
        return _json(200 if is_ready else 503, {"status": "ok" if is_ready else "not ready", "parts": parts})

    async def _database_state(self) -> str:
        try:
            is_alive = await self._database.is_alive()
        except Exception:  # a connection that broke as it was used raises even the driver's internal errors
            is_alive = False
        return "ok" if is_alive else "does not answer"

    async def _model_state(self) -> str:
        try:
            async with asyncio.timeout(2):
                applied = await read_applied_model(self._database)
                policies = await read_applied_policies(self._database)
        except Exception:  # whatever is wrong with the database: its own part says so
            return "unknown"
        if applied is None:
            return "not applied"
        if applied.digest != self._model.digest:
            return "another model is applied"
        return (
            "ok" if Policies.from_json(applied, policies) == self._policies else "other policies are applied"
        )

    async def _site_state(self) -> str:
        if self._upstream is None:
            return "none"
        try:
            async with asyncio.timeout(2):
                answer = await self._upstream.fetch("/healthz", [(b"host", b"site")])
        except (MastheadError, TimeoutError):
            return "does not answer"
        return "ok" if answer.status < 500 else f"answers {answer.status}"


def _json(status: int, value: object) -> Response:
    return Response(
        orjson.dumps(value),
        status,
        headers={"content-type": "application/json", "cache-control": "no-store"},
    )
