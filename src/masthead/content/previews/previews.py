"""Previews of a publication: made, listed, turned off, and opened by whoever has the link."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from masthead.access import Policies
from masthead.content.commands.actor import Actor
from masthead.content.commands.states import label
from masthead.content.previews.changing import Wanted
from masthead.content.previews.key import signing_key
from masthead.content.previews.permission import (
    may_manage_all,
    readable,
    require_readable,
    require_signed_in,
)
from masthead.content.previews.preview import (
    OfRelease,
    OfRevision,
    Preview,
    Subject,
    add_preview,
    find_preview,
    open_previews,
    revoke_preview,
)
from masthead.content.previews.subject import fingerprint, load_subject
from masthead.content.previews.token import Claim, read_token, whole_seconds, write_token
from masthead.content.previews.world import PreviewedWorld, Worlds
from masthead.content.renderer import LocalRenderer, Renderer
from masthead.events import AuditLine, record_audit
from masthead.kernel import InputError, MastheadError, NotFoundError, new_id, utc_now
from masthead.model import ContentModel
from masthead.query import Cache, Overlay
from masthead.store import Database, Transaction

LASTS = timedelta(days=7)
LONGEST = timedelta(days=30)
_KEPT = 32
_WEIGHT = 32 * 2**20
"""Previewed worlds that are kept, and their characters."""


@dataclass(frozen=True, slots=True)
class Link:
    """A preview, and the text of its link: `/-/preview/` and the token."""

    preview: Preview
    token: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A preview as its holder sees it. `title` says what it is of; `address` is where to begin."""

    preview: Preview
    title: str
    address: str
    overlay: Overlay
    redirects: dict[str, str]


