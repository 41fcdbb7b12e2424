"""The folder that is imported beside the editors: two posts, which often name what people withhold."""

import random
from collections.abc import Sequence

from tests.store.content.editing.scene import Scene


def posts(version: int, author: str, tags: Sequence[str]) -> dict[str, str]:
    """The files of a version."""
    listed = ", ".join([f"t{version}", *tags])
    return {
        f"posts/p{number}.md": (
            f"---\ntitle: Post {number}, {version}\ndate: 2024-01-05\n"
            f"author: {author}\ntags: [{listed}]\n---\nf{number}v{version}q\n"
        )
        for number in range(2)
    }


def names(scene: Scene, chance: random.Random) -> tuple[str, ...]:
    """An author and perhaps a tag for the posts: every other time what is there and not public, if there is
    any; files name entries by their slugs."""
    author, tag = (_withheld(scene, each, chance) for each in ("Author", "Tag"))
    return (author or "Ada", *([tag] if tag else []))


def _withheld(scene: Scene, type_name: str, chance: random.Random) -> str | None:
    found = [
        str(slug)
        for each in scene.entries.values()
        if each.type == type_name
        and each.published is None
        and (slug := scene.head(each.id).fields.get("slug")) is not None
    ]
    return chance.choice(found) if found and chance.random() < 0.5 else None
