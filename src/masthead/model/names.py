"""Names: how a Python name reads in SQL and in the APIs, and which names are taken."""

import re

SYSTEM_FIELDS = frozenset({"id", "path", "created_at", "updated_at", "published_at"})
"""Every content type has these already."""

RESERVED_FIELDS = SYSTEM_FIELDS | {"entry", "revision", "type", "typename", "locale", "url"}
"""Names that a field cannot take: they are, or will be, the platform's own in every API."""

TAKEN_ADDRESSES = frozenset({"session", "account", "accounts", "tokens", "groups", "audit"})
"""What lies at `/api/…` and is no content: people sign in there, and are administered."""

TAKEN_BY_COMMANDS = frozenset({"release", "releases", "bulk", "preview", "previews", "webhook", "webhooks"})
"""Likewise, where content is changed: releases, several commands at once, links to what is not public;
and who is told of that."""

RESERVED_BLOCK_FIELDS = frozenset({"id", "type", "typename"})
"""Names that a field of a block cannot take: they say what block it is."""

RESERVED_TYPES = frozenset(
    {
        "Query",
        "Mutation",
        "Subscription",
        "Node",
        "Entry",
        "Singleton",
        "Markdown",
        "Heading",
        "Order",
        "GroupValue",
        "DatePart",
        "SearchResult",
        "SearchResults",
        "EntryType",
        "Release",
    }
    | {
        f"Entry{name}"
        for name in (
            *("State", "Action", "Person", "Revision", "Schedule", "ScheduleState", "Record"),
            *("Release", "ReleaseState", "ReleaseItem", "Change", "At"),
            *("Event", "EventKind"),
        )
    }
    | {
        "PageInfo",
        "String",
        "Int",
        "Float",
        "Boolean",
        "ID",
        "DateTime",
        "Date",
        "Decimal",
        "BigInt",
        "JSON",
        "URL",
    }
)
RESERVED_TYPE_SUFFIXES = (
    "Input",
    "Payload",
    "Connection",
    "Edge",
    "Order",
    "Filter",
    "Aggregate",
    "Min",
    "Max",
    "Sum",
    "Avg",
    "Group",
    "GroupKey",
    "GroupBy",
)


def camel_case(name: str) -> str:
    """`published_at` and `CaseStudy` become `publishedAt` and `caseStudy`."""
    head, *rest = snake_case(name).split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def pascal_case(name: str) -> str:
    """`related_posts` becomes `RelatedPosts`."""
    camel = camel_case(name)
    return camel[:1].upper() + camel[1:]


def snake_case(name: str) -> str:
    """`CaseStudy` becomes `case_study`; snake case stays as it is."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def plural(name: str) -> str:
    """The regular English plural of a type's name; anything else is declared with `plural=`."""
    if re.search(r"[^aeiou]y$", name):
        return name[:-1] + "ies"
    return name + ("es" if re.search(r"(s|x|z|ch|sh)$", name) else "s")