class Previews:
    """All previews of one publication. `lasts` is for those that say nothing, `longest` for all."""

    def __init__(
        self,
        database: Database,
        model: ContentModel,
        policies: Policies | None = None,
        *,
        lasts: timedelta = LASTS,
        longest: timedelta = LONGEST,
        clock: Callable[[], datetime] = utc_now,
        renderer: Renderer | None = None,
    ) -> None:
        self._database = database
        self._model = model
        self._policies = policies or Policies(model)
        self._lasts = min(lasts, longest)
        self._longest = longest
        self._clock = clock
        self._worlds = Worlds(model, renderer or LocalRenderer())
        self._key: bytes | None = None
        self._known: Cache[tuple[UUID, str], Opened] = Cache(_KEPT, _WEIGHT)
        self._watched: Cache[UUID, Sequence[UUID]] = Cache(_KEPT)

    async def create(self, subject: Subject, actor: Actor, lasts: timedelta | None = None) -> Link:
        """A new link, for whoever may read the drafts that it shows. Raises AccessError, NotFoundError and
        InputError, which leave a line in the audit log."""
        now = self._clock()
        try:
            require_signed_in(actor.viewer)
            ends = whole_seconds(now + self._duration(lasts))
            preview = Preview(new_id(), subject, ends, actor.account, now)
            async with self._database.transaction() as transaction:
                await self._check(transaction, subject, actor)
                await add_preview(transaction, preview)
                await record_audit(transaction, [_line(actor, "preview.create", preview)], now)
        except MastheadError as error:
            await self._record_refusal(actor, "preview.create", str(_subject_id(subject)), error)
            raise
        return _link(await self._signing_key(), preview)

    async def revision(self, key: UUID, actor: Actor) -> OfRevision:
        """The revision of that id, for somebody who may read the draft of its entry: others are told that
        there is none. Raises NotFoundError."""
        async with self._database.transaction() as transaction:
            entry = await transaction.fetch_value("SELECT entry_id FROM masthead.revision WHERE id = $1", key)
            ids = [] if entry is None else [UUID(int=entry.int)]
            if not ids or not await readable(transaction, self._model, self._policies, actor.viewer, ids):
                raise NotFoundError(
                    "revision-missing", f"There is no revision {key}.", "List the entry's revisions."
                )
        return OfRevision(ids[0], key)

    async def list(self, actor: Actor) -> list[Link]:
        """The links that show something: the actor's own, or all for those who publish what others write.
        Raises AccessError."""
        require_signed_in(actor.viewer)
        creator = None if may_manage_all(self._policies, actor.viewer) else actor.account
        async with self._database.transaction() as transaction:
            found = await open_previews(transaction, self._clock(), creator)
        key = await self._signing_key()
        return [_link(key, each) for each in found]

    async def revoke(self, key: UUID, actor: Actor) -> None:
        """Turn a link off; it does not matter whether it is already. Raises AccessError, NotFoundError."""
        now = self._clock()
        try:
            require_signed_in(actor.viewer)
            async with self._database.transaction() as transaction:
                preview = await find_preview(transaction, key, is_locked=True)
                if preview is None or not self._may_end(preview, actor):
                    raise NotFoundError("preview-unknown", f"There is no preview {key}.", "List them.")
                if preview.revoked_at is None:
                    await revoke_preview(transaction, key, now)
                    await record_audit(transaction, [_line(actor, "preview.revoke", preview)], now)
        except MastheadError as error:
            await self._record_refusal(actor, "preview.revoke", str(key), error)
            raise

    async def open(self, token: str) -> Opened | None:
        """What the link shows now; None where it shows nothing: forged, over, turned off, or what it was of
        is gone. Only a link that this publication signed is looked up."""
        claim = read_token(await self._signing_key(), token, self._clock())
        if claim is None:
            return None
        async with self._database.transaction() as transaction:
            # One view of the database for all statements.
            await transaction.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            preview = await find_preview(transaction, claim.id)
            if preview is None or not preview.is_open(self._clock()):
                return None
            return await self._opened(transaction, preview)

    async def _opened(self, transaction: Transaction, preview: Preview) -> Opened | None:
        subject = await load_subject(transaction, preview.subject)
        if subject is None:
            return None
        watched = self._watched.get(preview.id)
        if watched is not None:
            known = self._known.get((preview.id, await fingerprint(transaction, subject, watched)))
            if known is not None:
                return known
        world = await self._worlds.of(transaction, subject.wanted, self._clock())
        if not world.states and not isinstance(preview.subject, OfRelease):
            return None
        opened = Opened(
            preview, _title(subject.name, world), _address(world), world.overlay, dict(world.redirects)
        )
        self._watched.put(preview.id, world.watched)
        mark = await fingerprint(transaction, subject, world.watched)
        self._known.put((preview.id, mark), opened, sum(map(len, world.overlay.rows.values())))
        return opened

    async def _check(self, transaction: Transaction, subject: Subject, actor: Actor) -> None:
        found = await load_subject(transaction, subject)
        if found is None and isinstance(subject, OfRelease):
            raise NotFoundError(
                "release-unknown", f"There is no open release {subject.release}.", "Check the id."
            )
        wanted = found.wanted if found is not None else [Wanted(_subject_id(subject))]
        await require_readable(transaction, self._model, self._policies, actor.viewer, wanted)
        if found is None and isinstance(subject, OfRevision):
            raise NotFoundError(
                "revision-missing",
                f"{subject.revision} is no revision of entry {subject.entry}.",
                "List the entry's revisions.",
            )

    def _duration(self, lasts: timedelta | None) -> timedelta:
        found = self._lasts if lasts is None else lasts
        if not timedelta(minutes=1) <= found <= self._longest:
            raise InputError(
                "preview-lasting",
                f"A preview lasts a minute at least and {self._longest.days} days at most; this would last "
                f"{found}.",
                "Let it end within that; MASTHEAD_PREVIEW_LONGEST says how long it may be.",
            )
        return found

    def _may_end(self, preview: Preview, actor: Actor) -> bool:
        is_own = preview.created_by is not None and preview.created_by == actor.account
        return is_own or may_manage_all(self._policies, actor.viewer)

    async def _signing_key(self) -> bytes:
        if self._key is None:
            async with self._database.transaction() as transaction:
                key = await signing_key(transaction)
            self._key = key  # only now: what has not committed is nobody's key
        return self._key

    async def _record_refusal(self, actor: Actor, action: str, subject: str, error: MastheadError) -> None:
        async with self._database.transaction() as transaction:
            line = AuditLine(actor.origin, action, subject, error.code)
            await record_audit(transaction, [line], self._clock())


def _link(key: bytes, preview: Preview) -> Link:
    return Link(preview, write_token(key, Claim(preview.id, preview.expires_at)))


def _line(actor: Actor, action: str, preview: Preview) -> AuditLine:
    detail = {
        "preview": str(preview.id),
        "kind": preview.kind,
        "expiresAt": preview.expires_at.isoformat(),
    }
    return AuditLine(actor.origin, action, str(_subject_id(preview.subject)), detail=detail)


def _subject_id(subject: Subject) -> UUID:
    return subject.release if isinstance(subject, OfRelease) else subject.entry


def _title(name: str | None, world: PreviewedWorld) -> str:
    if name is not None:
        return name
    state = world.states[0]
    shown = state.published or state.head
    return label(state.content_type, shown.snapshot, state.id)


def _address(world: PreviewedWorld) -> str:
    found = (state.address("live") for state in world.states)
    return next((address for address in found if address is not None), "/")
