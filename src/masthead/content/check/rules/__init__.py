"""The rules, in the order in which they are documented. A rule is a function and what it says of itself."""

from masthead.content.check.finding import Rule
from masthead.content.check.rules.anchors import ANCHOR_MISSING
from masthead.content.check.rules.dates import DATE_FUTURE
from masthead.content.check.rules.descriptions import (
    DESCRIPTION_LENGTH,
    DESCRIPTION_MISSING,
    DESCRIPTION_PLACEHOLDER,
)
from masthead.content.check.rules.front_matter import FRONT_MATTER_SYNTAX, FRONT_MATTER_TYPE
from masthead.content.check.rules.headings import (
    HEADING_DUPLICATE_ANCHOR,
    HEADING_MULTIPLE_H1,
    HEADING_SKIPPED,
)
from masthead.content.check.rules.images import ALT_MISSING, IMAGE_MISSING, IMAGE_UNREADABLE
from masthead.content.check.rules.keywords import KEYWORDS_PLACEHOLDER
from masthead.content.check.rules.links import LINK_BROKEN, LINK_PLACEHOLDER
from masthead.content.check.rules.slugs import SLUG_DUPLICATE
from masthead.content.check.rules.text import TEXT_PLACEHOLDER
from masthead.content.check.rules.titles import TITLE_MISSING, TITLE_PLACEHOLDER

RULES: tuple[Rule, ...] = (
    FRONT_MATTER_SYNTAX,
    FRONT_MATTER_TYPE,
    TITLE_MISSING,
    TITLE_PLACEHOLDER,
    DESCRIPTION_MISSING,
    DESCRIPTION_PLACEHOLDER,
    DESCRIPTION_LENGTH,
    KEYWORDS_PLACEHOLDER,
    DATE_FUTURE,
    SLUG_DUPLICATE,
    HEADING_MULTIPLE_H1,
    HEADING_SKIPPED,
    HEADING_DUPLICATE_ANCHOR,
    LINK_PLACEHOLDER,
    LINK_BROKEN,
    ANCHOR_MISSING,
    IMAGE_MISSING,
    IMAGE_UNREADABLE,
    ALT_MISSING,
    TEXT_PLACEHOLDER,
)

__all__ = ["RULES"]
