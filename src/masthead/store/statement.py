"""SQLAlchemy's trees become PostgreSQL's text with $1, $2 … for asyncpg. Built once, used often."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Executable
from sqlalchemy.dialects.postgresql import asyncpg as dialect

DIALECT = dialect.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text; `names` says which parameter is $1, $2 …, `values` what the tree already bound."""

    sql: str
    names: tuple[str, ...]
    values: dict[str, Any]

    def arguments(self, **given: Any) -> list[Any]:
        """The arguments in order: `given` by name, else what the tree bound."""
        return [given[name] if name in given else self.values[name] for name in self.names]


def compile_statement(tree: Executable) -> Statement:
    """The text of `tree` and the order of its parameters."""
    if not isinstance(tree, ClauseElement):
        raise TypeError(f"{tree!r} is not a SQLAlchemy statement")
    compiled = tree.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    names = getattr(compiled, "positiontup", None) or ()  # on SQL compilers, not on their base class
    return Statement(str(compiled), tuple(names), dict(compiled.params))


def compile_ddl(tree: ClauseElement) -> str:
    """The text of a CREATE or ALTER."""
    return str(tree.compile(dialect=DIALECT))
