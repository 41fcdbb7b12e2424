"""Addresses and slugs are one entry's in public. In a preview, what is previewed has them: who else has one
of them is not shown, so that a look-up finds one entry. Publishing says whose it is, and refuses."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from masthead.content.commands.entry_rows import plain_id
from masthead.content.records import Record
from masthead.model import ContentModel, ContentType, kinds
from masthead.store import Transaction

Claim = tuple[str, str, str]
"""("", "", address), or type, field and slug."""


def without_rivals(records: Iterable[Record]) -> list[Record]:
    """The records, but for those that claim what one before them does."""
    claimed: set[Claim] = set()
    kept = []
    for record in records:
        own = set(_claims(record))
        if claimed.isdisjoint(own):
            kept.append(record)
            claimed |= own
    return kept


async def load_rivals(
    transaction: Transaction, model: ContentModel, records: Sequence[Record], but: Sequence[UUID]
) -> dict[UUID, ContentType]:
    """The public entries `but` for some that have what the records claim."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for record in records:
        for type_name, field, value in _claims(record):
            wanted.setdefault((type_name, field), []).append(value)
    found: dict[UUID, ContentType] = {}
    types = {each.identity: each for each in model}
    for row in await transaction.fetch(
        "SELECT e.id, e.type FROM live._route AS r JOIN masthead.entry AS e ON e.id = r.entry_id "
        "WHERE r.is_canonical AND r.path = ANY($1::text[]) AND e.id <> ALL($2::uuid[])",
        wanted.pop(("", ""), []),
        list(but),
    ):
        if row["type"] in types:
            found[plain_id(row["id"])] = types[row["type"]]
    for (type_name, field), values in wanted.items():
        content_type = model[type_name]
        column = content_type[field].column
        for row in await transaction.fetch(
            f'SELECT id FROM live."{content_type.table}" '  # noqa: S608 - physical names
            f'WHERE "{column}" = ANY($1::text[]) AND id <> ALL($2::uuid[])',
            values,
            list(but),
        ):
            found[plain_id(row["id"])] = content_type
    return found


def _claims(record: Record) -> Iterator[Claim]:
    if record.published is None:
        return
    if (address := record.address("live")) is not None:
        yield "", "", address
    for field in record.content_type.fields:
        slug = record.published.fields.get(field.name)
        if isinstance(field.kind, kinds.Slug) and slug is not None:
            yield record.content_type.name, field.name, slug
