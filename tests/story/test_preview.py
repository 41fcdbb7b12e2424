"""A person without an account sees a draft in the shipped site; nothing else that it serves knows of it."""

import os
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from tests.story.conftest import Up
from tests.story.test_browser import _tell_stories

TITLE = "The secret of the sundial"
WORD = "gnomonics"
SECRET = f"""---
title: {TITLE}
slug: secret
date: 2024-05-01
description: What {WORD} has to do with it.
draft: true
tags: [{WORD}]
---

## The shadow

It is about {WORD}, and links to [the public post](/posts/public).

## The hours

Words enough for a second heading.

## The year

And a third.
"""
PUBLIC = "---\ntitle: Public\ndate: 2024-01-01\n---\n\nIt mentions [the other](/posts/secret).\n"
DOCUMENTS = (
    *("/feed.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/llms.txt", "/robots.txt"),
    *("/posts/secret.md", "/api/posts", "/api/posts/secret", f"/api/search?query={WORD}"),
)


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """A publication with one public post and one draft, served by the shipped site."""
    place = tmp_path_factory.mktemp("preview", numbered=True)
    for folder in (place, *place.parents[:2]):
        folder.chmod(0o755)  # PostgreSQL's own user must get through
    publication = place / "blog"
    (publication / "posts").mkdir(parents=True)
    (publication / "posts" / "public.md").write_text(PUBLIC)
    (publication / "posts" / "secret.md").write_text(SECRET)
    running = Up(publication)
    try:
        yield running.wait_until_ready()
    finally:
        running.stop()


@pytest.fixture(scope="module")
def link(up: Up) -> str:
    """The link that `masthead preview` prints, at the address that is served."""
    printed = subprocess.run(
        [sys.executable, "-m", "masthead.cli", "preview", "/posts/secret", str(up.folder)],
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        capture_output=True,
        text=True,
        check=True,
    )
    return up.address + httpx.URL(printed.stdout.strip()).path


def test_only_the_reader_of_the_link_sees_the_draft(up: Up, link: str) -> None:
    """Before, with and after: what everybody gets has none of its words, and is the same bytes."""
    pages = ("/", "/archive", "/tags", "/posts/public")
    with up.client() as public, up.client() as reader:
        before = {path: public.get(path).content for path in pages}
        assert reader.get(link).status_code == 303
        reader.cookies.set("masthead-preview", link.rpartition("/")[2])
        shown = reader.get("/posts/secret")
        assert (shown.status_code, shown.headers["cache-control"]) == (200, "private, no-store")
        assert shown.headers["x-robots-tag"] == "noindex"
        assert f"about {WORD}, and links to" in shown.text
        assert link.rpartition("/")[2] not in shown.text
        assert all(TITLE in reader.get(path).text for path in pages[:2])
        assert WORD in reader.get("/tags").text
        assert 'href="/posts/secret"' in reader.get("/posts/public").text
        assert public.get("/posts/secret").status_code == 404
        after = {path: public.get(path).content for path in pages}
    assert before == after
    assert not any(WORD in each.decode() or TITLE in each.decode() for each in after.values())


def test_documents_search_and_apis_never_know_of_it(up: Up, link: str) -> None:
    """Also when they are asked with everything that a reader of the preview has."""
    token = link.rpartition("/")[2]
    told = {"cookie": f"masthead-preview={token}; __Host-masthead-preview={token}"}
    query = f'{{ posts {{ nodes {{ title }} }} search(query: "{WORD}") {{ totalCount }} }}'
    with up.client() as client:
        for path in DOCUMENTS:
            for headers in ({}, told, {**told, "x-masthead-preview": token}):
                answer = client.get(path, headers=headers)
                assert WORD not in answer.text.replace(f"query={WORD}", ""), path
                assert TITLE not in answer.text, path
        for headers in ({}, told):
            answer = client.post("/graphql", json={"query": query}, headers=headers)
            assert answer.json()["data"] == {
                "posts": {"nodes": [{"title": "Public"}]},
                "search": {"totalCount": 0},
            }


def test_a_browser_reads_a_draft(up: Up, link: str) -> None:
    """With its bar, light and dark, narrow and wide; axe finds nothing; leaving ends it."""
    _tell_stories("preview", BASE_URL=up.address, PREVIEW_LINK=link)
