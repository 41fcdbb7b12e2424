"""The bench's operations in Payload's words, and its answers in the bench's."""

from typing import Any

_NAMED = "{ name slug }"

# Without `pagination: false` it counts every row, which nobody asked for.
DOCUMENTS = {
    "Q1": f"""query Q1($slug: String!) {{
        post: Posts(where: {{ slug: {{ equals: $slug }} }}, limit: 1, pagination: false) {{
            docs {{ title slug date description body author {_NAMED} tags {_NAMED} }} }} }}""",
    "Q2": f"""query Q2 {{ posts: Posts(limit: 20, sort: "-date", pagination: false) {{
        docs {{ title slug date description author {_NAMED} tags {_NAMED} }} }} }}""",
    "Q3": f"""query Q3 {{ authors: Authors(limit: 10, sort: "name", pagination: false) {{ docs {{
        name slug posts(limit: 5, sort: "-date") {{ docs {{ title slug date tags {_NAMED}
        comments(limit: 3, sort: "-posted") {{ docs {{ name posted text }} }} }} }} }} }} }}""",
    "Q4": """query Q4 { posts: Posts(limit: 100, sort: "-date", pagination: false) {
        docs { title slug date body } } }""",
}


def normal(value: Any) -> Any:
    """The answer as Masthead would give it."""
    match value:
        case list():
            return [normal(each) for each in value]
        case dict():
            return dict(_member(key, normal(inner)) for key, inner in value.items())
        case str() if value.endswith(":00.000Z"):
            return value.replace(".000Z", "+00:00")
        case _:
            return value


def _member(key: str, value: Any) -> tuple[str, Any]:
    match key:
        case "docs":
            return "nodes", value
        case "post":
            return key, value["nodes"][0]
        case "body":
            return key, {"html": value}
        case _:
            return key, value
