"""masthead.toml: defaults, and what is refused with file, line, key and remedy."""

from pathlib import Path

import pytest

from masthead.content import Publication, read_publication
from masthead.content.publication import parse_publication
from masthead.kernel import InputError

WRONG = {
    b"[sight]\n": ("setting-unknown", 1, "sight"),
    b"[site]\n\ntitel = 'x'\n": ("setting-unknown", 3, "site.titel"),
    b"[site]\ntitle = 1\n": ("setting-invalid", 2, "site.title"),
    b"[site]\nbase_url = 'example.org'\n": ("setting-invalid", 2, "site.base_url"),
    b"[site]\ntimezone = 'Mars/Olympus'\n": ("setting-invalid", 2, "site.timezone"),
    b"[site]\nnavigation = ['/about']\n": ("setting-invalid", 2, "site.navigation"),
    b"[import]\nexclude = 'x'\n": ("setting-invalid", 2, "import.exclude"),
    b"[import.types]\n'a/**' = 3\n": ("setting-invalid", 2, "import.types.a/**"),
    b"site = 3\n": ("setting-invalid", 1, "site"),
    b"[check.overrides.'a/**']\non = []\n": ("setting-unknown", 2, "check.overrides.a/**.on"),
}


@pytest.mark.parametrize("raw", WRONG)
def test_what_is_wrong_is_refused_at_its_place(raw: bytes) -> None:
    """Nothing that is written there is silently ignored."""
    with pytest.raises(InputError) as caught:
        parse_publication(raw, "masthead.toml")
    place = caught.value.place
    assert place is not None
    assert (caught.value.code, place.line, place.path) == WRONG[raw]
    assert caught.value.remedy


def test_broken_toml_names_its_line() -> None:
    """Counted in the file, not in what the reader made of it."""
    with pytest.raises(InputError) as caught:
        parse_publication(b"[site]\ntitle = \n", "masthead.toml")
    assert str(caught.value.place) == "masthead.toml:2:9"


def test_everything_has_a_default(tmp_path: Path) -> None:
    """A folder without the file is a publication."""
    assert read_publication(tmp_path) == Publication()


def test_settings_are_read() -> None:
    """Each table."""
    found = parse_publication(
        b'[site]\ntitle = "T"\nbase_url = "https://example.org/"\n[import]\norigin = "o"\n'
        b'[import.authors]\n"A and B" = ["A and B"]\n[check]\noff = ["x"]\n'
        b'[check.overrides."a/**"]\noff = ["y"]\n',
        "masthead.toml",
    )
    assert found.site.stated() == {"title": "T", "base_url": "https://example.org"}
    assert (found.imports.origin, found.imports.authors) == ("o", {"A and B": ("A and B",)})
    assert (found.check.off, found.check.overrides) == (("x",), {"a/**": ("y",)})
