"""The posts that are written to, and how commands write them."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from masthead.access import EDITOR, Viewer
from masthead.content.commands import Actor, Commands, Create, Publish, Save, Unpublish
from masthead.kernel import new_id

_WORDS = ("type set press column proof sheet ink desk serif plate margin folio gutter rule " * 2).split()
_numbers = count(1)


@dataclass(slots=True)
class Post:
    """A public post; `head` is the revision that the next command is made on."""

    entry: UUID
    head: UUID
    number: int
    fields: dict[str, Any]


def body(number: int) -> str:
    """4 KB of Markdown: paragraphs, a heading, a list, a link; another one for each number."""
    chance = random.Random(number)
    found = [f"Version {number}."]
    for part in range(8):
        found.append(f"## Part {part}" if part % 3 == 1 else " ".join(chance.choices(_WORDS, k=5)) + ":")
        found.append(" ".join(chance.choices(_WORDS, k=72)) + ".")
    found.append("- one **bold**\n- two [link](https://example.org)\n- three `code`")
    return "\n\n".join(found) + "\n"


BODIES = [body(number) for number in range(64)]


def change() -> dict[str, Any]:
    """What is saved: another title and another body."""
    number = next(_numbers)
    return {"title": f"Title {number}", "body": f"Change {number}.\n\n{BODIES[number % len(BODIES)]}"}


def somebody() -> Actor:
    """An editor."""
    return Actor.of(Viewer(new_id(), frozenset({EDITOR})), "api")


@dataclass(frozen=True, slots=True)
class Writer:
    """One way of writing."""

    save: Callable[[Post], Awaitable[None]]
    publish: Callable[[Post], Awaitable[None]]
    unpublish: Callable[[Post], Awaitable[None]]
    publish_first: Callable[[Post], Awaitable[None]]
    """Of a post that is not public."""

    @staticmethod
    def of_commands(commands: Commands) -> "Writer":
        """As Masthead does it."""
        actor = somebody()

        async def save(post: Post) -> None:
            done = (await commands.run(Save(post.entry, post.head, change()), actor)).entries[0]
            post.head, post.number = done.head, done.number

        async def publish(post: Post) -> None:
            await commands.run(Publish(post.entry, post.head), actor)

        async def unpublish(post: Post) -> None:
            await commands.run(Unpublish(post.entry, post.head), actor)

        return Writer(save, publish, unpublish, publish)


async def made_posts(commands: Commands, size: int) -> list[Post]:
    """Public posts with an author and three tags each."""
    actor = somebody()

    async def public(type_name: str, fields: dict[str, Any]) -> Post:
        made = (await commands.run(Create(type_name, fields), actor)).entries[0]
        done = (await commands.run(Publish(made.entry, made.head), actor)).entries[0]
        return Post(done.entry, done.head, done.number, fields)

    authors = [await public("Author", {"name": f"Author {number}"}) for number in range(10)]
    tags = [await public("Tag", {"name": f"Tag {number}"}) for number in range(10)]

    async def post(number: int) -> Post:
        fields = {
            "title": f"Post {number}",
            "date": "2024-01-05T00:00:00+00:00",
            "description": "What it is about, in a sentence.",
            "authors": [str(authors[number % 10].entry)],
            "tags": [str(tags[(number + each) % 10].entry) for each in range(3)],
            "body": BODIES[number % len(BODIES)],
        }
        return await public("Post", fields)

    posts: list[Post] = []
    for start in range(0, size, 16):
        posts += await asyncio.gather(*(post(number) for number in range(start, min(size, start + 16))))
    return posts
