"""From what the files say and what the database knows to who becomes what. Reads files, writes nothing."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from masthead.content.assets import AssetCatalog
from masthead.content.assignment import Assignment, assign
from masthead.content.edited import edited_here
from masthead.content.facts import Facts
from masthead.content.folder import Folder, FoundFile
from masthead.content.judging import Judge
from masthead.content.known import Known
from masthead.content.known_files import KnownFile
from masthead.content.lookup import Lookup
from masthead.content.needs import broken_needs
from masthead.content.publication import ImportSettings
from masthead.content.reading import FileReader, Reading
from masthead.content.report import Problem
from masthead.content.resolver import Resolver
from masthead.content.settling import Settlement
from masthead.kernel import ConflictError, InputError, Place
from masthead.media import digest_of_bytes
from masthead.model import ContentModel

READER_VERSION = 3
"""Rises when files are read differently than before, so that all are read again."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """`readings` are to be written, if they differ from what is there; `facts` are in force for all files,
    also for those that stay as they are; `pruned` are paths whose entries are archived."""

    assignment: Assignment
    facts: Mapping[str, Facts]
    readings: Mapping[str, Reading]
    lookup: Lookup
    assets: AssetCatalog
    problems: tuple[Problem, ...]
    settings: str
    pruned: tuple[str, ...]


def settings_digest(model: ContentModel, settings: ImportSettings) -> str:
    """What else decides how a file is read: it changes when the model or [import] does."""
    authors = {name: list(each) for name, each in settings.authors.items()}
    stated = json.dumps([list(settings.types.items()), dict(settings.fields), authors])
    return hashlib.sha256(f"{READER_VERSION}{model.digest}{stated}".encode()).hexdigest()[:16]


class Planner:
    """Decides for one import."""

    def __init__(
        self, folder: Folder, known: Known, model: ContentModel, settings: ImportSettings, now: datetime
    ) -> None:
        self._folder = folder
        self._known = known
        self._model = model
        self._settings = settings
        self._now = now
        self._digest = settings_digest(model, settings)
        self._reader = FileReader(model, settings)
        self._judge = Judge(model)
        self._problems: list[Problem] = list(folder.problems)

    def decide(self, *, prune: bool, advance: Callable[[int, int], None]) -> Decisions:
        """Read what must be read, give every file its entry, and settle who may become one."""
        readings = self._read_changed(advance)
        present = {file.path: file.digest for file in self._folder.markdown}
        present |= {problem.file: "" for problem in self._folder.problems}
        assignment = assign(present, readings, self._known, self._model, self._now)
        self._leave_moved(readings, assignment)
        pruned = self._to_prune(assignment) if prune else ()
        settlement = self._settlement(readings, assignment, pruned)
        settlement.refuse_wrong()
        assets = AssetCatalog(self._folder.others, self._known.assets)
        lookup = self._settle(settlement, assignment, assets)
        lookup.derive(self._now)
        self._read_relinked(settlement, lookup)
        self._settle(settlement, assignment, assets)
        problems = (*self._problems, *settlement.problems, *assets.problems)
        in_order = tuple(sorted(problems, key=lambda each: (each.file, each.place.line or 0)))
        return Decisions(
            assignment,
            settlement.facts,
            settlement.readings,
            lookup,
            assets,
            in_order,
            self._digest,
            tuple(settlement.gone),
        )

    def _leave_moved(self, readings: dict[str, Reading], assignment: Assignment) -> None:
        """Files that moved, and whose entries are edited in Masthead now."""
        for path, known in assignment.moved.items():
            reading = readings.pop(path, None) if known.entry.is_edited else None
            if reading is not None and reading.file.digest != known.digest:
                self._problems.append(edited_here(path, known.entry.id))

    def _to_prune(self, assignment: Assignment) -> tuple[str, ...]:
        """The files that are gone, without those whose entries are edited in Masthead now."""
        gone = {path: self._known.files[path].entry for path in assignment.vanished}
        self._problems += [edited_here(path, entry.id) for path, entry in gone.items() if entry.is_edited]
        return tuple(path for path, entry in gone.items() if not entry.is_edited)

    def _read_changed(self, advance: Callable[[int, int], None]) -> dict[str, Reading]:
        """The files that are not as they were, or would be read differently than they were."""
        wanted = [
            file
            for file in self._folder.markdown
            if not self._is_as_known(file) and not self._is_left_alone(file)
        ]
        readings: dict[str, Reading] = {}
        for number, file in enumerate(wanted, start=1):
            if (reading := self._read(file)) is not None:
                readings[file.path] = reading
            advance(number, len(wanted))
        return readings

    def _is_as_known(self, file: FoundFile) -> bool:
        known = self._active(file.path)
        return known is not None and (known.digest, known.settings) == (file.digest, self._digest)

    def _is_left_alone(self, file: FoundFile) -> bool:
        """Whether the file's entry is edited in Masthead now, with a problem if the file changed too."""
        known = self._known.files.get(file.path)
        if known is None or not known.entry.is_edited:
            return False
        if known.digest != file.digest:
            self._problems.append(edited_here(file.path, known.entry.id))
        return True

    def _active(self, path: str) -> KnownFile | None:
        known = self._known.files.get(path)
        return None if known is None or known.entry.archived_at is not None else known

    def _read(self, file: FoundFile) -> Reading | None:
        try:
            return self._judge.judged(self._reader.read(file, self._raw(file)))
        except InputError as error:
            self._problems.append(Problem.of(error, file.path))
            return None

    def _raw(self, file: FoundFile) -> bytes:
        """The bytes whose digest was taken."""
        if file.raw is not None:
            return file.raw
        raw = (self._folder.root / file.path).read_bytes()
        if digest_of_bytes(raw) != file.digest:
            raise ConflictError(
                "file-changed",
                "The file changed while it was imported.",
                "Import again.",
                Place(file.path),
            )
        return raw

    def _settlement(
        self, readings: dict[str, Reading], assignment: Assignment, pruned: tuple[str, ...]
    ) -> Settlement:
        before = {path: known.facts for path in self._known.files if (known := self._active(path))}
        before |= {path: known.facts for path, known in assignment.moved.items()}
        gone = {known.path for known in assignment.moved.values()} | set(pruned)
        present = {path: each for path, each in before.items() if path not in gone}
        read = {path: reading.facts for path, reading in readings.items()}
        foreign = self._known.foreign.keys()
        archived = {path: before[path] for path in pruned}
        return Settlement({**present, **read}, dict(readings), before, foreign, archived)

    def _settle(self, settlement: Settlement, assignment: Assignment, assets: AssetCatalog) -> Lookup:
        entries = {**{path: each.entry for path, each in self._known.files.items()}, **assignment.entries}

        def lookup() -> Lookup:
            resolver = Resolver(settlement.facts, self._folder.others, self._settings.static)
            return Lookup(self._model, settlement.facts, entries, self._known, assets, resolver)

        settlement.settle(
            lambda: broken_needs(
                self._model, settlement.facts, settlement.readings, settlement.gone, lookup()
            )
        )
        return lookup()

    def _read_relinked(self, settlement: Settlement, lookup: Lookup) -> None:
        """Files that are as they were, whose links or names now mean something else."""
        for file in self._folder.markdown:
            known = self._active(file.path)
            if file.path in settlement.readings or known is None or known.entry.is_edited:
                continue
            if not self._is_as_known(file):
                continue
            if known.resolution != lookup.resolution(file.path) and (reading := self._read(file)):
                settlement.readings[file.path] = reading
