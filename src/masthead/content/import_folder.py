"""Import a folder of Markdown: everything in one transaction, or nothing.

One transaction, also for 10,000 files: links go in both directions between files, so batches would
show half a blog with dead links and render its posts twice. A killed import leaves nothing behind but
assets under their digests, which the next one finds; it takes the ten seconds again, and no more.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import perf_counter

from masthead.content.commands.locks import hold_entries
from masthead.content.composing import compose, heads_wanted
from masthead.content.folder import Folder, scan_folder
from masthead.content.known import NOTHING_KNOWN, Known, load_known, load_snapshots
from masthead.content.planning import Decisions, Planner, settings_digest
from masthead.content.publication import Publication, read_publication
from masthead.content.renderer import open_renderer
from masthead.content.report import ImportOptions, ImportProgress, ImportReport, Progress
from masthead.content.work import ImportPlan
from masthead.content.writing import PlanWriter
from masthead.events.coherence import settled
from masthead.kernel import utc_now
from masthead.media import AssetStore
from masthead.model import ContentModel
from masthead.store import Database, Transaction, read_applied_model

_LOCK = 0x496D706F  # "Impo": one import at a time
_DEFAULT = ImportOptions()

_PATIENCE = "SET LOCAL idle_in_transaction_session_timeout = '10min'"
"""Between two statements thousands of files may be read."""


def _silent(_: ImportProgress) -> None:
    """Nobody watches."""


async def import_folder(
    database: Database,
    model: ContentModel,
    folder: Path,
    *,
    data: Path,
    options: ImportOptions = _DEFAULT,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the database to what `folder` says; `data`/assets gets the bytes of its assets.

    Files that cannot be imported are in the report's problems; the others are imported. Raises
    InputError for settings that are wrong or a folder that is none, ConflictError when a file changes
    meanwhile.
    """
    started = perf_counter()
    publication = read_publication(folder)
    # A dry run must not even prepare the database: its tables may be those of an older model, or none.
    stored_model = await read_applied_model(database) if options.dry_run else model
    run = _Import(model, stored_model, folder, data, options, publication, progress or _silent)
    async with database.transaction() as transaction:
        await transaction.execute(_PATIENCE)
        await transaction.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        if not options.dry_run:
            await hold_entries(transaction, is_exclusive=True)
        report = await run.run(transaction)
    if report.has_changed_live:
        await settled(database)
    return replace(report, seconds=perf_counter() - started)


@dataclass(frozen=True, slots=True)
class _Import:
    model: ContentModel
    stored_model: ContentModel | None
    folder: Path
    data: Path
    options: ImportOptions
    publication: Publication
    progress: Progress

    @property
    def origin(self) -> str:
        return self.options.origin or self.publication.imports.origin

    async def run(self, transaction: Transaction) -> ImportReport:
        stored = self.stored_model
        known = NOTHING_KNOWN
        if stored is not None:
            overwrite = self.options.overwrite
            known = await load_known(transaction, stored, self.origin, overwrite=overwrite)
        now = utc_now()
        folder = await asyncio.to_thread(self._scan, known)
        changed = sum(len(file.raw) for file in folder.markdown if file.raw is not None)
        workers = 0 if self.options.dry_run else self.options.workers
        # Opened before files are read, so that its processes start meanwhile.
        async with open_renderer(changed, workers) as renderer:
            decisions = await self._decide(folder, known, now)
            heads = await load_snapshots(transaction, heads_wanted(decisions, known))
            site = self.publication.site
            plan = await asyncio.to_thread(compose, decisions, known, heads, site, self.model, now)
            is_refused = self.options.strict and bool(decisions.problems or plan.problems)
            has_changed_live = False
            if not (is_refused or self.options.dry_run):
                writer = PlanWriter(transaction, self.model, renderer, now, self._phase("Rendering"))
                has_changed_live = await self._write(writer, plan, decisions)
        return self._report(folder, known, decisions, plan, is_refused, has_changed_live)

    async def _decide(self, folder: Folder, known: Known, now: datetime) -> Decisions:
        planner = Planner(folder, known, self.model, self.publication.imports, now)
        advance = self._phase("Reading")
        return await asyncio.to_thread(planner.decide, prune=self.options.prune, advance=advance)

    async def _write(self, writer: PlanWriter, plan: ImportPlan, decisions: Decisions) -> bool:
        """Rows and the bytes of assets at the same time; both are there before the commit."""
        is_written = plan.is_empty
        show = self._phase("Keeping assets")

        def advance(done: int, total: int) -> None:
            if is_written:  # one bar at a time
                show(done, total)

        keeping = asyncio.create_task(asyncio.to_thread(self._keep_assets, decisions, advance))
        try:
            has_changed_live = not plan.is_empty and await writer.write(plan, self.origin)
            is_written = True
        finally:
            await keeping
        return has_changed_live

    def _scan(self, known: Known) -> Folder:
        digest = settings_digest(self.model, self.publication.imports)
        as_they_were = {
            path: file.digest
            for path, file in known.files.items()
            if file.settings == digest and file.entry.archived_at is None
        }
        return scan_folder(self.folder, self.publication.imports, as_they_were, self.data)

    def _keep_assets(self, decisions: Decisions, advance: Callable[[int, int], None]) -> None:
        store = AssetStore(self.data / "assets")
        store.sweep()  # safe: the lock says that no other import is at work
        decisions.assets.keep(store, lambda done: advance(done, decisions.assets.count))

    def _phase(self, name: str) -> Callable[[int, int], None]:
        return lambda done, total: self.progress(ImportProgress(name, done, total))

    def _report(
        self,
        folder: Folder,
        known: Known,
        decisions: Decisions,
        plan: ImportPlan,
        is_refused: bool,
        has_changed_live: bool,
    ) -> ImportReport:
        written = {work.source.path for work in plan.works if work.source is not None}
        moved = {
            path: old.path for path, old in decisions.assignment.moved.items() if path in decisions.readings
        }
        present = [file.path for file in folder.markdown if file.path in decisions.facts]
        troubled = {problem.file for problem in decisions.problems}
        new = [path for path in present if path in written and path not in known.files and path not in moved]
        changed = [path for path in present if path in written and path in known.files]
        unchanged = [path for path in present if path not in written and path not in troubled | moved.keys()]
        return ImportReport(
            created=tuple(new),
            changed=tuple(changed),
            unchanged=tuple(unchanged),
            moved=tuple((old, path) for path, old in sorted(moved.items())),
            drafts=tuple(path for path in present if decisions.facts[path].is_draft),
            vanished=decisions.assignment.vanished if not decisions.pruned else (),
            pruned=decisions.pruned,
            skipped=folder.skipped,
            problems=(*decisions.problems, *plan.problems),
            assets=decisions.assets.count,
            has_changed_live=has_changed_live,
            is_dry_run=self.options.dry_run,
            is_refused=is_refused,
        )
