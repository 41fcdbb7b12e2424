"""What a document may hold, checked before validation: validating costs far more than counting."""

from collections.abc import Iterator, Sequence

from graphql import (
    DirectiveNode,
    DocumentNode,
    ExecutableDefinitionNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    Node,
    OverlappingFieldsCanBeMergedRule,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    specified_rules,
    validate,
)
from graphql.validation import ASTValidationRule, ValidationContext
from graphql.validation.validate import ValidationAbortedError

from masthead.graphql.errors import VALIDATION_FAILED, RefusedError, mistake, refuse
from masthead.graphql.limits import Limits, exceeded

MOST_ERRORS = 20
"""Validation errors that one reply tells of: the next ones would be no help, and each costs time."""

COMPARISONS = 60_000
"""Work of comparing fields of one name with each other, which grows with the square of the document: 60
fragments on one type with the same nine fields take that much. An eighth of graphql-core's own bound, which
takes a second to reach; 1,000 different fields take none of it."""


class BoundedOverlapRule(OverlappingFieldsCanBeMergedRule):
    """The specification's rule, with less patience."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = COMPARISONS


RULES: tuple[type[ASTValidationRule], ...] = tuple(
    BoundedOverlapRule if rule is OverlappingFieldsCanBeMergedRule else rule for rule in specified_rules
)


def check_size(source: str, limits: Limits) -> None:
    """Count the bytes, before anything reads them. Raises RefusedError."""
    size = len(source.encode("utf-8", "replace"))
    if size > limits.document_bytes:
        message = f"The document has {size:,} bytes; the limit `document_bytes` is {limits.document_bytes:,}."
        raise RefusedError([mistake("DOCUMENT_TOO_LARGE", message, "Split it.")], 413)


def check_document(document: DocumentNode, limits: Limits) -> None:
    """Count aliases and directives of the whole document. Raises RefusedError."""
    aliases = directives = 0
    for node in _bearers(document):
        directives += len(node.directives or ())
        if directives > limits.directives:
            sent = f"The document has more than {limits.directives:,} directives"
            raise RefusedError([exceeded("directives", limits.directives, sent, "Use fewer.", [node])])
        _check_repeated(node.directives or ())
        if not isinstance(node, FieldNode):
            continue
        if node.alias is not None:
            aliases += 1
            if aliases > limits.aliases:
                sent = f"The document has more than {limits.aliases:,} aliases"
                raise RefusedError([exceeded("aliases", limits.aliases, sent, "Split it.", [node])])
        if not limits.has_introspection and node.name.value in ("__schema", "__type"):
            raise RefusedError([_no_introspection(node)])


def validate_document(schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
    """GraphQL's own validation, within bounds. Raises RefusedError."""
    errors = validate(
        schema, document, RULES, max_errors=MOST_ERRORS, hide_suggestions=not limits.has_introspection
    )
    told = [error for error in errors if not isinstance(error, ValidationAbortedError)]
    if told:
        raise refuse(told, VALIDATION_FAILED)
    if errors:
        raise RefusedError([_too_complex()])


def nested_too_deeply() -> GraphQLError:
    """The error of what would exhaust the stack."""
    return mistake("NESTING_EXCEEDED", "The operation or its variables nest too deeply.", "Flatten them.")


def _too_complex() -> GraphQLError:
    return mistake(
        "DOCUMENT_TOO_COMPLEX",
        f"Comparing the document's fields of one name with each other takes more than {COMPARISONS:,} steps, "
        "or its fragments nest deeper than 200.",
        "Select each field once.",
    )


Bearer = ExecutableDefinitionNode | VariableDefinitionNode | SelectionNode
"""What can bear directives."""


def _bearers(document: DocumentNode) -> Iterator[Bearer]:
    """All of them, without recursion."""
    waiting: list[SelectionSetNode] = []
    for definition in document.definitions:
        if isinstance(definition, ExecutableDefinitionNode):
            yield definition
            yield from definition.variable_definitions or ()
            waiting.append(definition.selection_set)
    while waiting:
        for node in waiting.pop().selections:
            yield node
            if isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set is not None:
                waiting.append(node.selection_set)


def _check_repeated(directives: Sequence[DirectiveNode]) -> None:
    """One error for a directive that stands twice at one place, instead of one for each."""
    names = [each.name.value for each in directives]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise RefusedError(
                [
                    mistake(
                        "DIRECTIVE_REPEATED",
                        f"The directive @{name} stands {names.count(name)} times at one place.",
                        "Use it once.",
                        [directives[index]],
                    )
                ]
            )


def _no_introspection(node: Node) -> GraphQLError:
    return mistake(
        "INTROSPECTION_DISABLED",
        "This server does not tell its schema.",
        "Ask who runs it for the SDL (`masthead schema`), or to set MASTHEAD_GRAPHQL_INTROSPECTION.",
        [node],
    )
