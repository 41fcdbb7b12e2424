"""The bench's operations in Strapi's words, and its answers in the bench's."""

from typing import Any

_NAMED = "{ name slug }"
_NEWEST = 'sort: ["date:desc"]'

DOCUMENTS = {
    "Q1": f"""query Q1($slug: String!) {{
        post: posts(filters: {{ slug: {{ eq: $slug }} }}, pagination: {{ limit: 1 }}) {{
            title slug date description body author {_NAMED} tags {_NAMED} }} }}""",
    "Q2": f"""query Q2 {{ posts(pagination: {{ limit: 20 }}, {_NEWEST}) {{
        title slug date description author {_NAMED} tags {_NAMED} }} }}""",
    "Q3": f"""query Q3 {{ authors(pagination: {{ limit: 10 }}, sort: ["name"]) {{ name slug
        posts(pagination: {{ limit: 5 }}, {_NEWEST}) {{ title slug date tags {_NAMED}
        comments(pagination: {{ limit: 3 }}, sort: ["posted:desc"]) {{ name posted text }} }} }} }}""",
    "Q4": f"""query Q4 {{ posts(pagination: {{ limit: 100 }}, {_NEWEST}) {{ title slug date body }} }}""",
}


def normal(value: Any) -> Any:
    """The answer as Masthead would give it."""
    match value:
        case list():
            return [normal(each) for each in value]
        case dict():
            return {key: _member(key, normal(inner)) for key, inner in value.items()}
        case str() if value.endswith(":00.000Z"):
            return value.replace(".000Z", "+00:00")
        case _:
            return value


def _member(key: str, value: Any) -> Any:
    match key:
        case "authors" | "posts" | "comments":
            return {"nodes": value}
        case "post":
            return value[0]
        case "body":
            return {"html": value}
        case _:
            return value
