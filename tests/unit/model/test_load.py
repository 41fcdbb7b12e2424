"""A publication's folder becomes its model: content.py and content.lock, or the default publication."""

from pathlib import Path

import pytest

from masthead.kernel import ModelError
from masthead.model import default_model, load_model

CONTENT = '''
import masthead as mh


class Person(mh.Entry, path="/people/{slug}"):
    """Someone."""

    name: str
    slug: mh.Slug = mh.slug("name")
'''


def test_a_folder_without_content_py_is_the_default_publication(tmp_path: Path) -> None:
    """Nothing to declare, nothing to write."""
    loaded = load_model(tmp_path)
    assert loaded.model == default_model()
    assert [each.name for each in loaded.model] == ["Post", "Page", "Author", "Tag", "Asset", "Site"]
    assert not loaded.write_lock()


def test_content_py_declares_the_types_and_content_lock_appears(tmp_path: Path) -> None:
    """The lock is written once and then only when something was born."""
    (tmp_path / "content.py").write_text(CONTENT, "utf-8")
    loaded = load_model(tmp_path)
    assert [each.name for each in loaded.model] == ["Person", "Asset", "Site"]
    assert loaded.write_lock()
    assert (tmp_path / "content.lock").exists()
    assert not load_model(tmp_path).write_lock()


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("import masthead as mh\n\nx = 1 / 0\n", "ZeroDivisionError", 3),
        ("import masthead as mh\nclass Post(mh.Entry:\n", "SyntaxError", 2),
        ("import masthead as mh\n", "declares no content type", None),
    ],
)
def test_a_content_py_that_does_not_run_is_refused_at_its_line(
    tmp_path: Path, source: str, message: str, line: int | None
) -> None:
    """The error names the file and the line."""
    (tmp_path / "content.py").write_text(source, "utf-8")
    with pytest.raises(ModelError, match=message) as refused:
        load_model(tmp_path)
    assert refused.value.place
    assert refused.value.place.file == str(tmp_path / "content.py")
    assert refused.value.place.line == line
