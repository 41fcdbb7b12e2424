"""What `masthead new` writes runs at once: it loads, imports, checks and verifies without a finding."""

from pathlib import Path

import pytest
from tests.store.content.folders import bring_in, differences, paths

from masthead.cli.new import start_publication
from masthead.content.check import check_folder
from masthead.kernel import InputError
from masthead.model import LOCK_FILE, MODEL_FILE, default_model, load_model
from masthead.store import Database


async def test_a_new_publication_is_sound(database: Database, tmp_path: Path) -> None:
    """The same tables as the default publication, a post, a page, no finding."""
    folder = tmp_path / "mine"
    written = start_publication(folder)
    assert sorted(path.relative_to(folder).as_posix() for path in written) == [
        *("about.md", LOCK_FILE, MODEL_FILE, "masthead.toml", "posts/first-post.md")
    ]
    model = load_model(folder).model
    assert {each.name: each.identity for each in model} == {
        each.name: each.identity for each in default_model()
    }
    report = await bring_in(database, folder, model)
    assert report.problems == ()
    assert await paths(database) == ["/about", "/authors/your-name", "/posts/first-post", "/tags/meta"]
    assert check_folder(folder).findings == ()
    assert await differences(database, model) == []


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    """Nothing is overwritten."""
    (tmp_path / "x").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        start_publication(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
