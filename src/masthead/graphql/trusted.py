"""Operations that are registered with the server: read from .graphql files or a manifest, checked at start.

A manifest is what clients' tools write: {"<id>": "<document>"} (graphql-codegen, Relay), or Apollo's
{"format": "apollo-persisted-query-manifest", "operations": [{"id", "name", "body"}]}.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from masthead.graphql.documents import TrustedOperations
from masthead.graphql.engine import Engine
from masthead.graphql.errors import RefusedError
from masthead.kernel import InputError, NotFoundError, Place

_SUFFIXES = (".graphql", ".gql")


@dataclass(frozen=True, slots=True)
class _Registered:
    """A document under its id, and where it was read."""

    identity: str
    document: str
    place: str


def load_trusted(path: Path, engine: Engine) -> TrustedOperations:
    """The operations in the file or folder `path`, each found good by `engine`.

    Raises NotFoundError where there is nothing, InputError that names file and place for what is wrong.
    """
    if path.is_dir():
        registered = list(_read_folder(path))
    elif path.suffix in _SUFFIXES:
        registered = list(_read_documents([path]))
    elif path.is_file():
        registered = list(_read_manifest(path))
    else:
        registered = []
    if not registered:
        raise NotFoundError(
            "operations-missing",
            f"There are no operations in {path}.",
            "Name a .graphql file, a folder of such or a JSON manifest with MASTHEAD_GRAPHQL_OPERATIONS.",
        )
    by_id: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for each in registered:
        for name in _check(each, engine):
            if by_name.setdefault(name, each.document) != each.document:
                raise _wrong(each.place, f"The operation {name} is registered twice.", "Rename one.")
        by_id[each.identity] = each.document
        by_id.setdefault(_digest(each.document), each.document)
    return TrustedOperations(by_id, by_name)


def _read_folder(folder: Path) -> Iterator[_Registered]:
    found = sorted(each for each in folder.rglob("*") if each.suffix in _SUFFIXES and each.is_file())
    return _read_documents(found)


def _read_documents(files: Iterable[Path]) -> Iterator[_Registered]:
    """Files that hold operations; fragments may lie in files beside them."""
    parsed = [(file, text, _parse(text, str(file))) for file in files for text in [_read(file)]]
    fragments = {
        each.name.value: each
        for _, _, document in parsed
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }
    for file, text, document in parsed:
        if any(isinstance(each, OperationDefinitionNode) for each in document.definitions):
            missing = _missing(document, fragments)
            joined = "\n".join([text, *(print_ast(each) for each in missing)]) if missing else text
            yield _Registered(_digest(text), joined, str(file))


def _missing(
    document: DocumentNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> list[FragmentDefinitionNode]:
    """The fragments of other files that the document spreads, and those that they spread."""
    own = {each.name.value for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    found: dict[str, FragmentDefinitionNode] = {}
    waiting = _spread(document)
    while waiting:
        name = waiting.pop()
        if name not in own and name not in found and name in fragments:
            found[name] = fragments[name]
            waiting += _spread(fragments[name])
    return list(found.values())


def _spread(node: DocumentNode | FragmentDefinitionNode) -> list[str]:
    names: list[str] = []

    class Spreads(Visitor):
        def enter_fragment_spread(self, spread: FragmentSpreadNode, *_: Any) -> None:
            names.append(spread.name.value)

    visit(node, Spreads())
    return names


def _read_manifest(file: Path) -> Iterator[_Registered]:
    try:
        found = orjson.loads(_read(file))
    except orjson.JSONDecodeError as error:
        raise _wrong(str(file), f"It is not JSON: {error}.", "Write the manifest anew.") from error
    if isinstance(found, dict) and isinstance(found.get("operations"), list):
        pairs = [(each.get("id"), each.get("body")) for each in found["operations"] if isinstance(each, dict)]
    else:
        pairs = list(found.items()) if isinstance(found, dict) else [(None, None)]
    for identity, document in pairs:
        if not isinstance(identity, str) or not isinstance(document, str):
            raise _wrong(str(file), "It is no manifest.", 'Write {"<id>": "<document>"}.')
        yield _Registered(identity, document, f"{file}, {identity[:80]}")


def _check(each: _Registered, engine: Engine) -> list[str]:
    """Prepare every operation of the document, and plan those that need no variables; their names."""
    operations = [
        definition
        for definition in _parse(each.document, each.place).definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    names = [operation.name.value for operation in operations if operation.name]
    for name in names or (None,):
        try:
            engine.check(each.document, name)
        except RefusedError as error:
            raise _refused(each.place, error.errors[0]) from error
        except InputError as error:
            raise _wrong(each.place, error.message, error.remedy) from error
    return names


def _parse(text: str, place: str) -> DocumentNode:
    try:
        return parse(text)
    except GraphQLSyntaxError as error:
        raise _refused(place, error) from error


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(str(file), f"It cannot be read: {error}.", "Write it in UTF-8.") from error


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _refused(file: str, error: GraphQLError) -> InputError:
    where = error.locations[0] if error.locations else None
    return _wrong(file, error.message, "", where.line if where else None, where.column if where else None)


def _wrong(
    file: str, message: str, remedy: str, line: int | None = None, column: int | None = None
) -> InputError:
    return InputError("operation-invalid", message, remedy, Place(file, line, column))
