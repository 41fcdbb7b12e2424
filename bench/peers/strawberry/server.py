"""What a Python team writes today: Strawberry, SQLAlchemy's ORM, DataLoaders, Starlette on uvicorn.

Runs in an environment of its own (requirements.txt beside it); speaks the very operations of the bench.
"""

import os
from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column
from starlette.applications import Starlette
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=16, max_overflow=0)
session = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class AuthorRow(Base):
    __tablename__, __table_args__ = "author", {"schema": "live"}
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    slug: Mapped[str]


class TagRow(Base):
    __tablename__, __table_args__ = "tag", {"schema": "live"}
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    slug: Mapped[str]


class PostRow(Base):
    __tablename__, __table_args__ = "post", {"schema": "live"}
    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    slug: Mapped[str]
    description: Mapped[str]
    date: Mapped[datetime]
    author: Mapped[UUID] = mapped_column(ForeignKey("live.author.id"))
    body_html: Mapped[str]


class PostTag(Base):
    __tablename__, __table_args__ = "post__tags", {"schema": "live"}
    owner: Mapped[UUID] = mapped_column(ForeignKey("live.post.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[UUID] = mapped_column(ForeignKey("live.tag.id"))


class CommentRow(Base):
    __tablename__, __table_args__ = "comment", {"schema": "live"}
    id: Mapped[UUID] = mapped_column(primary_key=True)
    post: Mapped[UUID] = mapped_column(ForeignKey("live.post.id"))
    name: Mapped[str]
    posted: Mapped[datetime]
    text: Mapped[str]


async def load_authors(ids: list[UUID]) -> list[AuthorRow]:
    async with session() as db:
        rows = await db.scalars(select(AuthorRow).where(AuthorRow.id.in_(ids)))
        by_id = {row.id: row for row in rows}
    return [by_id[each] for each in ids]


async def load_tags(ids: list[UUID]) -> list[list[TagRow]]:
    found: dict[UUID, list[TagRow]] = defaultdict(list)
    async with session() as db:
        join = select(PostTag.owner, TagRow).join(TagRow, TagRow.id == PostTag.target)
        for owner, tag in await db.execute(join.where(PostTag.owner.in_(ids)).order_by(PostTag.position)):
            found[owner].append(tag)
    return [found[each] for each in ids]


async def _newest(row: Any, parent: Any, order: Any, keys: list[tuple[UUID, int]]) -> list[list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    number = (
        func.row_number().over(partition_by=parent, order_by=(order.desc(), row.id.desc())).label("number")
    )
    ranked = select(row, number).where(parent.in_([key for key, _ in keys])).subquery()
    entity = aliased(row, ranked)
    wanted = select(entity).where(ranked.c.number <= keys[0][1]).order_by(ranked.c.number)
    async with session() as db:
        for each in await db.scalars(wanted):
            found[getattr(each, parent.key)].append(each)
    return [found[key] for key, _ in keys]


async def load_posts(keys: list[tuple[UUID, int]]) -> list[list[PostRow]]:
    return await _newest(PostRow, PostRow.author, PostRow.date, keys)


async def load_comments(keys: list[tuple[UUID, int]]) -> list[list[CommentRow]]:
    return await _newest(CommentRow, CommentRow.post, CommentRow.posted, keys)


@strawberry.type
class Tag:
    name: str
    slug: str


@strawberry.type
class Body:
    html: str


@strawberry.type
class Comment:
    name: str
    posted: datetime
    text: str


@strawberry.type
class CommentConnection:
    nodes: list[Comment]


@strawberry.type
class Post:
    row: strawberry.Private[PostRow]
    title: str
    slug: str
    date: datetime
    description: str

    @strawberry.field
    def body(self) -> Body:
        return Body(html=self.row.body_html)

    @strawberry.field
    async def author(self, info: strawberry.Info) -> "Author":
        return as_author(await info.context["authors"].load(self.row.author))

    @strawberry.field
    async def tags(self, info: strawberry.Info) -> list[Tag]:
        return [Tag(name=tag.name, slug=tag.slug) for tag in await info.context["tags"].load(self.row.id)]

    @strawberry.field
    async def comments(self, info: strawberry.Info, first: int = 20) -> CommentConnection:
        rows = await info.context["comments"].load((self.row.id, first))
        return CommentConnection(
            nodes=[Comment(name=row.name, posted=row.posted, text=row.text) for row in rows]
        )


@strawberry.type
class PostConnection:
    nodes: list[Post]


@strawberry.type
class Author:
    row: strawberry.Private[AuthorRow]
    name: str
    slug: str

    @strawberry.field
    async def posts(self, info: strawberry.Info, first: int = 20) -> PostConnection:
        rows = await info.context["posts"].load((self.row.id, first))
        return PostConnection(nodes=[as_post(row) for row in rows])


@strawberry.type
class AuthorConnection:
    nodes: list[Author]


def as_author(row: AuthorRow) -> Author:
    return Author(row=row, name=row.name, slug=row.slug)


def as_post(row: PostRow) -> Post:
    return Post(row=row, title=row.title, slug=row.slug, date=row.date, description=row.description)


@strawberry.type
class Query:
    @strawberry.field
    async def post(self, slug: str) -> Post | None:
        async with session() as db:
            row = await db.scalar(select(PostRow).where(PostRow.slug == slug))
        return None if row is None else as_post(row)

    @strawberry.field
    async def posts(self, first: int = 20) -> PostConnection:
        async with session() as db:
            newest = select(PostRow).order_by(PostRow.date.desc(), PostRow.id.desc()).limit(first)
            rows = (await db.scalars(newest)).all()
        return PostConnection(nodes=[as_post(row) for row in rows])

    @strawberry.field
    async def authors(self, first: int = 20) -> AuthorConnection:
        async with session() as db:
            rows = (
                await db.scalars(select(AuthorRow).order_by(AuthorRow.name, AuthorRow.id).limit(first))
            ).all()
        return AuthorConnection(nodes=[as_author(row) for row in rows])


class Endpoint(GraphQL[Any, Any]):
    async def get_context(self, request: Any, response: Any) -> Any:  # noqa: ARG002 - its signature
        return {
            "authors": DataLoader(load_fn=load_authors),
            "tags": DataLoader(load_fn=load_tags),
            "posts": DataLoader(load_fn=load_posts),
            "comments": DataLoader(load_fn=load_comments),
        }


app = Starlette()
app.add_route("/graphql", Endpoint(strawberry.Schema(query=Query)))
