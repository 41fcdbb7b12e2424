"""YAML front matter: PyYAML's C parser, safe types only, with the place of every key.

Each top-level value is built on its own, so that a date that does not exist (2025-02-31) is
reported at its place. Duplicate keys are refused: YAML forbids them (1.2.2, section 3.2.1.1),
PyYAML would silently keep the last. What strains the process is refused before it is built.
"""

from collections.abc import Iterator

import yaml

from masthead.markdown.front_matter import (
    MAX_DEPTH,
    MAX_VALUES,
    FrontMatter,
    FrontMatterError,
    Position,
    refuse_unstorable,
)

_SYNTAX = "front-matter-syntax"
_REMEDY = "Correct the YAML; text with a colon, a # or a leading special character needs quotes."
_MERGE = "tag:yaml.org,2002:merge"


class _Loader(yaml.CSafeLoader):
    """The safe types of YAML, from the C parser."""


def read_yaml(source: str) -> FrontMatter:
    """The keys of a YAML mapping; an empty source has none. Raises FrontMatterError."""
    try:
        return _read(source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "it cannot be read"
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise FrontMatterError(
            _SYNTAX, f"The YAML front matter: {problem}.", _REMEDY, line, column
        ) from error
    except yaml.YAMLError as error:
        raise _unreadable(error, source) from error


def _read(source: str) -> FrontMatter:
    _refuse_depth(source)
    loader = _Loader(source)
    try:
        root = loader.get_single_node()
        if root is None or _is_null(root):
            return FrontMatter({}, {})
        if not isinstance(root, yaml.MappingNode):
            raise _at(root, _SYNTAX, "The front matter is not a list of keys.", "Write `key: value` lines.")
        _refuse_expansion(root)
        positions: dict[str, Position] = {}
        _survey(root, "", positions, set())
        values = _construct(loader, root)
    finally:
        loader.dispose()
    refuse_unstorable(values, positions, source)
    return FrontMatter(values, positions)


def _construct(loader: _Loader, root: yaml.MappingNode) -> dict[str, object]:
    loader.flatten_mapping(root)
    values: dict[str, object] = {}
    for key, value in root.value:
        # The key's own text: YAML 1.1 would read `on`, `no` and `2024` as other things than names.
        name = key.value if isinstance(key, yaml.ScalarNode) else str(loader.construct_object(key, deep=True))
        try:
            values[name] = loader.construct_object(value, deep=True)
        except (ValueError, OverflowError) as error:
            wrong = _first_wrong(loader, value)
            raise _at(
                wrong,
                "front-matter-value",
                f"The value of {name!r} is not possible: {wrong.value} ({error}).",
                "Correct it, or put it in quotes if it is text.",
            ) from error
    return values


def _first_wrong(loader: _Loader, node: yaml.Node) -> yaml.Node:
    """The scalar inside `node` that cannot be built."""
    for scalar in _scalars(node):
        try:
            loader.constructed_objects.pop(scalar, None)
            loader.recursive_objects.pop(scalar, None)
            loader.construct_object(scalar, deep=True)
        except (ValueError, OverflowError):
            return scalar
    return node


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for child in _children(node):
        yield from _scalars(child)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _survey(node: yaml.Node, path: str, positions: dict[str, Position], seen: set[int]) -> None:
    """Note where each key stands and refuse a key given twice; aliases are visited once."""
    if id(node) in seen or not isinstance(node, yaml.CollectionNode):
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _survey(child, f"{path}.{index}", positions, seen)
        return
    names: set[tuple[str, str]] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag == _MERGE:
            continue
        if (key.tag, key.value) in names:
            message = f"The key {key.value!r} is given twice."
            raise _at(key, "front-matter-duplicate-key", message, "Keep one of them.")
        names.add((key.tag, key.value))
        full = f"{path}.{key.value}" if path else key.value
        positions.setdefault(full, (key.start_mark.line + 1, key.start_mark.column + 1))
        _survey(value, full, positions, seen)


def _refuse_expansion(root: yaml.Node) -> None:
    """Refuse aliases that multiply: a few hundred bytes can stand for billions of values.

    Counting is linear: each node is counted once and remembered. An alias of an ancestor never ends.
    """
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()

    def size(node: yaml.Node) -> int:
        if id(node) in open_nodes:
            raise _at(node, "front-matter-alias", "A YAML alias contains itself.", "Write the value out.")
        if id(node) not in sizes:
            open_nodes.add(id(node))
            sizes[id(node)] = 1 + sum(size(child) for child in _children(node))
            open_nodes.discard(id(node))
        return sizes[id(node)]

    if size(root) > MAX_VALUES:
        message = f"The front matter stands for more than {MAX_VALUES:,} values."
        raise _at(root, "front-matter-alias", message, "Write less, and without aliases of aliases.")


def _refuse_depth(source: str) -> None:
    """Refuse nesting that would exhaust the stack, before anything recursive sees it.

    Every level needs an opener of its own, or one more column of indentation: few openers and short
    lines prove that the source is shallow, and only the rest is counted event by event.
    """
    openers = sum(source.count(opener) for opener in ("[", "{", "- ", "? ", "-\t", "?\t"))
    if openers < MAX_DEPTH and len(source) < MAX_DEPTH * MAX_DEPTH // 2:
        return
    depth = 0
    for event in yaml.parse(source, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _at(
                    event, _SYNTAX, f"The front matter nests more than {MAX_DEPTH} levels.", "Flatten it."
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _at(node: yaml.Node | yaml.Event, code: str, message: str, remedy: str) -> FrontMatterError:
    mark = node.start_mark
    assert mark is not None  # noqa: S101 - the C parser marks every node and event
    return FrontMatterError(code, message, remedy, mark.line + 1, mark.column + 1)


def _unreadable(error: yaml.YAMLError, source: str) -> FrontMatterError:
    """A character that YAML does not allow (control characters); libyaml gives its offset."""
    reason = getattr(error, "reason", "it cannot be read")
    offset = getattr(error, "position", 0) or 0
    before = source.encode("utf-8")[:offset].decode("utf-8", "ignore")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return FrontMatterError(
        _SYNTAX, f"The YAML front matter: {reason}.", "Remove the character.", line, column
    )
