"""Code blocks: the info string's three parts, colour by class, and figures."""

import pytest

from masthead.markdown import render
from masthead.markdown.code import Fence, read_info
from masthead.markdown.highlight import highlight


def html(source: str) -> str:
    """The HTML of a source."""
    return render(source).html.strip()


@pytest.mark.parametrize(
    ("info", "language", "title", "lines"),
    [
        ("", "", "", ()),
        ("py", "py", "", ()),
        ("Python", "python", "", ()),
        ("c++", "c++", "", ()),
        ("rust,ignore", "rust", "", ()),
        ("py:src/app.py", "py", "src/app.py", ()),
        ('py title="my app.py" {1,3-5}', "py", "my app.py", (1, 3, 4, 5)),
        ("py {2} filename='a.py'", "py", "a.py", (2,)),
        ("js{1, 4}", "js", "", (1, 4)),
        ("js title=a.js", "js", "a.js", ()),
        ("js {9-7}", "js", "", ()),
        ("js {1-99999999999}", "js", "", tuple(range(1, 100_001))),
        ("{.haskell}", "haskell", "", ()),
        ("js {a}", "js", "", ()),
    ],
)
def test_the_info_string_says_language_file_and_lines(
    info: str, language: str, title: str, lines: tuple[int, ...]
) -> None:
    """In the spellings that other generators use too."""
    assert read_info(info) == Fence(language, title, frozenset(lines))


def test_code_is_a_figure_with_colour_by_class() -> None:
    """No inline style; white space and plain names have no span."""
    assert html("```py:a.py\nx = 1\n```") == (
        '<figure class="code" data-language="py" data-title="a.py"><figcaption>a.py</figcaption>'
        '<pre tabindex="0"><code><span class="n">x</span> <span class="o">=</span> '
        '<span class="mi">1</span>\n</code></pre></figure>'
    )


def test_lines_that_matter_are_marked() -> None:
    """Also where the language is unknown."""
    assert html("```nosuch {2}\na<\nb<\n```") == (
        '<figure class="code" data-language="nosuch"><pre tabindex="0"><code>a&lt;\n'
        '<span class="hll">b&lt;</span>\n</code></pre></figure>'
    )


def test_a_token_over_several_lines_is_closed_on_each() -> None:
    """So that a marked line does not cut through an element."""
    assert highlight('"""a\nb"""', "py") == [
        '<span class="sd">&quot;&quot;&quot;a</span>'.replace("&quot;", '"'),
        '<span class="sd">b"""</span>',
    ]


@pytest.mark.parametrize("language", ["", "text", "nosuch", "plaintext"])
def test_an_unknown_language_is_not_guessed(language: str) -> None:
    """The code is shown as it is."""
    assert highlight("x = 1", language) is None


@pytest.mark.parametrize("language", ["mjs", "cjs", "rs", "console", "shell", "tsx", "toml", "dockerfile"])
def test_the_names_that_authors_write_are_known(language: str) -> None:
    """Some of them are ours, not Pygments'."""
    assert highlight("x", language) is not None


def test_code_is_kept_to_the_character() -> None:
    """Leading blank lines, tabs, trailing spaces and markup."""
    code = "\n\n\ta  \n<b>&amp;\n"
    shown = html(f"```py\n{code}```")
    text = shown.partition("<code>")[2].partition("</code>")[0]
    assert "".join(part.partition(">")[2] if "<" in shown else part for part in f">{text}".split("<")) == (
        "\n\n\ta  \n&lt;b&gt;&amp;amp;\n"
    )


def test_raw_html_inside_code_stays_as_it_is() -> None:
    """A block that its author marked up is not code that we know."""
    assert html("<pre><code>a <b>b</b></code></pre>") == "<pre><code>a <b>b</b></code></pre>"


def test_enormous_code_is_not_coloured() -> None:
    """Colour is not worth waiting for."""
    assert highlight("x\n" * 200_000, "py") is None
