"""What Markdown becomes: the elements that the site, the feeds and the studio all show."""

import pickle
import re

import pytest

from masthead.markdown import Heading, anchors, find_headings, render


def html(source: str) -> str:
    """The HTML of a source, without the line end behind it."""
    return render(source).html.strip()


def test_a_table_scrolls_inside_itself_and_the_keyboard_reaches_it() -> None:
    """Alignment is kept; the box around it is what scrolls."""
    assert html("| a | b |\n|---|--:|\n| c | d |") == (
        '<div class="table" tabindex="0"><table>\n<thead>\n<tr>\n<th>a</th>\n'
        '<th align="right">b</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td>c</td>\n<td align="right">d</td>\n</tr>\n</tbody>\n</table></div>'
    )


def test_a_footnote_leads_there_and_back() -> None:
    """Both ends have prefixed ids, and both links use them."""
    shown = html("a[^n]\n\n[^n]: b")
    ids = re.findall(r' id="([^"]+)"', shown)
    assert ids == ["user-content-fnref-n", "user-content-fn-n"]
    assert re.findall(r' href="#([^"]+)"', shown) == ["user-content-fn-n", "user-content-fnref-n"]


def test_an_alert_is_marked_as_one() -> None:
    """GitHub's five kinds, with their titles."""
    assert html("> [!WARNING]\n> x") == (
        '<div class="markdown-alert markdown-alert-warning">\n'
        '<p class="markdown-alert-title">Warning</p>\n<p>x</p>\n</div>'
    )


def test_a_task_shows_its_state_and_cannot_be_changed() -> None:
    """The box is disabled and says its state to a screen reader."""
    assert html("- [x] a\n- [ ] b") == (
        '<ul>\n<li><input type="checkbox" checked="" disabled="" aria-label="done"> a</li>\n'
        '<li><input type="checkbox" disabled="" aria-label="to do"> b</li>\n</ul>'
    )


def test_an_image_alone_with_a_title_is_a_figure() -> None:
    """The title is the caption; an image without one, or within a text, stays an image."""
    assert html('![alt](a.png "A & <b>")') == (
        '<figure><img src="a.png" alt="alt"><figcaption>A &amp; &lt;b&gt;</figcaption></figure>'
    )
    assert html('[![alt](a.png "T")](b)') == (
        '<figure><a href="b"><img src="a.png" alt="alt"></a><figcaption>T</figcaption></figure>'
    )
    assert html("![alt](a.png)") == '<p><img src="a.png" alt="alt"></p>'
    assert html('x ![alt](a.png "T")') == '<p>x <img src="a.png" alt="alt" title="T"></p>'


def test_formulas_are_mathml() -> None:
    """Inside a line and on their own; the TeX stays as the text for those who copy."""
    assert html("$x^2$") == (
        '<p><span class="math math-inline"><math display="inline" alttext="x^2"><mrow><msup><mi>x</mi>'
        "<mn>2</mn></msup></mrow></math></span></p>"
    )
    assert '<div class="math math-display" tabindex="0"><math display="block"' in html("```math\nx\n```")
    assert '<span class="math math-display"><math display="block"' in html("$$x$$")


@pytest.mark.parametrize("tex", [r"\frac{", r"\nosuch{x}", r"\text{a<b}", "{" * 3000 + "}" * 3000])
def test_tex_that_is_not_understood_stays_tex(tex: str) -> None:
    """No half formula and no error page."""
    shown = html(f"```math\n{tex}\n```")
    assert shown.startswith('<div class="math math-display" tabindex="0">')
    assert "<math" not in shown


def test_prices_are_no_formula() -> None:
    """No digit may follow the closing dollar (Pandoc's rule)."""
    assert html("from $5/GB (now $4.20)") == "<p>from $5/GB (now $4.20)</p>"


def test_a_drawing_keeps_its_source() -> None:
    """Whoever shows the page may draw it."""
    assert html('```mermaid title="Flow"\na-->b\n```') == (
        '<figure class="diagram" data-language="mermaid"><pre tabindex="0"><code>a--&gt;b\n</code></pre>'
        "<figcaption>Flow</figcaption></figure>"
    )


def test_a_frame_is_offered_as_a_link() -> None:
    """Nothing of another site is loaded into the page; nothing is lost either."""
    assert html('<iframe src="https://v.example/1" title="A talk"></iframe>') == (
        '<a href="https://v.example/1">A talk</a>'
    )
    assert html("<iframe></iframe>") == ""


def test_what_readers_without_scripts_see_is_what_all_see() -> None:
    """There are no scripts in a text."""
    assert html("<noscript>\n<img src=a.png>\n</noscript>").strip() == '<img src="a.png">'


