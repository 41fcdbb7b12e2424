"""content.lock: identities and physical names are given once and never change."""

from pathlib import Path

import pytest

from masthead.kernel import ModelError
from masthead.model import DEFAULT_PUBLICATION, ContentLock, compile_model, default_lock, read_lock

PLAIN: dict[str, tuple[str, ...]] = {"title": (), "body": ("_html", "_text")}


def test_default_lock_is_up_to_date() -> None:
    """The lock that travels with the package knows every field of the default publication."""
    lock = default_lock()
    assert compile_model(DEFAULT_PUBLICATION, lock)[1].to_text() == lock.to_text()


def test_a_lock_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Writing and reading loses nothing; a folder without a lock has an empty one."""
    lock = ContentLock().with_type("CaseStudy", PLAIN)
    path = tmp_path / "content.lock"
    assert read_lock(path) == ContentLock()
    path.write_text(lock.to_text(), "utf-8")
    assert read_lock(path) == lock
    assert lock.types["CaseStudy"].table == "case_study"


def test_what_has_an_identity_keeps_it() -> None:
    """Adding a field gives it an identity and leaves all others as they were."""
    first = ContentLock().with_type("Post", PLAIN)
    second = first.with_type("Post", {**PLAIN, "rank": ()})
    assert second.types["Post"].fields["title"] == first.types["Post"].fields["title"]
    assert second.types["Post"].fields["rank"].column == "rank"


def test_two_branches_that_add_the_same_field_agree() -> None:
    """Identities come from the birth name, so that merging two branches is not a conflict."""
    one = ContentLock().with_type("Post", {"a": (), "b": ()})
    other = ContentLock().with_type("Post", {"b": ()}).with_type("Post", {"a": ()})
    assert one.to_text() == other.to_text()


def test_identities_are_unique_across_types() -> None:
    """No two types or fields share an identity."""
    lock = ContentLock().with_type("Post", PLAIN).with_type("Page", PLAIN)
    found = [field.identity for each in lock.types.values() for field in each.fields.values()]
    found += [each.identity for each in lock.types.values()]
    assert len(found) == len(set(found)) == 6


@pytest.mark.parametrize("name", ["body_html", "a_name_that_is_far_too_long_for_an_index"])
def test_a_name_that_would_clash_or_not_fit_gets_its_identity(name: str) -> None:
    """A field called like a Markdown field's further column, or too long, gets another column."""
    lock = ContentLock().with_type("Post", PLAIN).with_type("Post", {name: ()})
    field = lock.types["Post"].fields[name]
    assert field.column == f"{name[:15]}_{field.identity}"


def test_a_markdown_field_does_not_swallow_an_older_column() -> None:
    """A Markdown field whose further columns are taken gets another column itself."""
    lock = ContentLock().with_type("Post", {"body_html": ()}).with_type("Post", {"body": ("_html",)})
    field = lock.types["Post"].fields["body"]
    assert field.column == f"body_{field.identity}"


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"format": 2, "types": {}}', '{"format": 1, "types": {"A": {}}}']
)
def test_a_damaged_lock_is_refused(tmp_path: Path, text: str) -> None:
    """A lock that cannot be read names its file and says where to get it back."""
    path = tmp_path / "content.lock"
    path.write_text(text, "utf-8")
    with pytest.raises(ModelError, match="cannot be read") as refused:
        read_lock(path)
    assert refused.value.place
    assert refused.value.place.file == str(path)
    assert "version control" in refused.value.remedy
