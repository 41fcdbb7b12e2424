"""New fields of blocks that are stored already get their defaults, as new columns of tables do."""

import json
from collections.abc import Iterator

from masthead.model import BlockType, ContentModel, Field, kinds
from masthead.store.blocks import TYPE_KEY, stored_value
from masthead.store.tables import Stage
from masthead.store.transaction import Transaction


async def fill_blocks(
    transaction: Transaction, before: ContentModel, after: ContentModel, stage: Stage
) -> None:
    """Give every stored block what the projection would give it now. A field without a default is null,
    and what is null is not stored."""
    known = {each.identity: each for each in before.blocks}
    for block_type in after.blocks:
        if (old := known.get(block_type.identity)) is None:
            continue
        defaults = _defaults(old, block_type)
        if not defaults:
            continue
        holder = json.dumps([{TYPE_KEY: block_type.identity}])
        for table, column in _places(block_type, before):
            # Names are physical names of the model, which are snake case.
            await transaction.execute(
                f'UPDATE {stage}."{table}" SET "{column}" = ('  # noqa: S608 - physical names
                "SELECT jsonb_agg(CASE WHEN b.v->>$1::text = $2::text THEN $3::jsonb || b.v ELSE b.v END "
                "ORDER BY b.n) "
                f'FROM jsonb_array_elements("{column}") WITH ORDINALITY b(v, n)) '
                f'WHERE "{column}" @> $4::jsonb',
                TYPE_KEY,
                block_type.identity,
                json.dumps(defaults),
                holder,
            )


def _defaults(old: BlockType, new: BlockType) -> dict[str, object]:
    known = {field.identity for field in old.fields}
    return {
        field.column: stored_value(field.kind, field.default)
        for field in new.fields
        if field.identity not in known and field.default is not None
    }


def _places(block_type: BlockType, model: ContentModel) -> Iterator[tuple[str, str]]:
    """Tables and columns that hold blocks of this type."""
    names = {each.name for each in model.blocks if each.identity == block_type.identity}
    for content_type in model:
        for field in content_type.fields:
            if _holds(field, names):
                yield content_type.table, field.column


def _holds(field: Field, names: set[str]) -> bool:
    return isinstance(field.kind, kinds.Blocks) and not names.isdisjoint(field.kind.types)
