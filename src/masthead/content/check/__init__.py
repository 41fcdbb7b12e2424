"""The content linter: rules over a folder of Markdown, for people and for CI."""

from masthead.content.check.finding import CheckReport, Finding, Rule, Severity
from masthead.content.check.formats import shown_place, summary, to_json, to_sarif, to_text
from masthead.content.check.rules import RULES
from masthead.content.check.runner import check_folder

__all__ = [
    "RULES",
    "CheckReport",
    "Finding",
    "Rule",
    "Severity",
    "check_folder",
    "shown_place",
    "summary",
    "to_json",
    "to_sarif",
    "to_text",
]
