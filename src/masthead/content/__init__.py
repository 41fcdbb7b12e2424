"""Entries: import of folders of Markdown, projection of revisions, and the settings of a publication."""

from masthead.content.comparing import Discrepancy
from masthead.content.folder import require_folder
from masthead.content.import_folder import import_folder
from masthead.content.publication import (
    SETTINGS_FILE,
    CheckSettings,
    ImportSettings,
    Publication,
    SiteSettings,
    read_publication,
)
from masthead.content.report import ImportOptions, ImportProgress, ImportReport, Problem, Progress
from masthead.content.verify import verify

__all__ = [
    "SETTINGS_FILE",
    "CheckSettings",
    "Discrepancy",
    "ImportOptions",
    "ImportProgress",
    "ImportReport",
    "ImportSettings",
    "Problem",
    "Progress",
    "Publication",
    "SiteSettings",
    "import_folder",
    "read_publication",
    "require_folder",
    "verify",
]
