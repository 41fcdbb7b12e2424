"""SQLAlchemy's trees become PostgreSQL's text with $1, $2 … for asyncpg. Built once, used often."""

from collections.abc import Sequence
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


def prepare(
    statement: Executable | str, arguments: tuple[Any, ...], named: dict[str, Any]
) -> tuple[str, Sequence[Any]]:
    """Text and arguments, of a tree with named values or of text with values in order."""
    if isinstance(statement, str):
        return statement, arguments
    compiled = compile_statement(statement)
    return compiled.sql, compiled.arguments(**named)


def compile_ddl(tree: ClauseElement) -> str:
    """The text of a CREATE or ALTER."""
    return str(tree.compile(dialect=DIALECT))
