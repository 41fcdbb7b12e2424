"""A statement set out in lines, for people: a clause a line, what stands in parentheses further in."""

import re

_CLAUSES = (
    *("WITH", "SELECT", "FROM", "LEFT JOIN", "JOIN", "WHERE"),
    *("GROUP BY", "ORDER BY", "LIMIT", "UNION ALL"),
)
_PIECE = re.compile(
    "|".join(
        (
            r"'(?:[^']|'')*'",
            r'"(?:[^"]|"")*"',
            r"[()]",
            rf"\b(?:{'|'.join(_CLAUSES)})\b",
            r"""[^'"()\s]+""",
            r"\s+",
        )
    )
)
_STEP = "  "


def lay_out(sql: str) -> str:
    """The same statement; only white space differs."""
    pieces = _PIECE.findall(sql)
    lines: list[str] = [""]
    is_query: list[bool] = []
    for index, piece in enumerate(pieces):
        if piece == "(":
            opens_query = index + 1 < len(pieces) and pieces[index + 1] in ("SELECT", "WITH")
            is_query.append(opens_query)
            lines[-1] += piece
        elif piece == ")":
            if is_query and is_query.pop():
                lines.append(_STEP * sum(is_query))
            lines[-1] += piece
        elif piece in _CLAUSES and (sum(is_query) == len(is_query) or pieces[index - 1] == "("):
            lines.append(_STEP * sum(is_query) + piece)
        else:
            lines[-1] += " " if piece.isspace() else piece
    return "\n".join(line.rstrip() for line in lines if line.strip())
