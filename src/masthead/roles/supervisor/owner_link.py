"""The link that makes the first owner: printed at each start until somebody has used it."""

from masthead.store import Database


async def owner_link(database: Database, address: str) -> str | None:
    """A new link at `address`, in place of the one of an earlier start; None where there is an account."""
    from masthead.people import People
    from masthead.rest.people import link_address

    people = People(database)
    try:
        secret = await people.links.for_owner()
    finally:
        people.close()
    return None if secret is None else link_address(address, secret)