# --- headings ---------------------------------------------------------------------------------------


def test_heading_ids_are_githubs_and_unique() -> None:
    """Also where one heading is called like another's number."""
    source = "# A b!\n## `x_y` é -- z\n## A b\n## A b 1\n## A b\n## ...\n## {#own}\n## T {#my-id}\n"
    ids = re.findall(r'<h\d id="([^"]+)"', html(source))
    assert ids == ["a-b", "x_y-é----z", "a-b-1", "a-b-1-1", "a-b-2", "section", "own", "my-id"]


def test_contents_are_the_levels_below_the_title() -> None:
    """Two to four, in order, without footnote marks; headings of raw HTML are headings."""
    toc = render("# T\n## A *b*[^1]\n#### C\n##### D\n<h3>E</h3>\n\n##\n\n[^1]: x").toc
    assert toc == (Heading(2, "a-b", "A b"), Heading(4, "c", "C"), Heading(3, "e", "E"))


def test_a_link_within_the_page_finds_its_target() -> None:
    """A heading, an id or a name of raw HTML, and what another generator would have called the heading."""
    source = "## cargo doc --serve\n<a id=here></a><a name=there></a>\n[a](#cargo-doc---serve)"
    shown = html(f"{source} [b](#cargo-doc-serve) [c](#here) [d](#there) [e](#nowhere) [f](#)")
    assert re.findall(r'href="([^"]+)"', shown) == [
        "#cargo-doc---serve",
        "#cargo-doc---serve",
        "#user-content-here",
        "#user-content-there",
        "#nowhere",
        "#",
    ]
    assert re.findall(r' id="([^"]+)"', shown)[1:] == ["user-content-here", "user-content-there"]


def test_headings_are_found_where_they_stand() -> None:
    """In both of Markdown's forms, not in code."""
    found = find_headings("# A *b*\n\n```\n# no\n```\n> ## C {#d}\n\nE\n---\n")
    assert [(each.level, each.text, each.anchor, each.line, each.column) for each in found] == [
        (1, "A b", "a-b", 1, 1),
        (2, "C", "d", 6, 3),
        (2, "E", "e", 8, 1),
    ]


def test_anchors_are_everything_that_a_fragment_may_name() -> None:
    """With and without the prefix that ids of raw HTML get."""
    assert {"a", "x", "user-content-x"} <= anchors("# A\n<b id=x></b>")


# --- links ------------------------------------------------------------------------------------------


def test_links_answers_for_every_url() -> None:
    """None drops a link and keeps its text; of an image it leaves the alternative text."""
    answers = {"entry:1#x": "/posts/a#x", "asset:2": "/assets/2/b.png", "gone": None}
    asked: list[tuple[str, str]] = []

    def links(kind: str, url: str) -> str | None:
        asked.append((kind, url))
        return answers.get(url, url)

    shown = render("[a](entry:1#x) ![b](asset:2) [c](gone) ![d & e](gone) <a href=r>f</a>", links).html
    assert shown == (
        '<p><a href="/posts/a#x">a</a> <img src="/assets/2/b.png" alt="b"> <a>c</a> d &amp; e '
        '<a href="r">f</a></p>\n'
    )
    assert asked == [
        ("link", "entry:1#x"),
        ("image", "asset:2"),
        ("link", "gone"),
        ("image", "gone"),
        ("link", "r"),
    ]


def test_an_answer_is_escaped() -> None:
    """Whatever it holds, it stays an attribute's value."""
    shown = render("[a](b)", lambda _, __: '/x?a=1&b="<c>"').html
    assert shown == '<p><a href="/x?a=1&amp;b=&quot;&lt;c&gt;&quot;">a</a></p>\n'


def test_a_picture_in_a_url_must_be_a_raster() -> None:
    """SVG can run; PNG, JPEG, GIF, WebP and AVIF cannot."""
    assert html("![a](data:image/png;base64,AAAA)") == '<p><img src="data:image/png;base64,AAAA" alt="a"></p>'
    assert html("![a](data:image/svg+xml;base64,AAAA)") == "<p>a</p>" or "src" not in html(
        "![a](data:image/svg+xml;base64,AAAA)"
    )


def test_results_travel_between_processes() -> None:
    """The import renders in several."""
    rendered = render("# A\n\nb")
    assert pickle.loads(pickle.dumps(rendered)) == rendered
    assert rendered == render("# A\n\nb")


@pytest.mark.parametrize(
    "opener", ["> ", "[", "![", "*a ", "- ", "<div>", "<b>", "`", "$", "<!--", "[a](", "</b>"]
)
def test_nesting_without_end_is_rendered(opener: str) -> None:
    """A process that falls over would take the whole import with it."""
    assert isinstance(html(opener * 5000), str)
