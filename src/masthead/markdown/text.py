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
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time"
    r"|u|var|wbr|m[a-z]+)(?: [^<>]*)?>"
)
_TAG = re.compile(r"<[^<>]*>")
_PARAGRAPH = re.compile(r"<p(?: [^<>]*)?>(.*?)</p>", re.DOTALL)
_ASIDE = re.compile(
    r"<(pre|table|blockquote|ul|ol|section|details|figure)(?: [^<>]*)?>.*?</\1>"
    r'|<div class="markdown-alert.*?</div>|<p class="markdown-alert-title">.*?</p>',
    re.DOTALL,
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def plain_text(html: str) -> str:
    """The words of sanitised HTML, a line a block."""
    text = _TAG.sub("\n", _INLINE.sub("", _NOT_TEXT.sub("", html)))
    return "\n".join(" ".join(line.split()) for line in plain(text).splitlines() if line.strip())


def excerpt(html: str, text: str) -> str:
    """The first paragraphs, about 200 characters, cut at a word; the text's start if there are none."""
    words: list[str] = []
    length = 0
    for paragraph in _PARAGRAPH.finditer(_ASIDE.sub("", html[: 50 * EXCERPT_LENGTH])):
        words.extend(plain_text(paragraph[1]).split())
        length = sum(map(len, words)) + len(words)
        if length > EXCERPT_LENGTH:
            break
    return _cut(" ".join(words) if words else " ".join(text[: 2 * EXCERPT_LENGTH].split()))


def reading_minutes(text: str) -> int:
    """Whole minutes, at least one."""
    characters = len(_CJK.findall(text)) if not text.isascii() else 0
    words = len((_CJK.sub(" ", text) if characters else text).split())
    return max(1, math.ceil(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE))


def _cut(text: str) -> str:
    if len(text) <= EXCERPT_LENGTH:
        return text
    head, space, _ = text[: EXCERPT_LENGTH + 1].rpartition(" ")
    # A text without spaces, or with one near its start only (Chinese, a long URL), is cut where it stands.
    head = head if space and len(head) > EXCERPT_LENGTH // 2 else text[:EXCERPT_LENGTH]
    return head.rstrip(" ,;:-(\u2013\u2014") + "…"
