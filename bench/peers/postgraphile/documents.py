"""The bench's operations in PostGraphile's words, and its answers in the bench's."""

from typing import Any

_TAGS = "tags: postTagsByOwner(orderBy: POSITION_ASC) { nodes { tagByTarget { name slug } } }"
_NEWEST = "orderBy: [DATE_DESC, ROW_ID_DESC]"

DOCUMENTS = {
    "Q1": f"""query Q1($slug: String!) {{ post: postBySlug(slug: $slug) {{
        title slug date description bodyHtml author: authorByAuthor {{ name slug }} {_TAGS} }} }}""",
    "Q2": f"""query Q2 {{ posts: allPosts(first: 20, {_NEWEST}) {{ nodes {{
        title slug date description author: authorByAuthor {{ name slug }} {_TAGS} }} }} }}""",
    "Q3": f"""query Q3 {{ authors: allAuthors(first: 10, orderBy: [NAME_ASC, ROW_ID_ASC]) {{ nodes {{
        name slug posts: postsByAuthor(first: 5, {_NEWEST}) {{ nodes {{ title slug date {_TAGS}
        comments: commentsByPost(first: 3, orderBy: [POSTED_DESC, ROW_ID_DESC]) {{
            nodes {{ name posted text }} }} }} }} }} }} }}""",
    "Q4": f"""query Q4 {{ posts: allPosts(first: 100, {_NEWEST}) {{
        nodes {{ title slug date bodyHtml }} }} }}""",
}


def normal(value: Any) -> Any:
    """The answer as Masthead would give it."""
    match value:
        case list():
            return [normal(each) for each in value]
        case dict():
            return {key: each for old, inner in value.items() for key, each in [_member(old, normal(inner))]}
        case str() if value.endswith(".000000+00:00"):
            return value.replace(".000000", "")
        case _:
            return value


def _member(key: str, value: Any) -> tuple[str, Any]:
    if key == "bodyHtml":
        return "body", {"html": value}
    if key == "tags":
        return key, [each["tagByTarget"] for each in value["nodes"]]
    return key, value
