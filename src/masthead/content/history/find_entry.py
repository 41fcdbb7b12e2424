"""Which entry somebody means: by its id or its address."""

from uuid import UUID

from masthead.kernel import InputError, NotFoundError
from masthead.model import ContentModel
from masthead.store import Reader


async def find_entry(reader: Reader, model: ContentModel, text: str) -> UUID:
    """The id of the entry that has this id, or this address in a stage, or had it. Raises NotFoundError,
    and InputError for what is neither an id nor an address."""
    if text.startswith("/"):
        return await _at(reader, model, text)
    try:
        wanted = UUID(text)
    except ValueError:
        raise InputError(
            "entry-unknown",
            f'"{text}" is neither an id nor an address.',
            "Name an entry by its id, or by its address, such as /posts/hello.",
        ) from None
    if not await reader.fetch("SELECT id FROM masthead.entry WHERE id = $1", wanted):
        raise NotFoundError("entry-missing", f"There is no entry {wanted}.", "Look its id up again.")
    return wanted


async def _at(reader: Reader, model: ContentModel, path: str) -> UUID:
    tables = [
        f'SELECT id, 1 AS rank FROM draft."{each.table}" WHERE path = $1'  # noqa: S608 - a physical name
        for each in model
        if each.path
    ]
    route = "SELECT entry_id AS id, 2 AS rank FROM live._route WHERE path = $1"
    union = " UNION ALL ".join((*tables, route))
    rows = await reader.fetch(f"SELECT id FROM ({union}) AS found ORDER BY rank LIMIT 1", path)  # noqa: S608 - see above
    if not rows:
        raise NotFoundError("entry-missing", f"There is no entry at {path}.", "Name it by its id instead.")
    return UUID(str(rows[0]["id"]))
