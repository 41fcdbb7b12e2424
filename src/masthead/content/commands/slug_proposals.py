"""A slug for an entry that has none: made of the field that the model names, and free where it is looked
for: among the drafts of its type, what is public, and the addresses of all."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from masthead.content.addresses import is_reserved, public_path
from masthead.content.slugs import slugify
from masthead.model import ContentModel, ContentType, kinds
from masthead.store import Transaction

_AT_ONCE = 20


async def with_slugs(
    transaction: Transaction,
    model: ContentModel,
    content_type: ContentType,
    fields: Mapping[str, Any],
    entry: UUID,
) -> dict[str, Any]:
    """The fields with a slug wherever one is missing and what it is made of is there. Two that are made
    at the same moment may be alike: drafts are not unique, and publishing refuses the second."""
    found = dict(fields)
    for field in content_type.fields:
        if not isinstance(field.kind, kinds.Slug) or found.get(field.name) is not None:
            continue
        source = found.get(field.kind.source)
        if not isinstance(source, str) or not source.strip():
            continue
        stem, number = slugify(source), 1
        while found.get(field.name) is None:
            spelled = [stem if each == 1 else f"{stem}-{each}" for each in range(number, number + _AT_ONCE)]
            addresses = {each: public_path(content_type, {**found, field.name: each}) for each in spelled}
            taken = await _taken(transaction, content_type, field.column, addresses, entry)
            free = (
                each
                for each, address in addresses.items()
                if each not in taken and not (address and is_reserved(address, content_type, model))
            )
            found[field.name] = next(free, None)
            number += _AT_ONCE
    return found


async def _taken(
    transaction: Transaction,
    content_type: ContentType,
    column: str,
    addresses: Mapping[str, str | None],
    entry: UUID,
) -> set[str]:
    by_address = {address: slug for slug, address in addresses.items() if address is not None}
    table = content_type.table
    rows = await transaction.fetch(
        f'SELECT "{column}" AS slug, NULL AS path FROM draft."{table}" '  # noqa: S608 - physical names
        f'WHERE "{column}" = ANY($1::text[]) AND id <> $3 '
        f'UNION ALL SELECT "{column}", NULL FROM live."{table}" '
        f'WHERE "{column}" = ANY($1::text[]) AND id <> $3 '
        "UNION ALL SELECT NULL, path FROM live._route "
        "WHERE path = ANY($2::text[]) AND is_canonical AND entry_id <> $3",
        list(addresses),
        list(by_address),
        entry,
    )
    return {row["slug"] or by_address[row["path"]] for row in rows}
