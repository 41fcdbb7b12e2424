"""The crawler and its oracle can fail: a test that only ever finds nothing proves nothing."""

from pathlib import Path

import httpx
from tests.story.crawl import Folder, crawl, internal_targets

PAGE = (
    '<a href="/there#part">a</a><a href="gone">b</a><img src="/lost.png"><a href="https://else.where/">c</a>'
)


def _answer(request: httpx.Request) -> httpx.Response:
    found = request.url.path in ("/posts/page", "/there")
    return httpx.Response(200 if found else 404, text=PAGE if found else "")


async def test_what_leads_nowhere_is_found() -> None:
    """Links and images of the same site are followed once each; those that fail are told with their page."""
    client = httpx.AsyncClient(transport=httpx.MockTransport(_answer), base_url="http://site.example")
    findings = await crawl(client, ["/posts/page"])
    assert (findings.pages, findings.followed) == (1, 3)
    assert findings.broken == [
        ("/posts/page", "http://site.example/posts/gone", 404),
        ("/posts/page", "http://site.example/lost.png", 404),
    ]


def test_only_targets_of_the_same_site_count() -> None:
    """Other hosts and data URLs are not ours to follow."""
    html = '<a href="mailto:a@b.c">a</a><img src="data:image/png;base64,xx"><a href="/x">b</a>'
    assert internal_targets(html, "http://site.example/") == ["http://site.example/x"]


def test_the_folder_knows_what_was_sound(tmp_path: Path) -> None:
    """A file, a declared path and an alias were; so was each behind one mount; anything else was not."""
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "v1.0.0.md").write_text("---\ntitle: A\naliases: [/old/one.html]\n---\n")
    (tmp_path / "two.md").write_text('+++\npath = "2015/09/17/Two"\n+++\n')
    (tmp_path / "picture.png").write_bytes(b"")
    folder = Folder.read(tmp_path)
    sound = ["/release/v1.0.0/", "/blog/release/v1.0.0", "/old/one", "/2015/09/17/Two.html", "/picture.png"]
    assert [path for path in sound if not folder.had(path)] == []
    assert not folder.had("/nowhere")
    assert not folder.had("/a/b/release/v1.0.0")
