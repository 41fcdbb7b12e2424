"""The report for people, for programs, and for code review tools."""

from masthead.content.check.formats.json_report import to_json
from masthead.content.check.formats.sarif import to_sarif
from masthead.content.check.formats.text import shown_place, summary, to_text

__all__ = ["shown_place", "summary", "to_json", "to_sarif", "to_text"]
