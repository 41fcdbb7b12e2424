"""Published HTML cannot carry script: for attacks that we wrote down and for those that we generate."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.markdown.safety import dangers
from tests.unit.markdown.vectors import CLOBBERING, VECTORS

from masthead.markdown import render
from masthead.markdown.commonmark import to_html
from masthead.markdown.sanitise import ID_PREFIX, sanitise


@pytest.mark.parametrize("vector", VECTORS)
def test_a_known_attack_leaves_nothing_that_runs(vector: str) -> None:
    """Alone, inside other Markdown, and inside other HTML."""
    for source in (
        vector,
        f"text *{vector}* text",
        f"> - {vector}",
        f"<div><b>{vector}</b></div>",
        f"[{vector}](x)",
    ):
        assert dangers(render(source).html) == [], source


@pytest.mark.parametrize("vector", VECTORS)
def test_sanitising_again_changes_nothing(vector: str) -> None:
    """What was not stable would be read differently by a browser than by the sanitiser."""
    once = sanitise(to_html(vector))
    assert sanitise(once) == once


def test_the_judge_sees_what_is_dangerous() -> None:
    """A judge that finds nothing anywhere would prove nothing."""
    assert dangers("<script>x</script>") == ["<script>"]
    assert dangers("<p onclick=x>") == ["p[onclick]"]
    assert dangers("<a href='java\tscript:x'>") == ["a[href='java\\tscript:x']"]
    assert dangers("<svg><a xlink:href=x></a></svg>")
    assert dangers("<a href=https://x.example>x</a><img src=y.png>") == []


# --- a generator of attacks -------------------------------------------------------------------------

_NAMES_WORDS = """
a img p div b i span table tr td math mtext mi mo mglyph annotation-xml svg style script title textarea
noscript iframe form input button select details video source object embed template xmp foreignObject
desc h1 pre code li sup section base link meta plaintext noembed select option
"""
_NAMES = _NAMES_WORDS.split()
_KEYS_WORDS = """
href src onerror onload onclick style id name class title alt action formaction xlink:href srcset srcdoc
poster data cite background data-meta data-math-style type http-equiv content autofocus
"""
_KEYS = _KEYS_WORDS.split()


def _mangle(text: str, choices: list[int]) -> str:
    """The same scheme, as browsers also read it: case, entities, white space in between."""
    changes = (
        str,
        str.upper,
        lambda c: f"&#{ord(c)};",
        lambda c: f"&#x{ord(c):x}",
        lambda c: f"\t{c}",
        lambda c: f"{c}\n",
    )
    return "".join(changes[choice % len(changes)](char) for char, choice in zip(text, choices, strict=False))


_urls = st.builds(
    lambda scheme, choices, rest: _mangle(scheme, choices) + rest,
    st.sampled_from(
        ["javascript:", "vbscript:", "data:text/html,", "data:image/svg+xml,", "https:", "entry:"]
    ),
    st.lists(st.integers(0, 11), min_size=24, max_size=24),
    st.sampled_from(
        ["alert(1)", "//x", "<svg onload=alert(1)>", 'x"onerror="alert(1)', "x'>\n<script>alert(1)</script>"]
    ),
)
_BREAKOUTS = """
"><script>alert(1)</script>
'><img src=x onerror=alert(1)>
</textarea><img src=x onerror=alert(1)>
-->
]]>
</style>
</title>
</code></pre>
&quot;&gt;
&lt;script&gt;
<!--
{#x}
$
```
|
"""
_WORDS = (
    "x",
    " ",
    "\n",
    "\n\n",
    "# ",
    "> ",
    "- ",
    "* ",
    "`",
    "[",
    "](",
    ")",
    "![",
    "[^1]",
    "\n[^1]: ",
    "|-|",
)
_breakouts = st.sampled_from([*_BREAKOUTS.split("\n"), "\x00"])
_words = st.sampled_from(_WORDS)
_values = st.one_of(_urls, _breakouts, st.text(max_size=8))
_quotes = st.sampled_from(['"', "'", ""])
_attributes = st.builds(
    lambda key, quote, value: f" {key}={quote}{value}{quote}", st.sampled_from(_KEYS), _quotes, _values
)
_opening = st.builds(
    lambda name, attributes, end: f"<{name}{''.join(attributes)}{end}",
    st.sampled_from(_NAMES),
    st.lists(_attributes, max_size=3),
    st.sampled_from([">", ">", ">", "/>", "", "\n>"]),
)
_closing = st.builds("</{}>".format, st.sampled_from(_NAMES))
_markdown_links = st.builds("{}[{}]({})".format, st.sampled_from(["", "!"]), _values, _values)
_fences = st.builds("\n```{}\n{}\n```\n".format, _values, _values)
_attacks = st.lists(
    st.one_of(_opening, _opening, _closing, _markdown_links, _fences, _breakouts, _words, _urls), max_size=14
).map("".join)


@given(_attacks)
def test_no_generated_attack_leaves_anything_that_runs(source: str) -> None:
    """Tags, attributes, mangled schemes, break-outs and Markdown, in any order and nesting."""
    assert dangers(render(source).html) == []


@given(_attacks)
def test_sanitising_generated_attacks_is_idempotent(source: str) -> None:
    """One pass is enough, and a `<` in the result always opens a tag."""
    once = sanitise(to_html(source))
    assert sanitise(once) == once
    assert sanitise(once, has_raw_html=False) == once
    assert re.sub(r"</?[a-z][a-z0-9-]*(?: [a-z-]+=\"[^\"<>]*\")*>", "", once).count("<") == 0


@given(_attacks, _urls)
def test_a_rewritten_url_is_checked_like_a_written_one(source: str, url: str) -> None:
    """Whatever `links` answers, a URL that runs is not published."""
    assert dangers(render(source, lambda _, __: url).html) == []


@pytest.mark.parametrize("vector", CLOBBERING)
def test_no_id_takes_a_name_that_the_pages_scripts_read(vector: str) -> None:
    """A property of the window is never made by an author, and `name` is never published."""
    ids = re.findall(r'id="([^"]*)"', render(vector).html)
    assert all(name.startswith(ID_PREFIX) or re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in ids)
    assert not {"process", "currentScript", "__next_f", "webpackChunk", "defaultView"} & set(ids)
