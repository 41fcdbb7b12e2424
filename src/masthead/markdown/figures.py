"""Images and tables: captions for the ones, room to scroll for the others."""

import re

from masthead.markdown.tags import attributes_of, tag_text

_ALONE = re.compile(r"<p>\s*(<a [^<>]*>)?\s*<img ([^<>]*)>\s*(</a>)?\s*</p>")
_TABLE = re.compile(r"<(/?)table(?: [^<>]*)?>")
_BOX = re.compile(r'<input ([^<>]*type="checkbox"[^<>]*)>')


def figures(html: str) -> str:
    """An image alone in its paragraph and with a title becomes a figure; the title is its caption."""
    return _ALONE.sub(_figure, html)


def scrollable_tables(html: str) -> str:
    """Every table in a box that scrolls, which the keyboard can reach."""
    return _TABLE.sub(_table, html)


def labelled_boxes(html: str) -> str:
    """A task's check box cannot be changed, and says its state to those who do not see it."""
    return _BOX.sub(_box, html)


def _figure(paragraph: re.Match[str]) -> str:
    opening, closing = paragraph[1] or "", paragraph[3] or ""
    image = attributes_of(paragraph[2])
    caption = image.pop("title", "").strip()
    if not caption or bool(opening) != bool(closing):
        return paragraph[0]
    content = f"{opening}{image.tag('img')}{closing}"
    return f"<figure>{content}<figcaption>{tag_text(caption)}</figcaption></figure>"


def _table(tag: re.Match[str]) -> str:
    return f"{tag[0]}</div>" if tag[1] else f'<div class="table" tabindex="0">{tag[0]}'


def _box(tag: re.Match[str]) -> str:
    is_done = "checked" in attributes_of(tag[1])
    state = 'checked="" disabled="" aria-label="done"' if is_done else 'disabled="" aria-label="to do"'
    return f'<input type="checkbox" {state}>'
