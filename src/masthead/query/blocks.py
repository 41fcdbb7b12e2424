"""Lists of blocks: jsonb in the entry's row, whose members are written as those of a table's row are.

`jsonb_to_record` makes each block a row with columns of the fields' own types, so every value is spelled
exactly as it would be from a column.
"""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from masthead.model import BlockType, Field
from masthead.query.columns import Column, field_column
from masthead.query.scope import Scope
from masthead.query.selection import Blocks, Members
from masthead.query.sketch import Sketch
from masthead.query.sql import Column as Written
from masthead.query.sql import json_object, literal, quote
from masthead.store import TYPE_KEY, block_columns


@dataclass(slots=True)
class BlockScope:
    """One block under an alias, as a row with the columns that were asked of it."""

    sketch: Sketch
    block_type: BlockType
    alias: str
    path: tuple[str, ...]
    columns: dict[str, None] = dataclass_field(default_factory=dict)

    def field(self, name: str) -> Field:
        """The field called `name`."""
        return self.block_type[name]

    def column(self, name: str) -> Column:
        """The column of a field."""
        return field_column(self.block_type[name], self.sketch.stage)

    def physical(self, name: str) -> str:
        """The expression of a physical column."""
        self.columns[name] = None
        return f"{self.alias}.{quote(name)}"

    def may_be_null(self, field: Field) -> bool:
        """Whether the field can be without a value here."""
        return field.is_nullable or self.sketch.stage == "draft"

    def reference(self, field: Field) -> str:
        """The expression of a reference: a block's is not guarded by itself, its target is."""
        return self.physical(field.column)

    def source(self, json: str) -> str:
        """FROM the expression of the block, once its members have said which columns they need."""
        if not self.columns:
            return ""
        types = block_columns(self.block_type)
        listed = ", ".join(f"{quote(name)} {types[name]}" for name in self.columns)
        return f"FROM jsonb_to_record({json}) {self.alias}({listed})"


WriteMembers = Callable[[BlockScope, Members], list[Written]]


def write_blocks(scope: Scope, blocks: Blocks, path: tuple[str, ...], write: WriteMembers) -> str:
    """The expression of the array. A block of a type that has no variant is left out: its type is one
    that the model no longer has, or that this list does not hold."""
    sketch, each = scope.sketch, scope.sketch.alias("b")
    type_of = f"{each}.v->>{literal(TYPE_KEY)}"
    cases, identities = [], []
    for name, members in blocks.variants:
        block_type = sketch.model.block(name)
        inner = BlockScope(sketch, block_type, sketch.alias("t"), path)
        columns = write(inner, members)
        identities.append(literal(block_type.identity))
        cases.append(f"WHEN {identities[-1]} THEN {json_object(columns, inner.source(f'{each}.v'))}")
    if not cases:
        return "'[]'::json"
    stored = scope.physical(scope.content_type[blocks.field].column)
    return (
        f"(SELECT coalesce(json_agg(o$.v$), '[]') FROM (SELECT CASE {type_of} {' '.join(cases)} END AS v$ "
        f"FROM jsonb_array_elements({stored}) WITH ORDINALITY {each}(v, n) "
        f"WHERE {type_of} IN ({', '.join(identities)}) ORDER BY {each}.n) o$)"
    )
