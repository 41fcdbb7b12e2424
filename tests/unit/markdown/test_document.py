"""A file is taken apart, or refused with file, line, column and remedy."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.kernel import InputError
from masthead.markdown import parse_document


def refusal(raw: bytes) -> InputError:
    """The error that a file is refused with."""
    with pytest.raises(InputError) as caught:
        parse_document(raw, "a.md")
    return caught.value


def spot(error: InputError) -> tuple[str | None, int | None, int | None]:
    """Where it says that the fault lies."""
    assert error.place is not None
    return error.place.file, error.place.line, error.place.column


@pytest.mark.parametrize(
    ("raw", "front", "language", "body", "line"),
    [
        (b"---\ntitle: x\n---\nbody\n", {"title": "x"}, "yaml", "body\n", 4),
        (b'+++\ntitle = "x"\n+++\nbody\n', {"title": "x"}, "toml", "body\n", 4),
        (b'{"title": "x"}\nbody\n', {"title": "x"}, "json", "body\n", 2),
        (b'{\n "title": "x"\n}\n\nbody\n', {"title": "x"}, "json", "\nbody\n", 4),
        (b"body\n", {}, None, "body\n", 1),
        (b"", {}, None, "", 1),
        (b"---\n---\nbody", {}, "yaml", "body", 3),
        (b"---\n# nothing\n---\n", {}, "yaml", "", 4),
        (b"+++\n+++\n", {}, "toml", "", 3),
        (b"{}\nbody", {}, "json", "body", 2),
        (b"---\nx: 1\n...\nbody", {"x": 1}, "yaml", "body", 4),
        (b"---  \nx: 1\n---\t\nbody", {"x": 1}, "yaml", "body", 4),
        (b"---\nx: |\n  ---\n---\nbody\n---\n", {"x": "---\n"}, "yaml", "body\n---\n", 5),
        (b"text\n---\nx: 1\n---\n", {}, None, "text\n---\nx: 1\n---\n", 1),
        (b"{% raw %}\n", {}, None, "{% raw %}\n", 1),
        (b"{#x}\n", {}, None, "{#x}\n", 1),
        (b"----\n", {}, None, "----\n", 1),
    ],
)
def test_the_fence_says_the_language(
    raw: bytes, front: dict[str, object], language: str | None, body: str, line: int
) -> None:
    """`---` is YAML, `+++` is TOML, `{` before a key is JSON, and everything else is text."""
    document = parse_document(raw, "a.md")
    assert (document.front, document.front_format, document.body, document.body_line) == (
        front,
        language,
        body,
        line,
    )


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    """The mark is no text; the body keeps its line ends."""
    document = parse_document(b"\xef\xbb\xbf---\r\ntitle: x\r\nn: 1\r\n---\r\nbody\r\n", "a.md")
    assert (document.front, document.body, document.body_line) == ({"title": "x", "n": 1}, "body\r\n", 5)
    assert (document.position_of("n").line, document.position_of("n").column) == (3, 1)


@pytest.mark.parametrize(
    ("raw", "key", "line", "column"),
    [
        (b"---\ntitle: x\ndate: 2025-03-19\n---\n", "date", 3, 1),
        (b"---\na:\n  b:\n    - c: 1\n  d: 2\n---\n", "a.d", 5, 3),
        (b"---\na:\n  b:\n    - c: 1\n    - c: 2\n---\n", "a.b.1.c", 5, 7),
        (b"---\na:\n  b:\n    - c: 1\n---\n", "a.b.7.c", 3, 3),
        (b'+++\ntitle = "x"\n[extra]\n  cover = "y"\n+++\n', "extra.cover", 4, 3),
        (b"+++\n[[a]]\nb = 1\n[[a]]\nb = 2\n+++\n", "a.1.b", 5, 1),
        (b"+++\n[[a]]\nb = 1\n[[a]]\nb = 2\n+++\n", "a", 2, 3),
        (b'+++\na = """\nb = 1\n"""\nb = 2\n+++\n', "b", 5, 1),
        (b'{"title": "x",\n "date": "2025"}\n', "date", 2, 2),
        (b'{"a": {"b": [{"c": 1}], "d": 2}}\n', "a.d", 1, 25),
        (b"---\ntitle: x\n---\n", "title.part", 2, 1),
        (b"---\ntitle: x\n---\n", "nothing", 1, 1),
    ],
)
def test_every_key_has_a_place(raw: bytes, key: str, line: int, column: int) -> None:
    """Nested keys too; what is not there has the place of what is above it."""
    place = parse_document(raw, "a.md").position_of(key)
    assert (place.file, place.line, place.column, place.path) == ("a.md", line, column, key)


def test_dates_are_what_yaml_says_they_are() -> None:
    """A date is a date, a moment with a zone is aware; keys keep their text."""
    front = parse_document(
        b"---\na: 2025-03-19\nb: 2025-03-19T10:00:00Z\non: 1\n2024: x\n---\n", "a.md"
    ).front
    assert front == {"a": date(2025, 3, 19), "b": datetime(2025, 3, 19, 10, tzinfo=UTC), "on": 1, "2024": "x"}


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        (b"---\ntitle: x\n", "front-matter-unclosed", 1, 1),
        (b"+++\ntitle = 1\n", "front-matter-unclosed", 1, 1),
        (b"---\ntitle: x\ndate: 2025-02-31\n---\n", "front-matter-value", 3, 7),
        (b"---\na:\n  - 1\n  - 2025-13-01\n---\n", "front-matter-value", 4, 5),
        (b"---\na: {b: {c: 2025-02-30}}\n---\n", "front-matter-value", 2, 12),
        (b"---\ntitle: x\ntitle: y\n---\n", "front-matter-duplicate-key", 3, 1),
        (b"---\na: {x: 1, x: 2}\n---\n", "front-matter-duplicate-key", 2, 11),
        (b"---\na: b: c\n---\n", "front-matter-syntax", 2, 5),
        (b"---\n- a\n---\n", "front-matter-syntax", 2, 1),
        (b"---\njust text\n---\n", "front-matter-syntax", 2, 1),
        (b"---\na: !!python/object/apply:os.system [ls]\n---\n", "front-matter-syntax", 2, 4),
        (b"---\nab: \x07\n---\n", "front-matter-syntax", 2, 5),
        (b'---\na: "\\u0000"\n---\n', "front-matter-syntax", 2, 1),
        (b"---\na: &a [*a]\n---\n", "front-matter-alias", 2, 4),
        (b'+++\ntitle = "x"\ndate = 2025-02-31\n+++\n', "front-matter-syntax", 3, 8),
        (b"+++\na = 1\na = 2\n+++\n", "front-matter-syntax", 3, 6),
        (b'{"a": 1, "a": 2}\n', "front-matter-duplicate-key", 1, 10),
        (b'{"a": 1,\n "b": }\n', "front-matter-syntax", 2, 7),
        (b'{"a": NaN}', "front-matter-syntax", 1, 1),
        (b'{"a": "\\ud800"}', "front-matter-syntax", 1, 2),
        (b"ok\nde\xff", "invalid-utf8", 2, 3),
        ("é\nü".encode() + b"\xc3\n", "invalid-utf8", 2, 2),
        ("ab".encode("utf-16"), "invalid-utf8", 1, 1),
        (b"a\nb\0", "invalid-utf8", 2, 2),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(raw: bytes, code: str, line: int, column: int) -> None:
    """The line and the column are the file's own, counted from 1 in characters."""
    error = refusal(raw)
    assert (error.code, *spot(error)) == (code, "a.md", line, column)
    assert error.remedy


