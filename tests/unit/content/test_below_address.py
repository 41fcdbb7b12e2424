"""A folder that is named like its type's address is not said twice in the address."""

import pytest

from masthead.content.slugs import below_address, read_position


@pytest.mark.parametrize(
    ("path", "pattern", "slug"),
    [
        ("releases/1.4.md", "/releases/{slug}", "1.4"),
        ("releases/2026/1.4/index.md", "/releases/{slug}", "2026/1.4"),
        ("notes/1.4.md", "/releases/{slug}", "notes/1.4"),
        ("posts/posts/x.md", "/posts/{slug}", "posts/x"),
        ("about.md", "/{slug}", "about"),
        ("about.md", None, "about"),
    ],
)
def test_the_folder_of_the_address_is_dropped(path: str, pattern: str | None, slug: str) -> None:
    """Once, as a whole folder, and only where the address begins with it."""
    assert below_address(read_position(path), pattern).slug == slug
