"""The report as lines: file:line:column: rule: message remedy. Editors and terminals make links of them."""

from pathlib import Path

from masthead.content.check.finding import CheckReport, Finding
from masthead.kernel import Place


def to_text(report: CheckReport, root: Path = Path()) -> str:
    """One line a finding, then the sum. `root` is the folder as it was named."""
    lines = (_line(finding, root) for finding in report.findings)
    return "".join(f"{line}\n" for line in (*lines, summary(report)))


def shown_place(finding: Finding, root: Path) -> str:
    """file:line:column, with the file as one would name it from here."""
    place = finding.place
    return str(Place((root / (place.file or "")).as_posix(), place.line, place.column))


def summary(report: CheckReport) -> str:
    """What was done, in one line."""
    files = f"{report.files} file" if report.files == 1 else f"{report.files:,} files"
    found = len(report.findings)
    findings = {0: "no finding", 1: "1 finding"}.get(found, f"{found:,} findings")
    return f"{files} checked, {findings}."


def _line(finding: Finding, root: Path) -> str:
    return f"{shown_place(finding, root)}: {finding.rule}: {finding.message} {finding.remedy}"
