"""The report as one JSON object."""

import json
from pathlib import Path

from masthead.content.check.finding import CheckReport


def to_json(report: CheckReport, root: Path = Path()) -> str:
    """`{"files": n, "counts": {rule: n}, "findings": [{file, line, column, rule, ...}]}`."""
    findings = [
        {
            "file": (root / (finding.place.file or "")).as_posix(),
            "line": finding.place.line,
            "column": finding.place.column,
            "rule": finding.rule,
            "severity": finding.severity,
            "message": finding.message,
            "remedy": finding.remedy,
        }
        for finding in report.findings
    ]
    document = {"files": report.files, "counts": report.counts, "findings": findings}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
