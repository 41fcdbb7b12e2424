"""How a block is stored: one flat JSON object in its entry's row, whose keys are like columns.

The keys are the physical names that content.lock gave, and `$` holds the identity of the block's type: so
a rename touches no data. Values are spelled so that `jsonb_to_record` reads each as a column of the field's
own type would hold it; what is null is left out.
"""

from typing import Any

from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.type_api import TypeEngine

from masthead.model import BlockType, Field, kinds
from masthead.store.tables import MARKDOWN_COLUMNS, column_type

TYPE_KEY = "$"
"""No physical name has a `$`."""


def block_columns(block_type: BlockType) -> dict[str, str]:
    """The PostgreSQL type of each key that a block of this type may have."""
    return {
        name: column.compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]  # SQLAlchemy's own
        for field in block_type.fields
        for name, column in _columns(field).items()
    }


def stored_value(kind: kinds.Kind, value: Any) -> Any:
    """A JSON value of a field as the stored block has it. Floats are text, because `jsonb` would write
    out 300 digits of 1e300, and without a negative zero, which a number in `jsonb` would lose."""
    match kind:
        case kinds.Float():
            return repr(float(value) + 0.0)
        case kinds.Decimal():
            return str(value)
        case kinds.Scalars(item=item):
            return [stored_value(item, each) for each in value]
        case _:
            return value


def _columns(field: Field) -> dict[str, TypeEngine[Any]]:
    match field.kind:
        case kinds.Markdown():
            return {field.column + suffix: column for suffix, column in MARKDOWN_COLUMNS.items()}
        case kinds.Reference():
            return {field.column: postgresql.UUID()}
        case kinds.References():
            return {field.column: postgresql.ARRAY(postgresql.UUID())}
        case kinds.Blocks():
            raise AssertionError("a block holds no blocks")
        case kind:
            return {field.column: column_type(kind)}