@pytest.mark.parametrize("fence", ["---\na: {}\n---", "+++\na = {}\n+++", '{{"a": {}'])
@pytest.mark.parametrize("opener", ["[", '{"a":', "- ", "? "])
def test_deep_nesting_is_refused_and_does_not_end_the_process(fence: str, opener: str) -> None:
    """A hundred thousand levels in a file of a few hundred kilobytes."""
    refusal(fence.format(opener * 100_000).encode())


def test_deep_indentation_is_refused() -> None:
    """Nesting without brackets costs a line a level."""
    lines = "\n".join(f"{' ' * depth}a:" for depth in range(500))
    assert refusal(f"---\n{lines}\n---\n".encode()).code == "front-matter-syntax"


def test_aliases_that_multiply_are_refused_before_they_do() -> None:
    """Nine lines that stand for a billion values (the "billion laughs")."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert refusal("\n".join(["---", *lines, "---"]).encode()).code == "front-matter-alias"


def test_merged_aliases_that_multiply_are_refused() -> None:
    """Merge keys copy; a chain of them is an alias bomb too."""
    lines = ["a0: &a0 {k: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 9)]
    assert refusal("\n".join(["---", *lines, "---"]).encode()).code == "front-matter-alias"


def test_a_chain_of_aliases_does_not_exhaust_the_stack() -> None:
    """Each alias adds a level that no indentation shows."""
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 3000))]
    assert refusal("\n".join(["---", *lines, "---"]).encode()).code == "front-matter-alias"


def test_ordinary_aliases_and_merges_work() -> None:
    """They are YAML; nothing is wrong with a few."""
    raw = b"---\nbase: &b {x: 1}\nmore:\n  <<: *b\n  y: 2\nagain: *b\n---\n"
    front = parse_document(raw, "a.md").front
    assert front == {"base": {"x": 1}, "more": {"x": 1, "y": 2}, "again": {"x": 1}}


_lines = st.lists(
    st.sampled_from(["---", "+++", "{", "}", "a: 1", "a = 1", '"a": 1', "- x", "&a", "*a", "é", "\t", "'"])
)


@given(st.one_of(st.binary(max_size=60), _lines.map(lambda lines: "\n".join(lines).encode())))
def test_every_input_is_a_document_or_one_error_with_a_place(raw: bytes) -> None:
    """Nothing else is ever raised, and the body is the file's own end."""
    try:
        document = parse_document(raw, "a.md")
    except InputError as error:
        is_whole = error.place is not None and error.place.line is not None and bool(error.remedy)
    else:
        is_whole = raw.decode("utf-8-sig").endswith(document.body)
    assert is_whole
