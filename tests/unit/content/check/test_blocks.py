"""Links, anchors and images in the Markdown of blocks are looked at as those of a body are."""

from pathlib import Path

import pytest

from masthead.content.check import check_folder

CONTENT = """
import masthead as mh


class Quote(mh.Block):
    text: mh.Markdown
    source: str | None = None


class Note(mh.Block):
    words: str


class Study(mh.Entry, path="/studies/{slug}"):
    title: str
    slug: mh.Slug = mh.slug("title")
    sections: list[Quote | Note] = []
"""

STUDY = """\
---
title: A study
sections:
  - type: quote
    text: "[Not there](gone.md), ![](gone.png) and [no such part](#nothing)"
    source: "[Not Markdown](gone.md)"
  - type: Note
    words: "[Not Markdown](gone.md)"
  - {type: Quote, Text: "## A part\\n\\n[There](#a-part), [too](#body), [and here](other.md#told)"}
  - [not, a, table]
---

## Body

[In a block](#a-part)
"""

OTHER = """\
+++
title = "Another"
[[sections]]
type = "Quote"
text = '''
# Told
'''
+++
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with sections of every kind, and another that it leads to."""
    (tmp_path / "content.py").write_text(CONTENT)
    (tmp_path / "masthead.toml").write_text('[import.types]\n"studies/**" = "Study"\n')
    (tmp_path / "studies").mkdir()
    (tmp_path / "studies" / "a.md").write_text(STUDY)
    (tmp_path / "studies" / "other.md").write_text(OTHER)
    return tmp_path


def test_what_is_broken_in_a_block_is_found_at_its_key(folder: Path) -> None:
    """Only in Markdown fields; headings of blocks are anchors of the page, from everywhere."""
    wanted = ("link-", "anchor-", "image-", "alt-")
    found = [each for each in check_folder(folder).findings if each.rule.startswith(wanted)]
    assert [(each.rule, str(each.place)) for each in found] == [
        ("alt-missing", "studies/a.md:5:5"),
        ("anchor-missing", "studies/a.md:5:5"),
        ("image-missing", "studies/a.md:5:5"),
        ("link-broken", "studies/a.md:5:5"),
    ]
