"""A document is parsed and validated once; what is kept of it is small: no syntax tree, no tokens."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    parse,
)

from masthead.graphql.document_limits import (
    check_document,
    check_size,
    nested_too_deeply,
    validate_document,
)
from masthead.graphql.errors import (
    OPERATION_UNKNOWN,
    PARSE_FAILED,
    RefusedError,
    mistake,
    refuse,
)
from masthead.graphql.inputs import filter_shapes
from masthead.graphql.limits import Limits, exceeded
from masthead.graphql.liveness import Liveness, liveness_of
from masthead.graphql.structure import Structure, structure_of
from masthead.graphql.variables import Coercer


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A valid operation, the same only as itself: its text, how its variables are coerced, and which of
    them decide the SQL. `places` are the offsets of their definitions, for errors; `label` is what the
    document calls it, empty where it does not."""

    source: str
    name: str | None
    coercer: Coercer
    structure: Structure
    places: Mapping[str, int]
    label: str = ""
    is_mutation: bool = False
    is_subscription: bool = False
    live: Liveness | None = None


def prepare(
    schema: GraphQLSchema,
    source: str,
    operation_name: str | None,
    unique: Collection[str],
    limits: Limits,
) -> Prepared:
    """The operation of that name in the document. Raises RefusedError."""
    check_size(source, limits)
    document = parse_document(source, limits)
    check_document(document, limits)
    validate_document(schema, document, limits)
    operation, fragments = select_operation(document, operation_name)
    definitions = operation.variable_definitions or ()
    return Prepared(
        source,
        operation_name,
        Coercer(schema, definitions, limits),
        structure_of(operation, fragments, unique, filter_shapes(schema, definitions)),
        {each.variable.name.value: each.loc.start for each in definitions if each.loc is not None},
        operation.name.value if operation.name else "",
        operation.operation is OperationType.MUTATION,
        operation.operation is OperationType.SUBSCRIPTION,
        liveness_of(operation),
    )


def parse_document(source: str, limits: Limits) -> DocumentNode:
    """The syntax tree. Raises RefusedError."""
    try:
        return parse(source, max_lexical_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        if "Parsing aborted" not in error.message:
            raise refuse([error], PARSE_FAILED) from error
        if "nested" in error.message:
            raise RefusedError([nested_too_deeply()]) from error
        sent = f"The document has more than {limits.tokens:,} tokens"
        raise RefusedError([exceeded("tokens", limits.tokens, sent, "Split it.")]) from error


def select_operation(
    document: DocumentNode, name: str | None
) -> tuple[OperationDefinitionNode, dict[str, FragmentDefinitionNode]]:
    """The operation to run and the document's fragments. Raises RefusedError.

    Validation has said that the schema has its kind: subscriptions only over what is public, mutations only
    where people edit.
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
