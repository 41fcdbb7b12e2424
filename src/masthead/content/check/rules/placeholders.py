"""What a template leaves behind: text that nobody meant to publish."""

import re

_UNWRITTEN = re.compile(
    r"""
    \blorem\ ipsum\b
    | ^\W*(?:todo|tbd|tba|fixme|xxx+|placeholder|change\ ?me|replace\ ?me|coming\ soon)\b
    | ^\W*(?:insert|add|enter|write|put)\ (?:a\ |an\ |the\ |your\ )?(?:\w+\ )?
        (?:title|description|summary|text|content|excerpt)\b (?:\ here)?\W*$
    | ^\W*(?:your|a|the|post|page|article|site|short|brief|meta)?\ ?(?:title|description|summary|excerpt)
        (?:\ goes)?(?:\ here)?\W*$
    | \bdescription\ of\ your\ (?:\w+\ )?(?:post|article|page|project|site|blog)\b
    | \byour\ (?:\w+\ )?(?:title|description|summary|text|content)\ (?:goes\ )?here\b
    | \b1[56]0\s*(?:[-\u2013]|to)\s*160\ characters\b
    | ^\W*\{\{.*\}\}\W*$ | ^\W*<[a-z ]+>\W*$ | ^\W*\[(?:title|description|your\ .*|insert\ .*)\]\W*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_UNTITLED = re.compile(
    r"^\W*(?:untitled(?:\ \w+)?|(?:my\ |a\ )?new\ (?:post|page|article)|(?:post|page|article)\ title|"
    r"(?:sample|example)\ (?:post|page|article|title))\W*$",
    re.IGNORECASE,
)
_KEYWORD = re.compile(
    r"^(?:(?:key ?word|tag|category|topic|label|subject)[-_ ]?(?:\d+|one|two|three)|"
    r"your[-_ ](?:key ?words?|tags?)|todo|tbd|fixme|placeholder|lorem|ipsum)$",
    re.IGNORECASE,
)
_URL = re.compile(
    r"^(?:\#?|link|url|href|(?:insert|add|your|the|some)[-_ ](?:[a-z]+[-_ ])*(?:link|url)(?:[-_ ]here)?|"
    r"(?:link|url|path)[-_]to(?:[-_/].*)?|(?:\./)?path/to/.*|todo|tbd|fixme|tba|xxx+|placeholder|"
    r"https?://(?:todo|tbd|placeholder|link|url)/?|https?://)$",
    re.IGNORECASE,
)
# RFC 2606 keeps these for documentation: nothing is there to be read.
_EXAMPLE = re.compile(r"^https?://(?:[\w-]+\.)*example\.(?:com|org|net)(?=[:/?#]|$)", re.IGNORECASE)


def is_unwritten(text: str) -> bool:
    """Whether a description or the like is a template's."""
    return bool(_UNWRITTEN.search(text.strip()))


def is_untitled(text: str) -> bool:
    """Whether a title is a template's."""
    return is_unwritten(text) or bool(_UNTITLED.match(text.strip()))


def is_keyword_placeholder(text: str) -> bool:
    """Whether a keyword or tag is a template's."""
    return bool(_KEYWORD.match(text.strip()))


def is_url_placeholder(url: str) -> bool:
    """Whether a URL leads nowhere because nobody has filled it in."""
    return bool(_URL.match(url.strip()))


def is_example_url(url: str) -> bool:
    """Whether a URL is one that is kept for examples."""
    return bool(_EXAMPLE.match(url))
