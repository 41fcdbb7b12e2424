"""What a drawing says lies elsewhere is not fetched: no entity, no declaration, from no file.

Each file that is named here would change the answer if it was read; the drawings that have the same within
themselves show so.
"""

from pathlib import Path

import pytest

from masthead.kernel import InputError
from masthead.media import Probe, probe

SIZES = '<!ATTLIST svg width CDATA "9" height CDATA "9">'
BROKEN = "</svg><oops"
ROOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4">'


def looked_at(tmp_path: Path, declared: str, text: str = "") -> Probe:
    """A drawing of 3 by 4 with this document type."""
    drawing = tmp_path / "x.svg"
    drawing.write_text(f"<!DOCTYPE svg {declared}>{ROOT}<text>{text}</text></svg>")
    return probe(drawing, "x.svg")


def named(tmp_path: Path, content: str) -> list[str]:
    """The ways to name a file that has this content."""
    (tmp_path / "named").write_text(content)
    return [f"{tmp_path}/named", (tmp_path / "named").as_uri(), "named"]


def test_its_own_declarations_count(tmp_path: Path) -> None:
    """So would those of a file."""
    assert looked_at(tmp_path, f"[{SIZES}]") == Probe("image/svg+xml", 9, 9)
    with pytest.raises(InputError):
        looked_at(tmp_path, f'[<!ENTITY a "{BROKEN}">]', "&a;")


@pytest.mark.parametrize("way", range(3))
@pytest.mark.parametrize("kind", ["SYSTEM", 'PUBLIC "-//X//X//EN"'])
def test_declarations_of_another_file_do_not(tmp_path: Path, way: int, kind: str) -> None:
    """Whether it is the document type's own or one that a parameter entity names."""
    file = named(tmp_path, SIZES)[way]
    there = f'{kind} "{file}"'
    for declared in (there, f"[<!ENTITY % a {there}> %a;]", f"{there} [<!ENTITY % a {there}> %a;]"):
        assert looked_at(tmp_path, declared) == Probe("image/svg+xml", 3, 4)


@pytest.mark.parametrize("way", range(3))
def test_an_entity_of_another_file_is_nothing(tmp_path: Path, way: int) -> None:
    """Reading it would break the drawing."""
    file = named(tmp_path, BROKEN)[way]
    assert looked_at(tmp_path, f'[<!ENTITY a SYSTEM "{file}">]', "&a;") == Probe("image/svg+xml", 3, 4)
