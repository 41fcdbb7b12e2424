"""A document is parsed and validated once; what is kept of it is small: no syntax tree, no tokens."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    validate,
)

from masthead.graphql.errors import (
    OPERATION_UNKNOWN,
    PARSE_FAILED,
    VALIDATION_FAILED,
    RefusedError,
    mistake,
    refuse,
)
from masthead.graphql.structure import Structure, structure_of
from masthead.graphql.variables import Coercer


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A valid operation, the same only as itself: its text, how its variables are coerced, and which of
    them decide the SQL. `places` are the offsets of their definitions, for errors."""

    source: str
    name: str | None
    coercer: Coercer
    structure: Structure
    places: Mapping[str, int]


def prepare(
    schema: GraphQLSchema, source: str, operation_name: str | None, unique: Collection[str]
) -> Prepared:
    """The operation of that name in the document. Raises RefusedError."""
    document = parse_document(source)
    if errors := validate(schema, document):
        raise refuse(errors, VALIDATION_FAILED)
    operation, fragments = select_operation(document, operation_name)
    definitions = operation.variable_definitions or ()
    return Prepared(
        source,
        operation_name,
        Coercer(schema, definitions),
        structure_of(operation, fragments, unique),
        {each.variable.name.value: each.loc.start for each in definitions if each.loc is not None},
    )


def parse_document(source: str) -> DocumentNode:
    """The syntax tree. Raises RefusedError."""
    try:
        return parse(source)
    except GraphQLSyntaxError as error:
        raise refuse([error], PARSE_FAILED) from error


def select_operation(
    document: DocumentNode, name: str | None
) -> tuple[OperationDefinitionNode, dict[str, FragmentDefinitionNode]]:
    """The operation to run and the document's fragments. Raises RefusedError.

    It is a query: the schema has no mutations and no subscriptions, which validation has said.
    """
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    fitting = [each for each in operations if name is None or (each.name and each.name.value == name)]
    if len(fitting) != 1:
        known = ", ".join(each.name.value for each in operations if each.name) or "none with a name"
        message = "The document has no operation" + (f" called {name}." if name else " to run.")
        if len(fitting) > 1:
            message = "The document has several operations, and operationName does not say which."
        raise RefusedError([mistake(OPERATION_UNKNOWN, message, f"Its operations: {known}.")])
    return fitting[0], fragments
