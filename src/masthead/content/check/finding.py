"""What the linter reports: findings of rules, each at its place."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.subject import Subject
from masthead.kernel import Place

Severity = Literal["error", "warning"]
"""An error is broken for a reader; a warning is unfinished or unwise. Both are findings."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule sees: where, in words, and what to do if that is not the rule's usual remedy."""

    place: Place
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for. `find` gets one file, and the folder for what concerns others."""

    id: str
    description: str
    severity: Severity
    remedy: str
    find: Callable[[Subject, FolderIndex], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with the rule that found it. `place` has file, line and column, counted from 1."""

    rule: str
    severity: Severity
    place: Place
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All findings, by file and place, and how many files were read."""

    findings: tuple[Finding, ...]
    files: int

    @property
    def counts(self) -> dict[str, int]:
        """How many findings each rule has; rules without any are not among them."""
        return dict(sorted(Counter(finding.rule for finding in self.findings).items()))
