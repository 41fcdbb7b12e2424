"""Looking into files: sizes, types, and what only claims to be an image."""

from pathlib import Path

import pytest
from PIL import Image

from masthead.kernel import ConflictError, InputError
from masthead.media import AssetStore, Probe, digest_of_bytes, media_type_of, probe

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}></svg>'


def test_an_images_size_is_found(tmp_path: Path) -> None:
    """Its type is what it is, not what it is called."""
    file = tmp_path / "x.png"
    Image.new("RGB", (30, 20)).save(file, "JPEG")
    assert probe(file, "x.png") == Probe("image/jpeg", 30, 20)


def test_a_camera_that_was_held_sideways_is_believed(tmp_path: Path) -> None:
    """EXIF's orientation swaps width and height."""
    file = tmp_path / "x.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 20)).save(file, exif=exif)
    assert probe(file, "x.jpg") == Probe("image/jpeg", 20, 30)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20px"', (30, 20)),
        ('width="1in" height="2.54cm"', (96, 96)),
        ('viewBox="0 0 300 200"', (300, 200)),
        ('width="100%" height="100%" viewBox="0, 0, 300, 200"', (300, 200)),
        ('width="150" viewBox="0 0 300 200"', (150, 100)),
        ("", (None, None)),
        ('width="1e400" height="-3"', (None, None)),
    ],
)
def test_a_drawings_size_is_found(
    tmp_path: Path, attributes: str, size: tuple[int | None, int | None]
) -> None:
    """From its attributes, else from its view box."""
    file = tmp_path / "x.svg"
    file.write_text(SVG.format(attributes))
    assert probe(file, "x.svg") == Probe("image/svg+xml", *size)


BOMB = (
    '<!DOCTYPE svg [<!ENTITY a "'
    + "x" * 1000
    + '">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 100}">' for old, new in ("ab", "bc", "cd", "de"))
    + ']><svg xmlns="http://www.w3.org/2000/svg">&e;</svg>'
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.png", b""),
        ("x.png", b"GIF89a"),
        ("x.jpg", b"<html>"),
        ("x.svg", b"<html></html>"),
        ("x.svg", b"<svg"),
        ("x.svg", BOMB.encode()),
    ],
)
def test_what_only_claims_to_be_an_image_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    """Also an SVG whose entities would fill the memory."""
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        probe(file, name)
    assert (caught.value.code, name in caught.value.message) == ("asset-not-an-image", True)


def test_an_external_entity_is_not_loaded(tmp_path: Path) -> None:
    """The drawing is taken, the file that it names is not read."""
    file = tmp_path / "x.svg"
    file.write_text(
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4"><text>&a;</text></svg>'
    )
    assert probe(file, "x.svg") == Probe("image/svg+xml", 3, 4)


def test_other_files_have_the_type_of_their_name(tmp_path: Path) -> None:
    """The same on every machine."""
    names = ("a.pdf", "a.webp", "a.AVIF", "a.txt", "a.unheard-of", "a")
    assert [media_type_of(name) for name in names] == [
        *("application/pdf", "image/webp", "image/avif", "text/plain"),
        *("application/octet-stream", "application/octet-stream"),
    ]


def test_the_store_keeps_bytes_once(tmp_path: Path) -> None:
    """Under their digest, readable; a second time is no work."""
    source, store = tmp_path / "x", AssetStore(tmp_path / "assets")
    source.write_bytes(b"bytes")
    digest = digest_of_bytes(b"bytes")
    assert store.keep(source, digest)
    store.settle()
    assert not store.keep(source, digest)
    assert store.path_of(digest) == tmp_path / "assets" / digest[:2] / digest
    assert store.path_of(digest).read_bytes() == b"bytes"


def test_a_file_that_changed_meanwhile_is_not_kept(tmp_path: Path) -> None:
    """A name must not lie about its bytes."""
    source, store = tmp_path / "x", AssetStore(tmp_path / "assets")
    source.write_bytes(b"other")
    with pytest.raises(ConflictError):
        store.keep(source, digest_of_bytes(b"bytes"))
    assert [path for path in (tmp_path / "assets").rglob("*") if path.is_file()] == []


def test_what_is_no_image_at_all_is_told_in_plain_words(tmp_path: Path) -> None:
    """No decoder's name, and no place on this disk."""
    path = tmp_path / "i.png"
    path.write_text("nope")
    with pytest.raises(InputError) as caught:
        probe(path, "i.png")
    assert caught.value.message == "i.png is named as an image and is none: nothing in it begins one."
