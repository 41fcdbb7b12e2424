"""The report as SARIF 2.1.0 (OASIS standard), which code review tools show beside the lines."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from masthead.content.check.finding import CheckReport, Finding, Rule
from masthead.content.check.rules import RULES

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def to_sarif(report: CheckReport, root: Path = Path()) -> str:
    """A log with one run. Files are named as `root`, the folder that was checked, was named."""
    driver = {
        "name": "masthead",
        "semanticVersion": version("masthead"),
        "rules": [_rule(rule) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, root) for finding in report.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.description},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Finding, root: Path) -> dict[str, Any]:
    place = finding.place
    region = {"startLine": place.line or 1, "startColumn": place.column or 1}
    file = root / (place.file or "")
    artifact = (
        {"uri": file.as_uri()}
        if file.is_absolute()
        else {"uri": quote(file.as_posix()), "uriBaseId": "%SRCROOT%"}
    )
    return {
        "ruleId": finding.rule,
        "ruleIndex": next(index for index, rule in enumerate(RULES) if rule.id == finding.rule),
        "level": finding.severity,
        "message": {"text": f"{finding.message} {finding.remedy}"},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
