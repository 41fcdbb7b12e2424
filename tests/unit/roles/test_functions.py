"""The API process has the functions of the model's computed fields, or does not start."""

from pathlib import Path

import pytest

from masthead.kernel import InputError
from masthead.model import ContentModel, default_model, load_model
from masthead.roles.api.functions import publication_functions

CONTENT = '''
import masthead as mh


class Post(mh.Entry):
    title: str


@Post.field(needs=["title"])
def size(posts: list[Post]) -> list[int]:
    """How long its title is."""
    return [len(post.title) for post in posts]
'''


@pytest.fixture
def applied(tmp_path: Path) -> ContentModel:
    """The model of CONTENT, as the database has it."""
    (tmp_path / "content.py").write_text(CONTENT, "utf-8")
    return ContentModel.from_json(load_model(tmp_path).model.to_json())


def test_functions_are_those_of_content_py(applied: ContentModel, tmp_path: Path) -> None:
    """By the names of type and field."""
    assert list(publication_functions(applied, tmp_path)) == [("Post", "size")]


def test_without_computed_fields_no_folder_is_needed(tmp_path: Path) -> None:
    """And content.py is not run, whatever is in it."""
    (tmp_path / "content.py").write_text("1 / 0", "utf-8")
    assert publication_functions(default_model(), tmp_path) == {}
    assert publication_functions(default_model(), None) == {}


def test_computed_fields_without_a_folder_are_one_clear_error(applied: ContentModel) -> None:
    """It names the fields and the setting."""
    with pytest.raises(InputError, match=r"computes Post\.size.+MASTHEAD_PUBLICATION") as refused:
        publication_functions(applied, None)
    assert refused.value.code == "functions-missing"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("def size", "def length", "Post.size has no function; Post.length is new"),
        ("-> list[int]", "-> list[float]", "Post.size gives or needs something else"),
        ('needs=["title"]', 'needs=["id"]', "Post.size gives or needs something else"),
        ("-> list[int]", "-> list[int | None]", "Post.size may now be None"),
    ],
)
def test_other_functions_than_the_models_are_refused(
    applied: ContentModel, tmp_path: Path, old: str, new: str, says: str
) -> None:
    """An API that promised one thing would do another."""
    (tmp_path / "content.py").write_text(CONTENT.replace(old, new), "utf-8")
    with pytest.raises(InputError) as refused:
        publication_functions(applied, tmp_path)
    assert refused.value.code == "functions-differ"
    assert says in refused.value.message


def test_what_a_function_does_may_change(applied: ContentModel, tmp_path: Path) -> None:
    """And its docstring: neither is a promise to clients."""
    changed = CONTENT.replace("len(post.title)", "0").replace("How long", "Never mind how long")
    (tmp_path / "content.py").write_text(changed, "utf-8")
    assert publication_functions(applied, tmp_path)["Post", "size"].call([1]) == [0]
