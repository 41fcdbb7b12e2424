"""Who owns which entry of a world, and which are public: what generated worlds do not say."""

import random
from uuid import UUID

from tests.store.access.hunt.generated_policies import ADA, BOB
from tests.store.query.oracle import World

from masthead.model import kinds
from masthead.store import Transaction

Possessions = dict[UUID, tuple[UUID | None, bool]]
"""Owner by entry, and whether what its table shows is public."""


async def possess(transaction: Transaction, world: World, chance: random.Random) -> Possessions:
    """Give the entries owners, publish some of them, and write accounts into some texts."""
    found: Possessions = {}
    for content_type in world.model:
        texts = [field.column for field in content_type.fields if isinstance(field.kind, kinds.Text)]
        for row in world.entries[content_type.name]:
            owner, published = chance.choice([ADA, BOB, None]), chance.choice([row["id"], None, UUID(int=1)])
            found[row["id"]] = owner, world.stage == "live" or published == row["id"]
            await transaction.execute(
                "UPDATE masthead.entry SET owner = $2, published = $3 WHERE id = $1",
                row["id"],
                owner,
                published,
            )
            if texts and chance.random() < 0.2:
                column = chance.choice(texts)
                await transaction.execute(
                    f'UPDATE {world.stage}."{content_type.table}" SET "{column}" = $2 WHERE id = $1',
                    *(row["id"], str(ADA)),
                )
    return found
