"""Code in colour: Pygments' tokens as spans with Pygments' short class names, no inline styles."""

from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from masthead.markdown.tags import tag_text

# Names that authors write and Pygments does not know.
_ALIASES = {
    "cjs": "javascript",
    "mjs": "javascript",
    "node": "javascript",
    "mts": "typescript",
    "cts": "typescript",
    "cargo": "toml",
    "jsonc": "json",
    "vue": "html",
    "svelte": "html",
    "mdx": "markdown",
    "dockerfile": "docker",
    "tf": "terraform",
}
_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "output", "mermaid", "math"})
# A lexer is a set of regular expressions over the whole text: beyond this, colour is not worth waiting for.
_LONGEST = 200_000


def highlight(code: str, language: str) -> list[str] | None:
    """Each line of `code` as HTML; None where the language is unknown: nothing is guessed."""
    lexer = _lexer(language)
    if lexer is None or len(code) > _LONGEST:
        return None
    lines: list[list[str]] = [[]]
    open_name = ""
    open_text = ""
    for kind, text in lexer.get_tokens(code):
        name = _class_of(kind)
        if name == open_name:
            open_text += text  # neighbours of one class share a span
            continue
        _add(lines, open_name, open_text)
        open_name, open_text = name, text
    _add(lines, open_name, open_text)
    return ["".join(line) for line in lines]


def _add(lines: list[list[str]], name: str, text: str) -> None:
    """Append a run of one class; a run over several lines is closed and opened again on each."""
    for number, part in enumerate(text.split("\n")):
        if number:
            lines.append([])
        if part:
            escaped = tag_text(part)
            lines[-1].append(f'<span class="{name}">{escaped}</span>' if name else escaped)


@lru_cache(maxsize=128)
def _lexer(language: str) -> Lexer | None:
    name = _ALIASES.get(language, language)
    if name in _PLAIN:
        return None
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _class_of(kind: _TokenType) -> str:
    """The short name; a kind without one takes its parent's. White space and plain text have none."""
    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    name = STANDARD_TYPES.get(kind, "")
    return "" if name == "w" else name
