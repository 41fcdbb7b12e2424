"""What an import is told and what it tells: options, progress, problems, and the report."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from masthead.kernel import MastheadError, Place


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import. `origin` None: the one of masthead.toml. `workers` None: as many as pay off.
    `overwrite`: also entries that people have edited since."""

    origin: str | None = None
    prune: bool = False
    strict: bool = False
    dry_run: bool = False
    overwrite: bool = False
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far one phase is ("Reading", "Checking images", "Rendering"): `done` of `total` files."""

    phase: str
    done: int
    total: int


Progress = Callable[[ImportProgress], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one file, and what to do about it."""

    code: str
    message: str
    remedy: str
    place: Place

    @staticmethod
    def of(error: MastheadError, file: str) -> "Problem":
        """The problem that an error describes."""
        return Problem(error.code, error.message, error.remedy, error.place or Place(file, 1, 1))

    @property
    def file(self) -> str:
        """The file at fault, relative to the folder."""
        return self.place.file or ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy} [{self.code}]"

    def to_json(self) -> dict[str, Any]:
        """As `masthead import --format json` prints it."""
        return {
            "file": self.file,
            "line": self.place.line,
            "column": self.place.column,
            "key": self.place.path,
            "code": self.code,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; with `is_dry_run`, what it would do. Files by relative path.

    `moved` pairs the old path with the new one. `drafts` are also in created, changed or unchanged.
    `vanished` are in the database and no longer in the folder; `skipped` are not content by
    convention or by [import] exclude. `is_refused`: --strict found problems, nothing was imported.
    """

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    drafts: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    pruned: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    assets: int = 0
    seconds: float = 0.0
    has_changed_live: bool = False
    is_dry_run: bool = False
    is_refused: bool = False

    @property
    def files(self) -> int:
        """How many Markdown files the folder has, without those skipped."""
        entries = len(self.created) + len(self.changed) + len(self.unchanged) + len(self.moved)
        return entries + len({problem.file for problem in self.problems if problem.code not in ASSET_CODES})

    def to_json(self) -> dict[str, Any]:
        """As `masthead import --format json` prints it. Lists of files, except what is many: unchanged."""
        return {
            "created": list(self.created),
            "changed": list(self.changed),
            "unchanged": len(self.unchanged),
            "moved": [{"from": old, "to": new} for old, new in self.moved],
            "drafts": list(self.drafts),
            "vanished": list(self.vanished),
            "pruned": list(self.pruned),
            "skipped": list(self.skipped),
            "problems": [problem.to_json() for problem in self.problems],
            "assets": self.assets,
            "seconds": round(self.seconds, 3),
            "dryRun": self.is_dry_run,
            "refused": self.is_refused,
        }


ASSET_CODES = frozenset({"asset-not-an-image", "asset-too-large", "asset-unreadable"})
"""Problems whose file is an asset, not a Markdown file."""
