"""What a rendered document says, without markup: for search, lists and the reading time."""

import math
import re

from masthead.markdown.tags import plain

EXCERPT_LENGTH = 200
WORDS_A_MINUTE = 220
# Chinese and Japanese have no spaces; readers manage about 500 characters a minute (Medium's figure).
CHARACTERS_A_MINUTE = 500

_NOT_TEXT = re.compile(
    r'<sup class="footnote-ref">.*?</sup>|<a [^<>]*class="footnote-backref"[^<>]*>.*?</a>', re.DOTALL
)
# What stands inside a line leaves no gap.
_INLINE = re.compile(
    r"</?(?:a|code|strong|em|abbr|b|bdi|bdo|cite|data|del|dfn|i|ins|kbd|mark|q|s|samp|small|span|sub|sup"
    r"|time|u|var|wbr|m[a-z]+)(?:>| [^<>]*>)"
)
_TAG = re.compile(r"<[^<>]*>")
_PARAGRAPH = re.compile(r"<p(?: [^<>]*)?>(.*?)</p>", re.DOTALL)
_ASIDE = re.compile(
    r"<(pre|table|blockquote|ul|ol|section|details|figure)(?: [^<>]*)?>.*?</\1>"
    r'|<div class="markdown-alert.*?</div>|<p class="markdown-alert-title">.*?</p>',
    re.DOTALL,
)
_OPENING_LENGTH = 20 * EXCERPT_LENGTH
# Kana to the unified ideographs, the compatibility ideographs, and the supplementary planes of both.
_CJK = re.compile(r"[\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def plain_text(html: str) -> str:
    """The words of sanitised HTML, one space between them."""
    if "footnote-" in html:
        html = _NOT_TEXT.sub("", html)
    return " ".join(plain(_TAG.sub(" ", _INLINE.sub("", html))).split())


def excerpt(html: str, text: str) -> str:
    """The first paragraphs, about 200 characters, cut at a word; the text's start if there are none."""
    words = ""
    for paragraph in _PARAGRAPH.finditer(_ASIDE.sub("", html[:_OPENING_LENGTH])):
        words = f"{words} {plain_text(paragraph[1])}".strip()
        if len(words) > EXCERPT_LENGTH:
            break
    return _cut(words or text)


def reading_minutes(text: str) -> int:
    """Whole minutes for a text of words with one space between them; at least one."""
    characters = 0 if text.isascii() else len(_CJK.findall(text))
    words = len(_CJK.sub(" ", text).split()) if characters else text.count(" ") + bool(text)
    return max(1, math.ceil(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE))


def _cut(text: str) -> str:
    if len(text) <= EXCERPT_LENGTH:
        return text
    head, space, _ = text[: EXCERPT_LENGTH + 1].rpartition(" ")
    # A text without spaces, or with one near its start only (Chinese, a long URL), is cut where it stands.
    head = head if space and len(head) > EXCERPT_LENGTH // 2 else text[:EXCERPT_LENGTH]
    return head.rstrip(" ,;:-(\u2013\u2014") + "…"
